// Days of any rule that plan/ lets through, against an expansion that looks at each day of the year
// and asks whether the rule names it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "calendar/fixture.h"
#include "calendar/occurrence.h"
#include "calendar/rrule.h"
#include "plan/due_grammar.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::RRule;
using std::chrono::days;
using Freq = RRule::Freq;

struct Stretch {
  Day first, last;
};

Stretch month_of_day(Day at) {
  auto year = year_of(at);
  auto month = month_of(at);
  return {make_day(year, month, 1), make_day(year, month, days_in_month(year, month))};
}

Stretch year_of_day(Day at) {
  return {make_day(year_of(at), 1, 1), make_day(year_of(at), 12, 31)};
}

bool has(const std::vector<int>& list, int one) {
  return std::ranges::find(list, one) != list.end();
}

// The place of a day in a stretch is named, from either end.
bool names_place(const std::vector<int>& list, Day at, Stretch in) {
  return has(list, static_cast<int>((at - in.first).count()) + 1) ||
         has(list, -static_cast<int>((in.last - at).count()) - 1);
}

bool names_weekday(const RRule& rule, Day at) {
  bool of_month = rule.freq == Freq::monthly || !rule.by_month.empty();
  auto in = of_month ? month_of_day(at) : year_of_day(at);
  return std::ranges::any_of(rule.by_day, [&](const RRule::Weekday& one) {
    if (std::chrono::weekday{at} != one.day) return false;
    auto from_front = static_cast<int>((at - in.first).count()) / 7 + 1;
    auto from_back = -static_cast<int>((in.last - at).count()) / 7 - 1;
    return one.nth == 0 || one.nth == from_front || one.nth == from_back;
  });
}

// All but intervals and positions.
bool names(const RRule& rule, Day at) {
  if (!rule.by_month.empty() && !has(rule.by_month, static_cast<int>(month_of(at)))) return false;
  if (!rule.by_month_day.empty() && !names_place(rule.by_month_day, at, month_of_day(at))) {
    return false;
  }
  if (!rule.by_year_day.empty() && !names_place(rule.by_year_day, at, year_of_day(at))) {
    return false;
  }
  return rule.by_day.empty() || names_weekday(rule, at);
}

bool at_position(const RRule& rule, Day at) {
  if (rule.by_set_pos.empty()) return true;
  auto in = rule.freq == Freq::monthly ? month_of_day(at) : year_of_day(at);
  int before = 0, after = 0;
  for (auto other = in.first; other <= in.last; other += days{1}) {
    if (!names(rule, other)) continue;
    before += other <= at ? 1 : 0;
    after += other >= at ? 1 : 0;
  }
  return has(rule.by_set_pos, before) || has(rule.by_set_pos, -after);
}

Day monday_of(Day at) { return at - days{std::chrono::weekday{at}.iso_encoding() - 1}; }

long passed(Freq freq, Day first, Day at) {
  switch (freq) {
    case Freq::daily: return (at - first).count();
    case Freq::weekly: return (monday_of(at) - monday_of(first)).count() / 7;
    case Freq::monthly: return long{month_of(at)} - long{month_of(first)};
    case Freq::yearly: break;
  }
  return 0;
}

bool in_turn(const RRule& rule, Day first, Day at) {
  return passed(rule.freq, first, at) % rule.interval == 0;
}

std::vector<Day> expected(const RRule& rule, int year) {
  auto first = rule.from.value_or(make_day(year, 1, 1));
  auto last = rule.to.value_or(make_day(year, 12, 31));
  std::vector<Day> found;
  for (auto at = first; at <= last; at += days{1}) {
    if (rule.count && found.size() == *rule.count) break;
    if (in_turn(rule, first, at) && names(rule, at) && at_position(rule, at)) found.push_back(at);
  }
  return found;
}

// From the whole range from the first: a rule is small anyway, and so are its mistakes.
template <class Number>
Number between(Number least, Number most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(least, most + 1));
}

bool one_in(int n) { return between(1, n) == 1; }

std::vector<int> some(int most, bool negative, std::size_t at_most) {
  std::set<int> chosen;
  auto count = between<std::size_t>(1, at_most);
  while (chosen.size() < count) {
    auto number = between(1, most);
    chosen.insert(negative && one_in(3) ? -number : number);
  }
  return {chosen.begin(), chosen.end()};
}

std::vector<RRule::Weekday> some_weekdays(int ordinals) {
  std::vector<RRule::Weekday> chosen;
  for (unsigned at = 0; at < 7; ++at) {
    if (!one_in(3)) continue;
    int nth = ordinals == 0 ? 0 : some(ordinals, true, 1).front();
    chosen.push_back({nth, std::chrono::weekday{at}});
  }
  if (chosen.empty()) chosen.push_back({ordinals == 0 ? 0 : 1, std::chrono::Sunday});
  return chosen;
}

