#include "control/time_words.h"

#include <fmt/format.h>

#include "settings/report.h"

namespace duban::control {
namespace {

using engine::Refusal;

struct Written {
  std::optional<Instant> instant;
  Day day{};
  std::optional<Seconds> time;
};

Refusal unclear(std::string_view text) {
  return {"bad-time", both("看不懂时间{}", "cannot read the time {}", settings::in_quotes(text)),
          {"写 16:40(当天),或 05-25 16:40、2022-05-25 16:40",
           "write 16:40 (today), 05-25 16:40 or 2022-05-25 16:40"}};
}

std::optional<Day> day_in(std::string_view text, int year) {
  if (text.size() == 5) return parse_day(fmt::format("{:04}-{}", year, text));
  return parse_day(text);
}

std::expected<Written, Refusal> read(std::string_view text, Day today) {
  if (auto instant = parse_rfc3339(text)) return Written{.instant = instant};
  if (auto time = parse_time_of_day(text)) return Written{.day = today, .time = time};
  auto blank = text.find(' ');
  auto day = day_in(text.substr(0, blank), year_of(today));
  if (!day) return std::unexpected(unclear(text));
  if (blank == std::string_view::npos) return Written{.day = *day};
  auto time = parse_time_of_day(text.substr(blank + 1));
  if (!time) return std::unexpected(unclear(text));
  return Written{.day = *day, .time = time};
}

Instant end_of(const Written& written, const calendar::Zone& zone) {
  if (written.instant) return *written.instant;
  return zone.to_instant(written.day + written.time.value_or(end_of_day));
}

std::string shown(Instant at, const calendar::Zone& zone) {
  auto civil = zone.to_civil(at);
  return format_day(day_of(civil)) + " " + format_time_of_day(time_of(civil));
}

Bilingual is_past(Instant at, Instant now, const calendar::Zone& zone) {
  return both("{}已经过了,现在是{}", "{} is past, it is now {}", shown(at, zone), shown(now, zone));
}

}  // namespace

std::expected<Instant, Refusal> read_past(std::string_view text, Instant now,
                                          const calendar::Zone& zone) {
  auto today = zone.day_of(now);
  auto written = read(text, today);
  if (!written) return std::unexpected(written.error());
  bool today_itself = !written->instant && !written->time && written->day == today;
  auto at = today_itself ? now : end_of(*written, zone);
  if (at <= now) return at;
  return std::unexpected(Refusal{
      "time-in-the-future",
      both("{}还没有到,现在是{}", "{} has not come yet, it is now {}", shown(at, zone),
           shown(now, zone)),
      {"不是今天的,把日子也写上,如 --at \"05-25 16:40\"",
       "if it was not today, write the day too, such as --at \"05-25 16:40\""}});
}

std::expected<Instant, Refusal> read_coming(std::string_view text, Instant now,
                                            const calendar::Zone& zone) {
  auto written = read(text, zone.day_of(now));
  if (!written) return std::unexpected(written.error());
  auto at = end_of(*written, zone);
  if (at > now) return at;
  return std::unexpected(Refusal{"time-in-the-past", is_past(at, now, zone),
                                 {"写一个以后的时间,如 --until \"05-27 17:00\"",
                                  "write a time to come, such as --until \"05-27 17:00\""}});
}

std::expected<Instant, Refusal> read_beginning(std::string_view text, Instant now,
                                               const calendar::Zone& zone) {
  auto today = zone.day_of(now);
  auto written = read(text, today);
  if (!written) return std::unexpected(written.error());
  bool whole_day = !written->instant && !written->time;
  if (whole_day && written->day == today) return now;
  auto at = whole_day ? zone.to_instant(Civil{written->day}) : end_of(*written, zone);
  if (at >= now) return at;
  return std::unexpected(Refusal{"time-in-the-past", is_past(at, now, zone),
                                 {"从现在起就不写 --from", "leave out --from to begin now"}});
}

std::expected<Day, Refusal> read_day(std::string_view text, int year) {
  if (auto day = day_in(text, year)) return *day;
  return std::unexpected(Refusal{"bad-day",
                                 both("看不懂日子{}", "cannot read the day {}",
                                      settings::in_quotes(text)),
                                 {"写 05-25 或 2022-05-25,并且历上有这一天",
                                  "write 05-25 or 2022-05-25, a day that exists"}});
}

}  // namespace duban::control
