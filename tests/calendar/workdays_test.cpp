// Counting in the real work calendar: the traps of 2022 to 2026.
#include "calendar/workdays.h"

#include <gtest/gtest.h>

#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using tests::civil;
using tests::day;
using tests::offset;

Workdays counted() { return Workdays{tests::china()}; }
Workdays skipping() { return Workdays{tests::china(), false}; }

std::string plus(const Workdays& workdays, std::string_view from, int n) {
  return format_day(workdays.add(day(from), n));
}

TEST(Workdays, HaveAsManyDaysAYearAsTheNoticesGive) {
  auto workdays = counted();
  auto in_year = [&](int year) {
    return workdays.count_between(make_day(year - 1, 12, 31), make_day(year, 12, 31));
  };
  EXPECT_EQ(in_year(2022), 249);
  EXPECT_EQ(in_year(2023), 249);
  EXPECT_EQ(in_year(2024), 251);
  EXPECT_EQ(in_year(2025), 248);
  EXPECT_EQ(in_year(2026), 248);
}

TEST(Workdays, KnowHolidaysMadeUpDaysAndPlainWeekends) {
  auto workdays = counted();
  EXPECT_FALSE(workdays.is_working(day("2022-10-03")));
  EXPECT_TRUE(workdays.is_holiday(day("2022-10-03")));
  EXPECT_EQ(workdays.holiday_name(day("2022-10-03")), "国庆节");
  EXPECT_TRUE(workdays.is_working(day("2022-10-08")));
  EXPECT_TRUE(workdays.is_made_up(day("2022-10-08")));
  EXPECT_FALSE(workdays.is_working(day("2022-06-25")));
  EXPECT_FALSE(workdays.is_holiday(day("2022-06-25")));
  EXPECT_EQ(workdays.holiday_name(day("2022-06-25")), "");
  // The eve of the new year's feast is worked by law in 2024, and off from 2025.
  EXPECT_TRUE(workdays.is_working(day("2024-02-09")));
  EXPECT_FALSE(workdays.is_working(day("2025-01-28")));
  // Off by the notice of the year after.
  EXPECT_TRUE(workdays.is_holiday(day("2022-12-31")));
}

TEST(Workdays, AreTheWeekdaysWhereMadeUpDaysDoNotCount) {
  EXPECT_FALSE(skipping().is_working(day("2022-10-08")));
  EXPECT_TRUE(skipping().is_made_up(day("2022-10-08")));
  EXPECT_FALSE(skipping().is_working(day("2022-10-03")));
}

TEST(Workdays, CountAcrossTheTrapsOfTheDomainPage) {
  auto workdays = counted();
  EXPECT_EQ(format_day(workdays.on_or_before(day("2022-10-05"))), "2022-09-30");
  EXPECT_EQ(format_day(workdays.on_or_after(day("2022-10-05"))), "2022-10-08");
  EXPECT_EQ(format_day(workdays.on_or_before(day("2026-02-20"))), "2026-02-14");
  EXPECT_EQ(format_day(workdays.on_or_after(day("2026-02-20"))), "2026-02-24");
  EXPECT_EQ(plus(workdays, "2022-10-10", -5), "2022-09-28");
  EXPECT_EQ(plus(workdays, "2026-02-28", -5), "2026-02-14");
  EXPECT_EQ(plus(workdays, "2022-09-30", 1), "2022-10-08");
  EXPECT_EQ(plus(skipping(), "2022-09-30", 1), "2022-10-10");
  EXPECT_EQ(plus(workdays, "2026-09-20", -1), "2026-09-18");
}

TEST(Workdays, CountFromADayOffToTheNextWorkedDayEitherWay) {
  EXPECT_EQ(plus(counted(), "2022-06-25", 1), "2022-06-27");
  EXPECT_EQ(plus(counted(), "2022-06-25", -1), "2022-06-24");
  EXPECT_EQ(plus(counted(), "2022-06-25", 0), "2022-06-25");
}

