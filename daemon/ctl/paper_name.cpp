#include "ctl/paper_name.h"

#include <vector>

#include "message/words.h"

namespace duban::ctl {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As a whole: `1月` does not stand in `11月`.
bool stands_in(std::string_view name, std::string_view words) {
  for (auto at = name.find(words); at != std::string_view::npos; at = name.find(words, at + 1)) {
    bool begins = at == 0 || !is_digit(words.front()) || !is_digit(name[at - 1]);
    auto end = at + words.size();
    bool ends = end == name.size() || !is_digit(words.back()) || !is_digit(name[end]);
    if (begins && ends) return true;
  }
  return false;
}

// How people write a period: `2022-06`, `6月`; the year of what happens once is not asked for.
bool says_period(std::string_view name, const std::string& period, int year) {
  auto words = message::period_words(period, year);
  return words.empty() || stands_in(name, words) || stands_in(name, period);
}

}  // namespace

std::optional<NamedPaper> paper_named(std::string_view name, control::Timetables plans) {
  std::vector<NamedPaper> found;
  for (const auto* timetable : plans) {
    const auto& plan = timetable->plan();
    for (const auto& occurrence : timetable->occurrences()) {
      const auto& duty = plan.duties[occurrence.duty];
      bool named = duty.document && name.find(duty.name) != std::string_view::npos;
      if (!named || !says_period(name, occurrence.period, plan.year)) continue;
      found.push_back({timetable, duty.id, occurrence.period});
    }
  }
  if (found.size() != 1) return std::nullopt;
  return found.front();
}

}  // namespace duban::ctl
