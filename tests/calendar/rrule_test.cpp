// Days of rrules by table, duties that recur by one, and what of libical we rely on.
#include "calendar/rrule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libical/ical.h>
#include <sys/resource.h>

#include <algorithm>

#include "base/limits.h"
#include "calendar/fixture.h"
#include "calendar/occurrence.h"
#include "plan/due_grammar.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using plan::OnDayOff;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

plan::RRule rule(std::string_view text, std::string_view from = "", std::string_view to = "") {
  auto read = plan::read_rrule(text);
  EXPECT_TRUE(read) << text << ": " << read.error().message.chinese;
  if (!from.empty()) read->from = day(from);
  if (!to.empty()) read->to = day(to);
  return *read;
}

std::vector<std::string> texts(const std::vector<Day>& days) {
  std::vector<std::string> shown;
  for (auto at : days) shown.push_back(format_day(at).substr(5));
  return shown;
}

std::vector<std::string> in(int year, std::string_view text, std::string_view from = "",
                            std::string_view to = "") {
  return texts(days_of(rule(text, from, to), year));
}

TEST(RRuleDays, the_31st_skips_short_months_and_minus_one_is_the_months_end) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTHDAY=31"),
              ElementsAre("01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"));
  EXPECT_THAT(in(2024, "FREQ=MONTHLY;BYMONTHDAY=-1"),
              ElementsAre("01-31", "02-29", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31",
                          "09-30", "10-31", "11-30", "12-31"));
}

TEST(RRuleDays, every_third_31st_skips_april_and_named_quarter_ends_do_not) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31"),
              ElementsAre("01-31", "07-31", "10-31"));
  EXPECT_THAT(in(2022, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
              ElementsAre("03-31", "06-30", "09-30", "12-31"));
}

TEST(RRuleDays, the_last_weekday_knows_of_no_holiday) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTH=4,5,9;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
              ElementsAre("04-29", "05-31", "09-30"));
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTH=10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
              ElementsAre("10-03"));
}

TEST(RRuleDays, a_fortnight_counts_from_the_week_of_the_first_day) {
  EXPECT_THAT(in(2022, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2022-03-02", "2022-04-30"),
              ElementsAre("03-15", "03-29", "04-12", "04-26"));
  EXPECT_THAT(in(2022, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2022-03-07", "2022-04-30"),
              ElementsAre("03-08", "03-22", "04-05", "04-19"));
  // 1 January 2022 was a Saturday: its week began on 27 December.
  EXPECT_THAT(in(2022, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "", "2022-02-15"),
              ElementsAre("01-02", "01-16", "01-30", "02-13"));
  EXPECT_THAT(in(2022, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "", "2022-02-15"),
              ElementsAre("01-10", "01-24", "02-07"));
}

TEST(RRuleDays, count_begins_within_the_span) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTHDAY=10,25;COUNT=3", "2022-04-11"),
              ElementsAre("04-25", "05-10", "05-25"));
  EXPECT_THAT(in(2022, "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=50", "2022-12-20"),
              ElementsAre("12-23", "12-26", "12-30"));
}

TEST(RRuleDays, both_ends_of_the_span_are_in_it) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTHDAY=10,25", "2022-04-10", "2022-05-10"),
              ElementsAre("04-10", "04-25", "05-10"));
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTHDAY=10", "2022-05-11", "2022-06-09"), IsEmpty());
}

TEST(RRuleDays, leap_days_are_in_leap_years) {
  EXPECT_THAT(in(2024, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), ElementsAre("02-29"));
  EXPECT_THAT(in(2022, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), IsEmpty());
  EXPECT_THAT(in(2024, "FREQ=YEARLY;BYYEARDAY=366,60"), ElementsAre("02-29", "12-31"));
  EXPECT_EQ(in(2024, "FREQ=DAILY").size(), 366U);
  EXPECT_EQ(in(2022, "FREQ=DAILY").size(), 365U);
}

TEST(RRuleDays, ordinals_count_in_the_month_named_else_in_the_year) {
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYDAY=1MO,-1FR", "2022-05-01", "2022-06-30"),
              ElementsAre("05-02", "05-27", "06-06", "06-24"));
  EXPECT_THAT(in(2022, "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU"), ElementsAre("05-08"));
  EXPECT_THAT(in(2022, "FREQ=YEARLY;BYDAY=20MO"), ElementsAre("05-16"));
  EXPECT_THAT(in(2022, "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"), ElementsAre("05-13"));
}

plan::Duty by_rule(plan::RRule of, std::string_view hour = "") {
  plan::DueRule due{plan::DueThatDay{}, std::nullopt, std::string{hour}};
  if (!hour.empty()) due.time = parse_time_of_day(hour);
  auto made = duty("report", Every::rule, due);
  made.rrule = std::move(of);
  return made;
}

