#pragma once
// The periods that a duty recurs in, and their names.

#include <string>
#include <vector>

#include "base/time.h"
#include "plan/plan.h"

namespace duban::calendar {

/// A named stretch of days: `2022-05`, `2022-Q2`, `2022-H1`, `2022-W13` (ISO), `2022`; by an rrule
/// a day, `2022-04-05`.
struct Period {
  std::string id;
  Day first, last;
  /// Its place among its year's periods, from 1: what `within` counts.
  unsigned number = 1;
  bool operator==(const Period&) const = default;
};

/// The periods of `every` in a year (1 for once and year; 52 or 53 weeks, by ISO 8601; all days for
/// a rule: calendar/rrule.h says which it names).
std::vector<Period> periods_in(plan::Every every, int year);
/// The one that holds a day. A week belongs to the year of its Thursday.
Period period_of(plan::Every every, Day day);
Period period_after(plan::Every every, const Period& period);
Period period_before(plan::Every every, const Period& period);

}  // namespace duban::calendar
