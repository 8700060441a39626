#pragma once
// How a duty recurs by an RRULE of RFC 5545 (`rrule = "FREQ=…"`), where `every` has no word for it:
// parsed, not yet days. plan/due_grammar.h reads it, calendar/rrule.h makes days of it.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace duban::plan {

struct RRule {
  enum class Freq { daily, weekly, monthly, yearly };
  /// `MO`: each Monday; `-1FR`: the last Friday of the month (of the year where no month is named).
  struct Weekday {
    int nth = 0;
    std::chrono::weekday day;
    bool operator==(const Weekday&) const = default;
  };

  Freq freq = Freq::daily;
  unsigned interval = 1;
  /// Only the first so many days.
  std::optional<unsigned> count;
  std::vector<int> by_month, by_month_day, by_year_day, by_set_pos;
  std::vector<Weekday> by_day;
  /// `within`: first and last day, both included; absent: the year's. Intervals and count begin at
  /// the first.
  std::optional<Day> from, to;
  bool operator==(const RRule&) const = default;
};

/// As RFC 5545 writes it, parts in its order, without its span.
std::string format_rrule(const RRule& rule);

}  // namespace duban::plan
