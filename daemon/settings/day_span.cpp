#include "settings/day_span.h"

#include "settings/report.h"

namespace duban::settings {
namespace {

std::optional<DaySpan> read(Section& section, std::string_view key, bool over_midnight,
                            const Bilingual& sample) {
  auto word = section.text(key);
  if (!word) return std::nullopt;
  auto span = parse_day_span(word->value);
  if (span && (over_midnight || span->from < span->to)) return span;
  error(section.diagnostics(), word->place, "bad-value",
        both("{} 不能写{}", "{} cannot be {}", key, in_quotes(word->value)),
        both("写成 {}", "write it as {}", sample));
  return std::nullopt;
}

}  // namespace

std::optional<DaySpan> read_hours(Section& section, std::string_view key) {
  return read(section, key, false, alike("08:30..17:30"));
}

std::optional<DaySpan> read_quiet(Section& section, std::string_view key) {
  return read(section, key, true,
              {"12:00..14:00 或 22:00..07:00", "12:00..14:00 or 22:00..07:00"});
}

}  // namespace duban::settings
