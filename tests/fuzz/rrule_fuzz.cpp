// Recurrence rules: what is accepted is written back as it is read, and its days of any year come
// soon, each once, between its ends. -timeout is the bound in time.
#include <algorithm>
#include <functional>

#include "base/limits.h"
#include "calendar/rrule.h"
#include "fuzz/input.h"
#include "plan/due_grammar.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

void check_days(const plan::RRule& rule, int year, std::string_view written) {
  auto days = calendar::days_of(rule, year);
  require(days.size() <= limits::rrule_days, "a year has no more days", written);
  require(std::ranges::adjacent_find(days, std::greater_equal{}) == days.end(),
          "days rise, each once", written);
  for (auto day : days) require(year_of(day) == year, "days are of the year", written);
  auto outside = [&](Day day) {
    return (rule.from && day < *rule.from) || (rule.to && day > *rule.to);
  };
  require(std::ranges::none_of(days, outside), "days lie between the ends", written);
  if (rule.count) require(days.size() <= *rule.count, "no more days than counted", written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rest = text_of(data, size);
  auto text = take_line(rest);
  auto rule = plan::read_rrule(text);
  if (!rule) {
    for (auto tongue : {Tongue::chinese, Tongue::english}) {
      check_diagnostic({.place = {"plan.toml", 1, 1},
                        .code = rule.error().code,
                        .message = rule.error().message,
                        .mend = rule.error().mend,
                        .language = tongue},
                       "");
    }
    return 0;
  }
  auto written = plan::format_rrule(*rule);
  auto again = plan::read_rrule(written);
  require(again.has_value() && *again == *rule, "a rule is the same again", written);
  check_days(*rule, 2023, written);
  // A second line is its span, as `within` says it.
  if (auto within = plan::read_within(rest, plan::Every::rule, 2024)) {
    rule->from = within->bounds.from;
    rule->to = within->bounds.to;
  }
  check_days(*rule, 2024, written);
  return 0;
}
