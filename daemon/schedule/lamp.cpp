#include "schedule/lamp.h"

#include <algorithm>

namespace duban::schedule {
namespace {

using plan::LampCondition;
using plan::NumberSpan;

// What is not asked is fulfilled; what is asked of something that is not there is not.
bool fits(const std::optional<bool>& asked, bool is) { return !asked || *asked == is; }

bool fits(const std::optional<NumberSpan>& asked, std::optional<int> is) {
  return !asked || (is && asked->contains(*is));
}

bool fits_date(const LampCondition& condition, const TaskStanding& standing) {
  std::optional<int> left, behind;
  if (auto days = standing.days_to_milestone) (*days < 0 ? behind : left) = std::abs(*days);
  return fits(condition.milestone, standing.has_milestone) && fits(condition.left, left) &&
         fits(condition.behind, behind) &&
         fits(condition.done, standing.has_milestone && standing.all_done) &&
         (!condition.done || standing.has_milestone);
}

bool set_by_hand(const plan::Lamp& lamp, const TaskStanding& standing, Day today) {
  if (standing.by_hand.empty() || standing.by_hand != lamp.word) return false;
  if (!lamp.by_month || !standing.by_hand_on) return true;
  auto on = *standing.by_hand_on;
  return year_of(on) == year_of(today) && month_of(on) == month_of(today);
}

template <class List, class Value>
bool empty_or_has(const List& list, const Value& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

}  // namespace

const plan::Lamp& lamp_of(const plan::Plan& plan, std::string_view task,
                          const TaskStanding& standing, Day today) {
  static const auto last = plan::last_lamp();
  for (const auto& lamp : plan.lamps) {
    bool applies = lamp.when.empty();
    for (const auto& condition : lamp.when) {
      applies = applies ||
                (fits_date(condition, standing) && fits(condition.extended, standing.extended) &&
                 fits(condition.moved, standing.moved) &&
                 fits(condition.reminders, standing.reminders) &&
                 empty_or_has(condition.reported, standing.reported) &&
                 empty_or_has(condition.tasks, task) &&
                 (!condition.by_hand || set_by_hand(lamp, standing, today)));
    }
    if (applies) return lamp;
  }
  return last;
}

}  // namespace duban::schedule
