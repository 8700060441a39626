#include "ctl/words.h"

#include <charconv>
#include <fmt/format.h>

#include "base/english_names.h"
#include "message/words.h"

namespace duban::ctl {
namespace {

Bilingual civil_words(Civil at, int year) {
  auto day = day_of(at);
  Bilingual text{message::weekday_words(day, year), english_weekday(day, year)};
  if (time_of(at) == end_of_day) return text;
  return both("{}{}", "{} {}", text, message::hour_words(time_of(at)));
}

}  // namespace

std::string when_words(Instant at, const calendar::Zone& zone, int year) {
  return civil_words(zone.to_civil(at), year).chinese;
}

std::string when_words(std::string_view rfc3339, int year) {
  return when_said(rfc3339, year).chinese;
}

Bilingual when_said(std::string_view rfc3339, int year) {
  if (!parse_rfc3339(rfc3339)) return alike(rfc3339);
  auto day = parse_day(rfc3339.substr(0, 10));
  auto minutes = parse_time_of_day(rfc3339.substr(11, 5));
  if (!day || !minutes) return alike(rfc3339);
  auto seconds = rfc3339.substr(17, 2) == "59" ? Seconds{59} : Seconds{0};
  return civil_words(*day + *minutes + seconds, year);
}

std::string few_of(const std::vector<std::string>& names, std::size_t shown,
                   std::string_view counted) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) {
    if (i != 0) text += "、";
    text += names[i];
  }
  if (names.size() > shown) text += fmt::format("等{}{}", names.size(), counted);
  return text;
}

std::int64_t fact_number(std::string_view word) {
  std::int64_t number = 0;
  auto [at, error] = std::from_chars(word.begin(), word.end(), number);
  return error == std::errc{} && at == word.end() ? number : 0;
}

}  // namespace duban::ctl
