#pragma once
// How a date came about, step by step, as values: `explain` says them in the language asked for.

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "calendar/workdays.h"

namespace duban::calendar {

/// A day with what makes it special.
struct NamedDay {
  Day day{};
  /// The public holiday that it is a day of (国庆节), or empty.
  std::string holiday;
  /// A Saturday or Sunday that is worked by a notice.
  bool made_up = false;
  bool operator==(const NamedDay&) const = default;
};
NamedDay named(Day day, const Workdays& workdays);

/// Days that a count in working days passes over for one cause, in the order of time.
struct Gap {
  enum class Cause { weekend, holiday, made_up };
  Day first{}, last{};
  Cause cause = Cause::weekend;
  std::string holiday;
  bool operator==(const Gap&) const = default;
};

/// One working day of such a count, and what was passed over since the one before.
struct Stride {
  /// -1, -2, … when counted backward.
  int count = 0;
  NamedDay day;
  std::vector<Gap> skipped;
  bool operator==(const Stride&) const = default;
};

/// The count of `count` working days from `from` (day 0), day by day; empty when it is longer than
/// limits::walked_days.
std::vector<Stride> walk(Day from, int count, const Workdays& workdays);

/// A line of how a date came about.
struct Step {
  enum class Kind {
    /// `period` by `rule` is `to`.
    by_rule,
    /// `rule` from `from` is `to`.
    counted,
    /// `count` days of public holidays inside the term move it to `to`.
    extended,
    /// `from` is not worked: `to`.
    off_day,
    /// A day of an unpublished year was looked up: 暂定.
    unpublished,
    /// The plan excuses the period: `excuse`.
    excused,
    /// Recorded when it happens; the office will set it; what it counts from has no date yet.
    never, undecided, waiting,
  };
  Kind kind = Kind::by_rule;
  /// The names of the duties that the date counts from, outermost first; empty: its own date.
  std::vector<std::string> of;
  /// Of the softer date (ask_by).
  bool softer = false;
  std::string period, rule, excuse;
  NamedDay from, to;
  /// The hour of `to` where one is written.
  std::optional<Seconds> time;
  int count = 0;
  /// The working days counted on the way, day by day.
  std::vector<Stride> walked;
  bool operator==(const Step&) const = default;
};

/// `2022-10-08(周六,调休上班)`, `2022-10-03(周一,国庆节放假)`, `2022-05-25(周三)`.
std::string describe(const NamedDay& day);
/// The step in Chinese: `2022-06-25(周六)不上班,提前到2022-06-24(周五)`.
std::string describe(const Step& step);

}  // namespace duban::calendar
