#include "ctl/year_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace duban::ctl {
namespace {

using calendar::HolidayNotice;
using settings::Node;

Lines off_lines(const HolidayNotice& notice) {
  Lines lines{"off = ["};
  for (const auto& one : notice.off) {
    lines.push_back(fmt::format("  {{ name = \"{}\", from = \"{}\", to = \"{}\" }},", one.name,
                                format_day(one.from), format_day(one.to)));
  }
  lines.emplace_back("]");
  return lines;
}

Lines work_lines(const HolidayNotice& notice) {
  if (notice.work.empty()) return {"work = []"};
  Lines lines{"work = ["};
  for (const auto& [day, name] : notice.work) {
    bool saturday = std::chrono::weekday{day} == std::chrono::Saturday;
    lines.push_back(fmt::format("  \"{}\",   # {},{}调休", format_day(day),
                                saturday ? "周六" : "周日", name));
  }
  lines.emplace_back("]");
  return lines;
}

Lines notice_lines(const HolidayNotice& notice) {
  if (!notice.number.empty()) return {fmt::format("notice = \"{}\"", notice.number)};
  auto seen = notice.address.empty() ? std::string{} : ",通知见 " + notice.address;
  return {fmt::format("{}:文号查到后补上{}", number_unknown, seen)};
}

std::string text_at(const Node& table, std::string_view key) {
  const auto* found = table.find(key);
  return found == nullptr ? std::string{} : found->text;
}

// Day by day, however the spans are cut.
std::map<Day, std::string> days_off(const Node& section) {
  std::map<Day, std::string> days;
  const auto* list = section.find("off");
  if (list == nullptr) return days;
  for (const auto& one : list->elements) {
    auto from = parse_day(text_at(one, "from"));
    auto to = one.find("to") == nullptr ? from : parse_day(text_at(one, "to"));
    if (!from || !to) continue;
    auto name = text_at(one, "name");
    for (auto day = *from; day <= *to; day += std::chrono::days{1}) days[day] = name;
  }
  return days;
}

std::map<Day, std::string> days_off(const HolidayNotice& notice) {
  std::map<Day, std::string> days;
  for (const auto& one : notice.off) {
    for (auto day = one.from; day <= one.to; day += std::chrono::days{1}) days[day] = one.name;
  }
  return days;
}

bool same_work(const Node& section, const HolidayNotice& notice) {
  const auto* list = section.find("work");
  std::size_t count = list == nullptr ? 0 : list->elements.size();
  if (count != notice.work.size()) return false;
  return count == 0 || std::ranges::all_of(list->elements, [&](const Node& one) {
    auto day = parse_day(one.text);
    return day && notice.work.contains(*day);
  });
}

}  // namespace

Lines lines_for(SectionKey key, const HolidayNotice& notice) {
  switch (key) {
    case SectionKey::year: return {fmt::format("year   = {}", notice.year)};
    case SectionKey::status: return {"status = \"published\""};
    case SectionKey::notice: return notice_lines(notice);
    case SectionKey::off: return off_lines(notice);
    case SectionKey::work: return work_lines(notice);
  }
  return {};
}

bool says_so(SectionKey key, const Node& section, const HolidayNotice& notice) {
  switch (key) {
    case SectionKey::year: return true;
    case SectionKey::status: return text_at(section, "status") == "published";
    case SectionKey::notice:
      return notice.number.empty() || text_at(section, "notice") == notice.number;
    case SectionKey::off: return days_off(section) == days_off(notice);
    case SectionKey::work: return same_work(section, notice);
  }
  return false;
}

}  // namespace duban::ctl
