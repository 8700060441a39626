#include "ctl/calendar_moves.h"

#include <algorithm>
#include <map>

namespace duban::ctl {
namespace {

using schedule::Timetable;

constexpr const char* due = "due";
constexpr const char* ask_by = "ask_by";

/// A date of an occurrence, and whether it is 暂定.
struct Dated {
  std::optional<Instant> at;
  bool provisional = false;
};

// An occurrence's dates in the order in which they are shown.
using Dates = std::vector<std::pair<std::string, Dated>>;
using Name = std::pair<std::size_t, std::string>;  // duty, period

Dates dates_of(const Timetable& timetable, std::size_t index) {
  const auto& occurrence = timetable.occurrences()[index];
  Dates dates{{due, {occurrence.due, occurrence.provisional}},
              {ask_by, {occurrence.ask_by, occurrence.ask_by_provisional}}};
  const auto& plan = timetable.plan();
  const auto* ladder = plan.ladder_of(plan.duties[occurrence.duty]);
  const auto& stages = timetable.stages_of(index);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto& stage = ladder->stages[i];
    dates.push_back({stage.key,
                     {stages[i], calendar::stage_is_provisional(*ladder, stage, occurrence, plan,
                                                                timetable.zone())}});
  }
  return dates;
}

std::map<Name, Dates> all_dates(const Timetable& timetable) {
  std::map<Name, Dates> all;
  for (std::size_t i = 0; i < timetable.occurrences().size(); ++i) {
    const auto& one = timetable.occurrences()[i];
    all[{one.duty, one.period}] = dates_of(timetable, i);
  }
  return all;
}

Dated find(const Dates& dates, const std::string& what) {
  auto found = std::ranges::find(dates, what, &Dates::value_type::first);
  return found == dates.end() ? Dated{} : found->second;
}

class Comparison {
 public:
  explicit Comparison(const plan::Plan& plan) : plan_(plan) {}

  void compare(const Name& name, const Dates& before, const Dates& after);
  Moves moves;

 private:
  void compare(const Name& name, const std::string& what, const Dated& was, const Dated& is);

  const plan::Plan& plan_;
};

void Comparison::compare(const Name& name, const std::string& what, const Dated& was,
                         const Dated& is) {
  if (was.at && is.at) {
    moves.settled += was.provisional && !is.provisional ? 1U : 0U;
    moves.unsettled += is.provisional && !was.provisional ? 1U : 0U;
  }
  if (was.at == is.at) return;
  moves.all.push_back({plan_.id, plan_.duties[name.first].id, name.second, what, was.at, is.at});
}

void Comparison::compare(const Name& name, const Dates& before, const Dates& after) {
  const auto& longer = before.size() > after.size() ? before : after;
  for (const auto& [what, dated] : longer) {
    compare(name, what, find(before, what), find(after, what));
  }
}

}  // namespace

std::size_t Moves::dues() const {
  return static_cast<std::size_t>(std::ranges::count(all, due, &Move::what));
}

Moves moves_between(const Timetable& before, const Timetable& after) {
  auto was = all_dates(before);
  auto is = all_dates(after);
  for (const auto& [name, dates] : is) was.try_emplace(name);
  Comparison comparison{after.plan()};
  for (const auto& [name, dates] : was) comparison.compare(name, dates, is[name]);
  return std::move(comparison.moves);
}

}  // namespace duban::ctl
