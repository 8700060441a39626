// Every form of a due rule in one plan's year, with every rule for days off.
#include "calendar/due.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using plan::OnDayOff;
using testing::ElementsAre;

plan::Duty monthly(plan::DueRule due, unsigned from, unsigned to, OnDayOff rule = OnDayOff::stay) {
  auto made = duty("table", Every::month, std::move(due));
  made.within = plan::Within{from, to};
  made.on_day_off = rule;
  return made;
}

TEST(Due, AMonthsDayMovesBeforeItsDayOff) {
  auto plan = plan_of(2022, {monthly(on_day(25, "17:00"), 4, 12, OnDayOff::before)});
  EXPECT_THAT(dues(plan),
              ElementsAre("2022-04 2022-04-25 17:00", "2022-05 2022-05-25 17:00",
                          "2022-06 2022-06-24 17:00", "2022-07 2022-07-25 17:00",
                          "2022-08 2022-08-25 17:00", "2022-09 2022-09-23 17:00",
                          "2022-10 2022-10-25 17:00", "2022-11 2022-11-25 17:00",
                          "2022-12 2022-12-23 17:00"));
}

TEST(Due, AnotherYearMovesEveryDate) {
  auto plan = plan_of(2026, {monthly(on_day(25, "17:00"), 4, 10, OnDayOff::before)});
  EXPECT_THAT(dues(plan),
              ElementsAre("2026-04 2026-04-24 17:00", "2026-05 2026-05-25 17:00",
                          "2026-06 2026-06-25 17:00", "2026-07 2026-07-24 17:00",
                          "2026-08 2026-08-25 17:00", "2026-09 2026-09-24 17:00",
                          "2026-10 2026-10-23 17:00"));
}

struct DayOff {
  int year;
  unsigned month, day;
  OnDayOff rule;
  const char* due;
};

class DaysOff : public testing::TestWithParam<DayOff> {};

TEST_P(DaysOff, MoveAsTheDutySays) {
  const auto& given = GetParam();
  auto once = duty("once", Every::once, on_date(given.month, given.day, "12:00"));
  once.on_day_off = given.rule;
  EXPECT_THAT(dues(plan_of(given.year, {once})),
              ElementsAre(std::to_string(given.year) + " " + given.due + " 12:00"));
}

INSTANTIATE_TEST_SUITE_P(
    Due, DaysOff,
    testing::Values(
        DayOff{2022, 10, 5, OnDayOff::stay, "2022-10-05"},
        DayOff{2022, 10, 5, OnDayOff::before, "2022-09-30"},
        // A made-up Saturday is a working day.
        DayOff{2022, 10, 5, OnDayOff::after, "2022-10-08"},
        DayOff{2022, 10, 5, OnDayOff::after_2wd, "2022-10-09"},
        DayOff{2022, 10, 8, OnDayOff::before, "2022-10-08"},
        DayOff{2022, 10, 8, OnDayOff::after_2wd, "2022-10-08"},
        DayOff{2022, 4, 10, OnDayOff::after, "2022-04-11"},
        DayOff{2022, 7, 10, OnDayOff::after, "2022-07-11"},
        DayOff{2022, 7, 31, OnDayOff::before, "2022-07-29"},
        DayOff{2022, 4, 30, OnDayOff::before, "2022-04-29"},
        DayOff{2022, 4, 30, OnDayOff::after, "2022-05-05"},
        DayOff{2022, 4, 30, OnDayOff::after_2wd, "2022-05-06"},
        DayOff{2026, 2, 20, OnDayOff::before, "2026-02-14"},
        DayOff{2026, 2, 20, OnDayOff::after, "2026-02-24"},
        DayOff{2026, 2, 20, OnDayOff::after_2wd, "2026-02-25"},
        // The eve of the 2024 feast is worked; the Sunday before it too.
        DayOff{2024, 2, 9, OnDayOff::before, "2024-02-09"},
        DayOff{2024, 2, 4, OnDayOff::after, "2024-02-04"},
        DayOff{2024, 2, 10, OnDayOff::after, "2024-02-18"},
        DayOff{2023, 10, 1, OnDayOff::before, "2023-09-28"},
        DayOff{2023, 10, 1, OnDayOff::after, "2023-10-07"},
        DayOff{2025, 10, 4, OnDayOff::after, "2025-10-09"},
        DayOff{2025, 1, 28, OnDayOff::before, "2025-01-27"},
        DayOff{2022, 12, 31, OnDayOff::before, "2022-12-30"}));

