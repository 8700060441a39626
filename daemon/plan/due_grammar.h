#pragma once
// The words of due dates, offsets, spans and period names. plan/load.h shows the two that others
// call; these also say which code a mistake has.

#include <expected>
#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "plan/due_rule.h"
#include "plan/plan.h"

namespace duban::plan {

/// A mistake in a word: code, what is wrong, how to mend it.
struct GrammarError {
  std::string code;
  Bilingual message, mend;
};

/// A day of any year, `MM-DD`. February 29 passes: the year decides.
struct MonthDay {
  unsigned month = 1, day = 1;
};
std::expected<MonthDay, GrammarError> read_month_day(std::string_view text);
/// The day in a year, or that the year has no such day.
std::expected<Day, GrammarError> in_year(MonthDay at, int year);

std::expected<Offset, GrammarError> read_offset(std::string_view text);
std::expected<DueRule, GrammarError> read_due(std::string_view text);

/// The rule without its span, or what is wrong with it: read(format_rrule(x)) = x. It says on which
/// days it falls by itself: nothing is taken from the day it begins on.
std::expected<RRule, GrammarError> read_rrule(std::string_view text);
/// The second half of read_rrule: what is refused of a rule whose parts read well, because it says
/// no day, or because libical gets it wrong.
std::optional<GrammarError> problem_with(const RRule& rule);

/// `within`: a span of periods; for `once` the days that bound a date still to be set, for an rrule
/// those that it is kept between.
struct WithinRead {
  std::optional<Within> within;
  DateBounds bounds;
};
std::expected<WithinRead, GrammarError> read_within(std::string_view text, Every every, int year);

/// The number of a period by its short name: "09" -> 9, "Q3" -> 3, "year" -> 1, of an rrule the day
/// of the year: "02-01" -> 32; how many there are.
std::expected<unsigned, GrammarError> read_period(std::string_view text, Every every, int year);
unsigned period_count(Every every, int year);
/// `2022-09`, `2022-Q3`, `2022-H1`, `2022-W13`, `2022`, of an rrule `2022-04-05`.
std::string period_id(unsigned number, Every every, int year);
/// The months of one period of `every` (3 of a quarter), and its first month.
unsigned months_in(Every every);

/// Blanks at the ends gone, inner runs one space.
std::string fold_blanks(std::string_view text);

}  // namespace duban::plan