TEST(RRuleDuty, a_period_is_a_day_and_is_due_on_it) {
  auto twice = rule("FREQ=MONTHLY;BYMONTHDAY=10,25", "2022-04-01", "2022-05-31");
  EXPECT_THAT(dues(plan_of(2022, {by_rule(twice, "17:00")})),
              ElementsAre("2022-04-10 2022-04-10 17:00", "2022-04-25 2022-04-25 17:00",
                          "2022-05-10 2022-05-10 17:00", "2022-05-25 2022-05-25 17:00"));
  EXPECT_THAT(dues(plan_of(2022, {by_rule(rule("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"))})),
              ElementsAre("2022-06-15 2022-06-15"));
}

TEST(RRuleDuty, a_day_off_moves_the_due_date_and_not_the_periods_name) {
  auto duty = by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=4", "2022-04-01", "2022-05-31"), "12:00");
  auto moved = [&](OnDayOff how) {
    duty.on_day_off = how;
    return dues(plan_of(2022, {duty}));
  };
  EXPECT_THAT(moved(OnDayOff::before),
              ElementsAre("2022-04-04 2022-04-02 12:00", "2022-05-04 2022-04-29 12:00"));
  EXPECT_THAT(moved(OnDayOff::after),
              ElementsAre("2022-04-04 2022-04-06 12:00", "2022-05-04 2022-05-05 12:00"));
  EXPECT_THAT(moved(OnDayOff::after_2wd),
              ElementsAre("2022-04-04 2022-04-07 12:00", "2022-05-04 2022-05-06 12:00"));
}

TEST(RRuleDuty, without_a_span_what_moves_over_new_year_belongs_where_it_falls_due) {
  auto duty = by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=1"));
  duty.on_day_off = OnDayOff::before;
  auto found = dues(plan_of(2022, {duty}));
  EXPECT_EQ(found.size(), 12U);
  EXPECT_EQ(found.front(), "2022-02-01 2022-01-30") << "1 January fell due on 31 December 2021";
  EXPECT_EQ(found.back(), "2023-01-01 2022-12-30") << "31 December was a holiday by 2023's notice";
}

TEST(RRuleDuty, one_period_is_moved_merged_or_excused) {
  auto duty = by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=10", "2022-04-01", "2022-06-30"), "17:00");
  duty.changes["2022-05-10"].excused = "并入季报";
  duty.changes["2022-06-10"].due = on_date(6, 14, "12:00");
  EXPECT_THAT(dues(plan_of(2022, {duty})),
              ElementsAre("2022-04-10 2022-04-10 17:00", "2022-05-10 - excused",
                          "2022-06-10 2022-06-14 12:00"));
}

TEST(RRuleDuty, another_counts_from_it_where_both_have_the_same_rule) {
  auto twice = rule("FREQ=MONTHLY;BYMONTHDAY=10,25", "2022-04-01", "2022-04-30");
  auto digest = by_rule(twice);
  digest.id = "digest";
  digest.due = due_of("report", "+2wd");
  EXPECT_THAT(dues(plan_of(2022, {by_rule(twice), digest}), {}, 1),
              ElementsAre("2022-04-10 2022-04-12", "2022-04-25 2022-04-27"));
  EXPECT_THAT(codes(plan_of(2022, {by_rule(twice), digest})), IsEmpty());
  digest.rrule = rule("FREQ=MONTHLY;BYMONTHDAY=10", "2022-04-01", "2022-04-30");
  EXPECT_THAT(codes(plan_of(2022, {by_rule(twice), digest})), Contains("due-unlike"));
}

