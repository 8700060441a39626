#pragma once
// One due rule in one period made a civil date, step by step, each step said in words. Used by
// dating.h, which knows about other duties.

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bilingual.h"
#include "base/time.h"
#include "calendar/period.h"
#include "calendar/why.h"
#include "calendar/workdays.h"
#include "plan/due_rule.h"
#include "plan/plan.h"

namespace duban::calendar {

/// Why a rule gives no date where it should: what a diagnostic says.
struct DueMistake {
  std::string code;
  Bilingual message, mend;
};

/// A due date as it comes about.
struct DueDay {
  Day day;
  /// The hour where one is written.
  std::optional<Seconds> time;
  /// A day of an unpublished year was looked up on the way.
  bool provisional = false;
  std::vector<Step> why;

  Civil at() const { return day + time.value_or(end_of_day); }
};

/// The date of a rule that needs nothing but the period it counts in (no none, tbd, relative).
/// `year` is the plan's.
std::expected<DueDay, DueMistake> date_in(const plan::DueRule& rule, const Period& period, int year,
                                          const Workdays& workdays);

/// `from` moved by a relative rule's offset. Days count from the day of `from` (day 0) and end with
/// the day unless an hour is written; hours count from the very time. `extend`: the days of each
/// public holiday with three or more days inside a term of `d` or `h` are added to it (working days
/// skip them anyway).
DueDay count_from(Civil from, const plan::DueRule& rule, bool extend, const Workdays& workdays);

/// The rule for a due date on a day off (`extend` belongs to count_from and does nothing here).
void move_off_days(DueDay& due, plan::OnDayOff rule, const Workdays& workdays);

}  // namespace duban::calendar