TEST(Due, TheWeeklyReportOfTheMinistryGoesToTheSecondWorkingDayAfterTheHoliday) {
  // 每周二中午12时前…周二为节假日的,顺延至节假日结束后的第二个工作日中午12时前
  auto weekly = duty("weekly", Every::week, on_weekday(std::chrono::Tuesday, "12:00"));
  weekly.within = plan::Within{39, 41};
  weekly.on_day_off = OnDayOff::after_2wd;
  EXPECT_THAT(dues(plan_of(2022, {weekly})),
              ElementsAre("2022-W39 2022-09-27 12:00", "2022-W40 2022-10-09 12:00",
                          "2022-W41 2022-10-11 12:00"));
}

TEST(Due, TheLastDayAndTheLastWorkingDayDiffer) {
  EXPECT_THAT(dues(plan_of(2022, {monthly(last(), 2, 4)})),
              ElementsAre("2022-02 2022-02-28", "2022-03 2022-03-31", "2022-04 2022-04-30"));
  EXPECT_THAT(dues(plan_of(2022, {monthly(last_wd("17:00"), 4, 7)})),
              ElementsAre("2022-04 2022-04-29 17:00", "2022-05 2022-05-31 17:00",
                          "2022-06 2022-06-30 17:00", "2022-07 2022-07-29 17:00"));
  EXPECT_THAT(dues(plan_of(2024, {monthly(last(), 2, 2)})), ElementsAre("2024-02 2024-02-29"));
}

TEST(Due, TheSecondWorkingDayOfAMonthSkipsTheFeast) {
  EXPECT_THAT(dues(plan_of(2022, {monthly(nth_wd(2), 4, 5)})),
              ElementsAre("2022-04 2022-04-02", "2022-05 2022-05-06"));
}

TEST(Due, AMonthOfALongerPeriodIsCountedFromItsBeginning) {
  auto quarterly = duty("brief", Every::quarter, on_day_of_month(3, 25));
  EXPECT_THAT(dues(plan_of(2022, {quarterly})),
              ElementsAre("2022-Q1 2022-03-25", "2022-Q2 2022-06-25", "2022-Q3 2022-09-25",
                          "2022-Q4 2022-12-25"));
  auto half = duty("half", Every::half_year, on_day_of_month(5, 31));
  half.within = plan::Within{1, 1};
  EXPECT_THAT(dues(plan_of(2022, {half})), ElementsAre("2022-H1 2022-05-31"));
  auto yearly = duty("year", Every::year, on_day_of_month(12, 9));
  EXPECT_THAT(dues(plan_of(2022, {yearly})), ElementsAre("2022 2022-12-09"));
}

TEST(Due, WithoutAnHourIsTheLastSecondOfTheDay) {
  auto plan = plan_of(2022, {duty("filing", Every::once, on_date(3, 31))});
  auto occurrence = expand(plan).at(0);
  EXPECT_FALSE(occurrence.due_has_hour);
  EXPECT_EQ(format_rfc3339(*occurrence.due, std::chrono::hours{8}), "2022-03-31T23:59:59+08:00");
}

TEST(Due, SaysHowItCameAbout) {
  auto plan = plan_of(2022, {monthly(on_day(25, "17:00"), 6, 6, OnDayOff::before)});
  EXPECT_THAT(lines_of(expand(plan).at(0).why),
              ElementsAre("2022-06按“25 17:00”为2022-06-25(周六) 17:00",
                          "2022-06-25(周六)不上班,提前到2022-06-24(周五)"));
}

TEST(Due, DescribesADayWithWhatMakesItSpecial) {
  Workdays workdays{china()};
  EXPECT_EQ(describe(named(day("2022-10-08"), workdays)), "2022-10-08(周六,调休上班)");
  EXPECT_EQ(describe(named(day("2022-10-03"), workdays)), "2022-10-03(周一,国庆节放假)");
  EXPECT_EQ(describe(named(day("2022-05-25"), workdays)), "2022-05-25(周三)");
}