TEST(Workdays, FindTheNthAndTheLastInAStretch) {
  auto workdays = counted();
  auto nth = [&](const char* first, const char* last, unsigned n) {
    return format_day(workdays.nth_in(day(first), day(last), n));
  };
  EXPECT_EQ(nth("2022-07-01", "2022-09-30", 7), "2022-07-11");
  EXPECT_EQ(nth("2022-10-01", "2022-12-31", 1), "2022-10-08");
  EXPECT_EQ(nth("2022-10-01", "2022-12-31", 7), "2022-10-14");
  EXPECT_EQ(nth("2022-05-01", "2022-05-31", 2), "2022-05-06");
  EXPECT_EQ(format_day(workdays.last_in(day("2022-07-01"), day("2022-07-31"))), "2022-07-29");
  EXPECT_EQ(format_day(workdays.last_in(day("2022-04-01"), day("2022-04-30"))), "2022-04-29");
  EXPECT_EQ(format_day(workdays.last_in(day("2022-12-01"), day("2022-12-31"))), "2022-12-30");
}

TEST(Workdays, TakeTheLastWhenAStretchHasFewerAndTheNextWhenItHasNone) {
  auto workdays = counted();
  // The week of 3 October 2022 has only its made-up Saturday and Sunday.
  EXPECT_EQ(format_day(workdays.nth_in(day("2022-10-03"), day("2022-10-09"), 1)), "2022-10-08");
  EXPECT_EQ(format_day(workdays.nth_in(day("2022-10-03"), day("2022-10-09"), 3)), "2022-10-09");
  EXPECT_EQ(format_day(skipping().nth_in(day("2022-10-03"), day("2022-10-09"), 1)), "2022-10-10");
  EXPECT_EQ(format_day(skipping().last_in(day("2022-10-03"), day("2022-10-09"))), "2022-09-30");
}

TEST(Workdays, CountTheDaysThatAreLeft) {
  auto workdays = counted();
  EXPECT_EQ(workdays.count_between(day("2022-05-20"), day("2022-05-25")), 3);
  EXPECT_EQ(workdays.count_between(day("2022-09-30"), day("2022-10-08")), 1);
  EXPECT_EQ(skipping().count_between(day("2022-09-30"), day("2022-10-09")), 0);
  EXPECT_EQ(workdays.count_between(day("2022-05-25"), day("2022-05-25")), 0);
  EXPECT_EQ(workdays.count_between(day("2022-05-25"), day("2022-05-20")), 0);
}

TEST(Workdays, ArePublishedYearByYear) {
  auto workdays = counted();
  EXPECT_TRUE(workdays.is_published(day("2026-12-31")));
  EXPECT_FALSE(workdays.is_published(day("2027-01-01")));
  EXPECT_FALSE(workdays.is_published(day("2021-12-31")));
  EXPECT_TRUE(workdays.is_published(day("2022-01-01"), day("2026-12-31")));
  EXPECT_FALSE(workdays.is_published(day("2027-01-04"), day("2026-12-31")));
}

TEST(Workdays, AreEveryWeekdayWhereThereIsNoCalendar) {
  Workdays workdays{nullptr};
  EXPECT_TRUE(workdays.is_working(day("2022-10-03")));
  EXPECT_FALSE(workdays.is_working(day("2022-10-08")));
  EXPECT_FALSE(workdays.is_published(day("2022-10-03")));
}

TEST(Offset, KeepsTheTimeOfDayUnlessItNamesOne) {
  auto workdays = counted();
  auto at = civil("2022-05-25 17:00");
  EXPECT_EQ(apply(offset("-3wd"), at, workdays), civil("2022-05-20 17:00"));
  EXPECT_EQ(apply(offset("-3wd 09:00"), at, workdays), civil("2022-05-20 09:00"));
  EXPECT_EQ(apply(offset("0d 09:00"), at, workdays), civil("2022-05-25 09:00"));
  EXPECT_EQ(apply(offset("+10d"), at, workdays), civil("2022-06-04 17:00"));
  EXPECT_EQ(apply(offset("-18h"), at, workdays), civil("2022-05-24 23:00"));
}

}  // namespace
}  // namespace duban::calendar
