#pragma once
// When something is due, as the plan's words say it: parsed, not yet a date. calendar/ makes dates
// of it.

#include <optional>
#include <string>
#include <variant>

#include "base/time.h"

namespace duban::plan {

/// `-3wd 09:00`: so many days (`d`), working days (`wd`) or hours (`h`) from a point, at a time of
/// day where one is given.
struct Offset {
  enum class Unit { days, working_days, hours };
  int count = 0;
  Unit unit = Unit::days;
  std::optional<Seconds> time;
  /// As written, blanks folded: half of a stage's key.
  std::string text;
  bool operator==(const Offset&) const = default;
};

/// `none`: recorded each time it happens, never chased.
struct DueNone {
  bool operator==(const DueNone&) const = default;
};
/// `tbd`: the office will set it.
struct DueUndecided {
  bool operator==(const DueUndecided&) const = default;
};
/// `03-31`: a day of the plan's year.
struct DueDate {
  unsigned month = 1, day = 1;
  bool operator==(const DueDate&) const = default;
};
/// `25`, or `month-3 25` inside a longer period: day `day` of the period's month number `month`
/// (from 1).
struct DueDayOfMonth {
  unsigned month = 1, day = 1;
  bool operator==(const DueDayOfMonth&) const = default;
};
/// `last`, `last-wd`: the period's last day or last working day.
struct DueLast {
  bool working_day = false;
  bool operator==(const DueLast&) const = default;
};
/// `2nd-wd`: the period's n-th working day (from 1).
struct DueNthWorkingDay {
  unsigned n = 1;
  bool operator==(const DueNthWorkingDay&) const = default;
};
/// `tue`: that day of the week (the period is a week, Monday first).
struct DueWeekday {
  std::chrono::weekday day;
  bool operator==(const DueWeekday&) const = default;
};
/// `17:00` alone, or nothing: the day that the duty's rrule names.
struct DueThatDay {
  bool operator==(const DueThatDay&) const = default;
};
/// `summary.due +10wd`, `meeting.held +7wd`: from another duty's due time or recorded date.
struct DueRelative {
  enum class Event { due, held };
  std::string duty;
  Event event = Event::due;
  Offset offset;
  bool operator==(const DueRelative&) const = default;
};

/// One due time. `time` is the hour where one is written; without it the end of that day is meant.
struct DueRule {
  std::variant<DueNone, DueUndecided, DueDate, DueDayOfMonth, DueLast, DueNthWorkingDay, DueWeekday,
               DueThatDay, DueRelative>
      rule = DueNone{};
  std::optional<Seconds> time;
  /// As written.
  std::string text;
  bool operator==(const DueRule&) const = default;

  bool is_none() const { return std::holds_alternative<DueNone>(rule); }
  bool is_undecided() const { return std::holds_alternative<DueUndecided>(rule); }
  const DueRelative* relative() const { return std::get_if<DueRelative>(&rule); }
};

}  // namespace duban::plan