TEST(Due, ADayThatDoesNotExistIsNeverRolledOver) {
  Workdays workdays{china()};
  auto refused = [&](const plan::DueRule& rule, std::string_view in, Every every = Every::month) {
    auto found = date_in(rule, period_of(every, day(in)), 2022, workdays);
    EXPECT_FALSE(found) << rule.text;
    return found ? std::string{} : found.error().code;
  };
  EXPECT_EQ(refused(on_day(31), "2022-06-01"), "impossible-date");
  EXPECT_EQ(refused(on_day(29), "2022-02-01"), "impossible-date");
  EXPECT_EQ(refused(on_day(0), "2022-02-01"), "impossible-date");
  EXPECT_EQ(refused(on_date(9, 31), "2022-01-01", Every::once), "impossible-date");
  EXPECT_EQ(refused(on_date(13, 1), "2022-01-01", Every::once), "due-unsuitable");
  EXPECT_EQ(refused(on_day_of_month(2, 30), "2022-01-01", Every::quarter), "impossible-date");
  EXPECT_EQ(refused(on_day_of_month(4, 1), "2022-01-01", Every::quarter), "due-unsuitable");
  EXPECT_EQ(refused(on_day(25), "2022-01-05", Every::week), "due-unsuitable");
  EXPECT_EQ(refused(on_weekday(std::chrono::Monday), "2022-01-05"), "due-unsuitable");
}

// A term from an event, extended by holidays.
struct Term {
  const char* from;
  const char* offset;
  const char* due;
};

class Terms : public testing::TestWithParam<Term> {};

TEST_P(Terms, GrowByThePublicHolidaysOfThreeDaysOrMoreInsideThem) {
  const auto& [from, term, due] = GetParam();
  auto counted = count_from(civil(from), held_of("visit", term), true, Workdays{china()});
  EXPECT_EQ(format_day(counted.day), due) << from << " " << term;
}

INSTANTIATE_TEST_SUITE_P(
    Due, Terms,
    testing::Values(
        Term{"2022-09-01 15:00", "+11d", "2022-09-15"},   // 中秋, three days
        Term{"2022-09-01 15:00", "+8d", "2022-09-09"},    // ends before it
        Term{"2022-09-01 15:00", "+10d", "2022-09-11"},   // two days of it
        Term{"2022-09-20 15:00", "+15d", "2022-10-12"},   // the added days reach all seven
        Term{"2022-10-03 15:00", "+10d", "2022-10-17"},   // begins inside: four days are left
        Term{"2022-10-05 15:00", "+10d", "2022-10-15"},   // two are left: too few
        Term{"2024-06-05 15:00", "+10d", "2024-06-15"},   // 端午 2024, one day by notice
        Term{"2022-04-28 15:00", "+45d", "2022-06-20"},   // five days, and then three
        Term{"2022-10-10 15:00", "-10d", "2022-09-23"},   // backward
        Term{"2022-09-20 15:00", "+15wd", "2022-10-14"}));  // working days skip them anyway

TEST(Due, ATermSaysByHowMuchItGrew) {
  auto counted = count_from(civil("2022-09-01 15:00"), held_of("visit", "+11d"), true,
                            Workdays{china()});
  EXPECT_THAT(lines_of(counted.why),
              ElementsAre("“visit.held +11d”自2022-09-01(周四)起,为2022-09-12(周一,中秋节放假)",
                          "期间有公休假日3天,顺延到2022-09-15(周四)"));
}

TEST(Due, DaysCountedFromAnEventEndWithTheDayAndHoursKeepTheirTime) {
  Workdays workdays{china()};
  auto at = civil("2022-05-25 15:00");
  EXPECT_EQ(count_from(at, held_of("visit", "+7wd"), false, workdays).at(),
            day("2022-06-06") + end_of_day);
  EXPECT_EQ(count_from(at, held_of("visit", "+7d 17:00"), false, workdays).at(),
            civil("2022-06-01 17:00"));
  EXPECT_EQ(count_from(at, held_of("visit", "+48h"), false, workdays).at(),
            civil("2022-05-27 15:00"));
}

}  // namespace
}  // namespace duban::calendar
