#pragma once
// Instants and civil times. Plans speak civil time in their zone, the ledger speaks UTC; the two
// types do not mix, and only calendar/zone.h turns one into the other.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace duban {

/// A moment in UTC, whole seconds since the epoch.
using Instant = std::chrono::sys_seconds;
/// A wall-clock reading in some zone, whole seconds; says nothing until a zone is named.
using Civil = std::chrono::local_seconds;
/// A civil day.
using Day = std::chrono::local_days;
using Seconds = std::chrono::seconds;
using YearMonthDay = std::chrono::year_month_day;

/// The last second of a day, which is what a due date without an hour means.
inline constexpr Seconds end_of_day{23 * 3600 + 59 * 60 + 59};

/// The day a civil reading falls on.
constexpr Day day_of(Civil at) { return std::chrono::floor<std::chrono::days>(at); }
/// Seconds since that day's midnight.
constexpr Seconds time_of(Civil at) { return at - day_of(at); }

/// `2022-03-31`, an existing day, in years 1900 to 2200; anything else is empty.
std::optional<Day> parse_day(std::string_view text);
/// `HH:MM` from 00:00 to 23:59; anything else is empty.
std::optional<Seconds> parse_time_of_day(std::string_view text);
/// A stretch of every day, `from` included, `to` not; `to` before `from` runs over midnight.
struct DaySpan {
  Seconds from{0}, to{0};
  bool operator==(const DaySpan&) const = default;
  bool contains(Seconds time) const {
    return from <= to ? from <= time && time < to : time >= from || time < to;
  }
};
/// `08:30..17:30`, two different times of day; anything else is empty.
std::optional<DaySpan> parse_day_span(std::string_view text);
/// RFC 3339 with an offset or Z, e.g. `2022-03-28T08:59:50+08:00`; anything else is empty.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// `2022-03-31`.
std::string format_day(Day day);
/// `17:00`.
std::string format_time_of_day(Seconds since_midnight);
/// RFC 3339 with the offset given, `2022-03-28T08:59:50+08:00`; offset zero prints `Z`.
std::string format_rfc3339(Instant at, Seconds offset = Seconds{0});

/// The unsigned number of a month, day or year part, for arithmetic and printing.
inline int year_of(Day day) { return static_cast<int>(YearMonthDay{day}.year()); }
inline unsigned month_of(Day day) { return static_cast<unsigned>(YearMonthDay{day}.month()); }
inline unsigned day_of_month(Day day) { return static_cast<unsigned>(YearMonthDay{day}.day()); }
/// A day from its parts; the parts must name an existing day.
inline Day make_day(int year, unsigned month, unsigned day) {
  return Day{YearMonthDay{std::chrono::year{year}, std::chrono::month{month},
                          std::chrono::day{day}}};
}
/// The Monday of a day's week (ISO 8601).
inline Day monday_of(Day day) {
  return day - (std::chrono::weekday{day} - std::chrono::Monday);
}
/// The number of days of a month.
inline unsigned days_in_month(int year, unsigned month) {
  return static_cast<unsigned>(
      (std::chrono::year{year} / std::chrono::month{month} / std::chrono::last).day());
}

}  // namespace duban