TEST(RRuleDuty, says_that_the_date_is_the_rules) {
  auto found = expand(plan_of(2022, {by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=25"), "17:00")}));
  EXPECT_THAT(lines_of(found.at(3).why),
              ElementsAre("2022-04-25按“rrule”为2022-04-25(周一) 17:00"));
}

TEST(RRuleDiagnosis, a_rule_without_a_day_in_the_year_is_an_error) {
  auto leap = by_rule(rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"));
  EXPECT_THAT(codes(plan_of(2022, {leap})), ElementsAre("rrule-empty"));
  EXPECT_THAT(codes(plan_of(2024, {leap})), IsEmpty());
}

TEST(RRuleDiagnosis, months_too_short_for_the_day_are_named) {
  auto found = diagnose(plan_of(2022, {by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=31", "2022-03-01",
                                                    "2022-10-31"))}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(found[0].code, "rrule-skips-month");
  EXPECT_EQ(found[0].message,
            (Bilingual{"report:4、6、9月没有31日,那时没有这一期",
                       "report: no day 31 in Apr, Jun, Sep, so no period then"}));
  EXPECT_THAT(codes(plan_of(2022, {by_rule(rule("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31"))})),
              ElementsAre("rrule-skips-month"))
      << "September and November, of the odd months";
  EXPECT_THAT(codes(plan_of(2022, {by_rule(rule("FREQ=YEARLY;BYMONTH=3,5;BYMONTHDAY=31"))})),
              IsEmpty());
  EXPECT_THAT(codes(plan_of(2022, {by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=-1"))})), IsEmpty());
}

TEST(RRuleDiagnosis, a_changed_period_must_be_a_day_of_the_rule) {
  auto duty = by_rule(rule("FREQ=MONTHLY;BYMONTHDAY=10,25"));
  duty.changes["2022-05-24"].excused = "x";
  auto found = diagnose(plan_of(2022, {duty}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "unknown-period");
  EXPECT_EQ(found[0].message.chinese, "report:rrule 里没有 05-24 这一天");
  EXPECT_EQ(found[0].mend.chinese, "离它最近的是 05-25");
}

// What we rely on in libical 3.0.16, and why plan/rrule_checks.cpp refuses what it refuses. When
// one of these fails, that refusal can be looked at again.

std::vector<std::string> libical(const char* text, const char* start, int year = 2022) {
  auto recurrence = icalrecurrencetype_from_string(text);
  auto* iterator = icalrecur_iterator_new(recurrence, icaltime_from_string(start));
  std::vector<Day> found;
  while (iterator != nullptr && found.size() < 500) {
    auto at = icalrecur_iterator_next(iterator);
    if (icaltime_is_null_time(at) || at.year > year) break;
    found.push_back(make_day(at.year, static_cast<unsigned>(at.month),
                             static_cast<unsigned>(at.day)));
  }
  if (iterator != nullptr) icalrecur_iterator_free(iterator);
  return texts(found);
}

TEST(LibicalBehaviour, DropsDaysCountedFromTheEndInDailyRules) {
  EXPECT_THAT(libical("FREQ=DAILY;BYMONTHDAY=-1", "20220101"), IsEmpty());
  EXPECT_EQ(libical("FREQ=DAILY;BYMONTHDAY=6,-7", "20220101").size(), 12U) << "of 24";
}

TEST(LibicalBehaviour, PutsSundaysAloneIntoTheWeekBeforeUnlessItBeginsOnOne) {
  EXPECT_EQ(libical("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "20220103").front(), "01-16");
  EXPECT_EQ(libical("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "20220109").front(), "01-09");
}

TEST(LibicalBehaviour, LosesTheFirstWeekWhereWeeksBeginOnAnotherDay) {
  EXPECT_EQ(libical("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;WKST=FR", "20240301", 2024).front(), "03-19")
      << "03-05 lies in the week of 1 March, a Friday";
}

TEST(LibicalBehaviour, IgnoresPositionsInDailyAndWeeklyRules) {
  EXPECT_EQ(libical("FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=-1", "20220103").front(), "01-03");
  EXPECT_FALSE(libical("FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "20220103").empty());
}

TEST(LibicalBehaviour, LosesMonthsOfAYearlyRuleThatNamesNone) {
  EXPECT_LT(libical("FREQ=YEARLY;BYMONTHDAY=17", "20220101").size(), 12U);
}

TEST(LibicalBehaviour, FindsNothingWhereNoMonthCanMeetTheRule) {
  // After a second of work: through all months until the year 2582.
  EXPECT_THAT(libical("FREQ=MONTHLY;BYMONTHDAY=-11;BYDAY=-1TH", "20220101"), IsEmpty());
}

TEST(LibicalBehaviour, NamesAWednesdayWhereTheFirstWeeksTuesdayLiesInTheYearBefore) {
  EXPECT_THAT(libical("FREQ=YEARLY;BYWEEKNO=1;BYDAY=TU", "20260101", 2026), ElementsAre("12-30"));
  EXPECT_EQ(std::chrono::weekday{day("2026-12-30")}, std::chrono::Wednesday);
}

TEST(LibicalBehaviour, ADateWithoutATimeMustHaveHourZero) {
  EXPECT_EQ(icaltime_null_date().hour, -1) << "which makes it lose days";
  EXPECT_EQ(icaltime_null_time().hour, 0);
}

// In a process of its own, which the kernel ends after a second of work.
void expand_for_a_second(const char* text) {
  rlimit second{1, 2};
  ::setrlimit(RLIMIT_CPU, &second);
  libical(text, "20220101");
  ::_exit(0);
}

TEST(LibicalBehaviourDeathTest, NeverComesBackFromARuleOfSecondsThatNoDayCanMeet) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(expand_for_a_second("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
              testing::KilledBySignal(SIGXCPU), "");
}

// A year is asked for one day more than it can have: the longest begins on a Sunday, in a week that
// six days of the year before belong to.
TEST(RRuleDays, ThoseOfTheLongestYearAreAllThere) {
  auto every_day = plan::read_rrule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU").value();
  auto days = days_of(every_day, 2012);
  EXPECT_EQ(days.size() + 6, limits::rrule_days - 1);
  EXPECT_EQ(days.back(), make_day(2012, 12, 31));
}

}  // namespace
}  // namespace duban::calendar
