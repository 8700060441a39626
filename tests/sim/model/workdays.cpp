#include "sim/model/workdays.h"

namespace duban::sim::model {

Workdays::Workdays(const WorkCalendar& calendar, int year, bool with_made_up)
    : first_(number_of({.year = year - 1})) {
  auto end = number_of({.year = year + 2});
  for (auto day = first_; day < end; ++day) works_.push_back(weekday_of(day) <= 5);
  auto put = [&](DayNumber day, bool works) {
    if (day >= first_ && day < end) works_[static_cast<std::size_t>(day - first_)] = works;
  };
  for (auto day : calendar.off) put(day, false);
  if (!with_made_up) return;
  for (auto day : calendar.made_up) {
    if (weekday_of(day) > 5) put(day, true);
  }
}

bool Workdays::works(DayNumber day) const {
  bool known = day >= first_ && day < first_ + static_cast<DayNumber>(works_.size());
  return known ? works_[static_cast<std::size_t>(day - first_)] : weekday_of(day) <= 5;
}

DayNumber Workdays::counted(DayNumber day, int n) const {
  for (; n > 0; --n) day = at_or_after(day + 1);
  for (; n < 0; ++n) day = at_or_before(day - 1);
  return day;
}

DayNumber Workdays::at_or_after(DayNumber day) const {
  while (!works(day)) ++day;
  return day;
}

DayNumber Workdays::at_or_before(DayNumber day) const {
  while (!works(day)) --day;
  return day;
}

}  // namespace duban::sim::model