void choose_days(RRule& rule) {
  bool long_period = rule.freq == Freq::monthly || rule.freq == Freq::yearly;
  bool of_month = rule.freq == Freq::monthly || !rule.by_month.empty();
  switch (between(0, 4)) {
    case 0: rule.by_month_day = some(31, rule.freq != Freq::daily, 4); break;
    case 1:
      rule.by_month_day = some(31, rule.freq != Freq::daily, 4);
      rule.by_day = some_weekdays(0);
      break;
    case 2: rule.by_day = some_weekdays(long_period ? (of_month ? 5 : 53) : 0); break;
    case 3:
      rule.by_day = some_weekdays(0);
      if (long_period) rule.by_set_pos = some(20, true, 2);
      break;
    default:
      if (rule.freq == Freq::yearly && rule.by_month.empty()) rule.by_year_day = some(366, true, 4);
      else rule.by_day = some_weekdays(0);
  }
}

// A rule that plan/ lets through, of a plan's year.
std::pair<RRule, int> any_rule() {
  auto year = between(2019, 2029);
  RRule rule;
  rule.freq = *rc::gen::element(Freq::daily, Freq::weekly, Freq::monthly, Freq::yearly);
  if (one_in(3)) rule.interval = between(2U, 6U);
  if (one_in(2)) rule.by_month = some(12, false, 4);
  if (rule.freq != Freq::daily || (rule.interval == 1 && one_in(2))) choose_days(rule);
  if (one_in(4)) rule.count = between(1U, 40U);
  if (one_in(2)) rule.from = make_day(year, 1, 1) + days{between(0, 300)};
  if (one_in(3)) rule.to = make_day(year, 12, 31) - days{between(0, 60)};
  RC_PRE(!plan::problem_with(rule));
  RC_LOG() << plan::format_rrule(rule) << " of " << year << " from "
           << (rule.from ? format_day(*rule.from) : "-") << " to "
           << (rule.to ? format_day(*rule.to) : "-");
  return {rule, year};
}

RC_GTEST_PROP(RRuleProperty, DaysAreThoseThatTheRuleNames, ()) {
  auto [rule, year] = any_rule();
  auto ours = days_of(rule, year);
  auto theirs = expected(rule, year);
  auto [our_odd, their_odd] = std::ranges::mismatch(ours, theirs);
  if (our_odd != ours.end()) RC_LOG() << "; we name " << format_day(*our_odd);
  if (their_odd != theirs.end()) RC_LOG() << "; we should name " << format_day(*their_odd);
  RC_ASSERT(ours == theirs);
}

RC_GTEST_PROP(RRuleProperty, DaysRiseStayInTheirYearAndSpanAndAreTheSameTwice, ()) {
  auto [rule, year] = any_rule();
  auto found = days_of(rule, year);
  RC_ASSERT(found.size() <= 366U);
  RC_ASSERT(!rule.count || found.size() <= *rule.count);
  RC_ASSERT(std::ranges::adjacent_find(found, std::greater_equal{}) == found.end());
  for (auto at : found) {
    RC_ASSERT(year_of(at) == year);
    RC_ASSERT(!rule.from || at >= *rule.from);
    RC_ASSERT(!rule.to || at <= *rule.to);
  }
  RC_ASSERT(days_of(rule, year) == found);
}

RC_GTEST_PROP(RRuleProperty, WhatIsLetThroughIsReadAsItWasWritten, ()) {
  auto rule = any_rule().first;
  auto again = plan::read_rrule(plan::format_rrule(rule));
  rule.from.reset();
  rule.to.reset();
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == rule);
}

// Without a span a due date belongs to exactly one year's plan, moved over New Year or not.
RC_GTEST_PROP(RRuleProperty, EveryDueDateBelongsToExactlyOneYear, ()) {
  auto [rule, year] = any_rule();
  rule.from.reset();
  rule.to.reset();
  auto made = duty("report", plan::Every::rule, {plan::DueThatDay{}, std::nullopt, ""});
  made.rrule = rule;
  made.on_day_off = *rc::gen::element(plan::OnDayOff::stay, plan::OnDayOff::before,
                                      plan::OnDayOff::after, plan::OnDayOff::after_2wd);
  std::vector<std::string> all;
  for (int in = year - 1; in <= year + 1; ++in) {
    for (const auto& one : expand(plan_of(in, {made}))) all.push_back(one.period);
  }
  for (auto day : days_of(rule, year)) RC_ASSERT(std::ranges::count(all, format_day(day)) == 1);
}

}  // namespace
}  // namespace duban::calendar
