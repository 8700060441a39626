// The words of due dates, offsets, spans and period names: what is read is written back as it is
// read, and what is refused says why.
#include "fuzz/input.h"
#include "plan/due_grammar.h"
#include "plan/load.h"

namespace {

using namespace duban;
using namespace duban::fuzz;

void check_refusal(const plan::GrammarError& wrong) {
  for (auto tongue : {Tongue::chinese, Tongue::english}) {
    check_diagnostic({.place = {"plan.toml", 1, 1},
                      .code = wrong.code,
                      .message = wrong.message,
                      .mend = wrong.mend,
                      .language = tongue},
                     "");
  }
}

void check_offset(std::string_view text) {
  auto read = plan::read_offset(text);
  if (!read) return check_refusal(read.error());
  auto written = plan::format_offset(*read);
  auto again = plan::read_offset(written);
  require(again.has_value(), "an offset as written is read", written);
  require(again->count == read->count && again->unit == read->unit && again->time == read->time,
          "an offset is the same again", written);
  require(plan::format_offset(*again) == written, "its form is its form", written);
}

void check_due(std::string_view text) {
  auto read = plan::read_due(text);
  if (!read) return check_refusal(read.error());
  auto written = plan::format_due(*read);
  auto again = plan::read_due(written);
  require(again.has_value(), "a due rule as written is read", written);
  require(again->time == read->time && again->rule.index() == read->rule.index(),
          "a due rule is the same again", written);
  require(plan::format_due(*again) == written, "its form is its form", written);
}

void check_periods(std::string_view text, plan::Every every) {
  constexpr int year = 2024;
  if (auto span = plan::read_within(text, every, year); !span) check_refusal(span.error());
  auto number = plan::read_period(text, every, year);
  if (!number) return check_refusal(number.error());
  require(*number >= 1 && *number <= plan::period_count(every, year), "the year has that period",
          text);
  require(plan::period_id(*number, every, year).size() <= 10, "its id is short", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = text_of(data, size);
  check_offset(text);
  check_due(text);
  for (auto every : {plan::Every::once, plan::Every::week, plan::Every::month,
                     plan::Every::quarter, plan::Every::rule}) {
    check_periods(text, every);
  }
  if (auto day = plan::read_month_day(text)) {
    if (auto in_year = plan::in_year(*day, 2023); !in_year) check_refusal(in_year.error());
  } else {
    check_refusal(day.error());
  }
  return 0;
}
