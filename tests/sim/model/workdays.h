#pragma once
// Working days, looked up in a table that was made by walking the years day by day.

#include <vector>

#include "sim/model/civil.h"

namespace duban::sim::model {

class Workdays {
 public:
  /// Of the plan's year and those beside it.
  Workdays(const WorkCalendar& calendar, int year, bool with_made_up);

  bool works(DayNumber day) const;
  /// The n-th working day after (before: negative) `day`, which counts for nothing; 0: `day`.
  DayNumber counted(DayNumber day, int n) const;
  DayNumber at_or_after(DayNumber day) const;
  DayNumber at_or_before(DayNumber day) const;

 private:
  DayNumber first_;
  std::vector<bool> works_;
};

}  // namespace duban::sim::model
