#include "base/time.h"

#include <charconv>
#include <fmt/format.h>

namespace duban {
namespace {

// All digits, exactly `width` of them at `at`; empty when anything else stands there.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return std::nullopt;
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Seconds> parse_clock(std::string_view text, bool seconds) {
  auto hour = digits(text, 0, 2);
  auto minute = digits(text, 3, 2);
  auto second = seconds ? digits(text, 6, 2) : std::optional<int>{0};
  if (!hour || !minute || !second || text[2] != ':') return std::nullopt;
  if (seconds && text[5] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return Seconds{*hour * 3600 + *minute * 60 + *second};
}

std::optional<Seconds> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return Seconds{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  auto size = parse_clock(text.substr(1), false);
  if (!size) return std::nullopt;
  return text[0] == '-' ? -*size : *size;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits(text, 0, 4);
  auto month = digits(text, 5, 2);
  auto day = digits(text, 8, 2);
  if (!year || !month || !day || *year < 1900 || *year > 2200) return std::nullopt;
  YearMonthDay ymd{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                   std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return Day{ymd};
}

std::optional<Seconds> parse_time_of_day(std::string_view text) {
  if (text.size() != 5) return std::nullopt;
  return parse_clock(text, false);
}

std::optional<DaySpan> parse_day_span(std::string_view text) {
  auto dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  auto from = parse_time_of_day(text.substr(0, dots));
  auto to = parse_time_of_day(text.substr(dots + 2));
  if (!from || !to || *from == *to) return std::nullopt;
  return DaySpan{*from, *to};
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  auto day = parse_day(text.substr(0, 10));
  auto clock = parse_clock(text.substr(11, 8), true);
  auto offset = parse_offset(text.substr(19));
  if (!day || !clock || !offset) return std::nullopt;
  return Instant{day->time_since_epoch() + *clock - *offset};
}

std::string format_day(Day day) {
  return fmt::format("{:04}-{:02}-{:02}", year_of(day), month_of(day), day_of_month(day));
}

std::string format_time_of_day(Seconds since_midnight) {
  auto minutes = since_midnight.count() / 60;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string format_rfc3339(Instant at, Seconds offset) {
  Civil civil{at.time_since_epoch() + offset};
  auto clock = time_of(civil).count();
  auto text = fmt::format("{}T{:02}:{:02}:{:02}", format_day(day_of(civil)), clock / 3600,
                          clock / 60 % 60, clock % 60);
  if (offset == Seconds{0}) return text + "Z";
  auto minutes = std::abs(offset.count()) / 60;
  return text + fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', minutes / 60,
                            minutes % 60);
}

}  // namespace duban
