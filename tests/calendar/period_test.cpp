#include "calendar/period.h"

#include <gtest/gtest.h>

#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using plan::Every;
using tests::day;

std::string text(const Period& period) {
  return period.id + " " + format_day(period.first) + " " + format_day(period.last);
}

TEST(Period, IsNamedByWhatItIs) {
  EXPECT_EQ(text(period_of(Every::month, day("2024-02-10"))), "2024-02 2024-02-01 2024-02-29");
  EXPECT_EQ(text(period_of(Every::quarter, day("2022-06-30"))), "2022-Q2 2022-04-01 2022-06-30");
  EXPECT_EQ(text(period_of(Every::half_year, day("2022-07-01"))), "2022-H2 2022-07-01 2022-12-31");
  EXPECT_EQ(text(period_of(Every::year, day("2022-07-01"))), "2022 2022-01-01 2022-12-31");
  EXPECT_EQ(text(period_of(Every::once, day("2022-07-01"))), "2022 2022-01-01 2022-12-31");
  EXPECT_EQ(text(period_of(Every::week, day("2022-03-31"))), "2022-W13 2022-03-28 2022-04-03");
}

TEST(Period, AWeekBelongsToTheYearOfItsThursday) {
  EXPECT_EQ(period_of(Every::week, day("2022-01-02")).id, "2021-W52");
  EXPECT_EQ(period_of(Every::week, day("2022-01-03")).id, "2022-W01");
  EXPECT_EQ(period_of(Every::week, day("2025-12-29")).id, "2026-W01");
  EXPECT_EQ(period_of(Every::week, day("2021-01-01")).id, "2020-W53");
}

TEST(Period, AYearHasItsPeriodsInOrderAndNumbered) {
  EXPECT_EQ(periods_in(Every::once, 2022).size(), 1U);
  EXPECT_EQ(periods_in(Every::year, 2022).size(), 1U);
  EXPECT_EQ(periods_in(Every::half_year, 2022).size(), 2U);
  EXPECT_EQ(periods_in(Every::quarter, 2022).size(), 4U);
  EXPECT_EQ(periods_in(Every::month, 2022).size(), 12U);
  EXPECT_EQ(periods_in(Every::week, 2022).size(), 52U);
  EXPECT_EQ(periods_in(Every::week, 2020).size(), 53U);
  EXPECT_EQ(periods_in(Every::week, 2026).size(), 53U);
  auto months = periods_in(Every::month, 2022);
  EXPECT_EQ(months.front().id, "2022-01");
  EXPECT_EQ(months.back().id, "2022-12");
  EXPECT_EQ(months.back().number, 12U);
}

class EveryKind : public testing::TestWithParam<Every> {};

TEST_P(EveryKind, PeriodsLieSideBySideOverManyYears) {
  auto every = GetParam();
  for (int year = 1999; year < 2051; ++year) {
    auto periods = periods_in(every, year);
    for (std::size_t i = 0; i < periods.size(); ++i) {
      EXPECT_EQ(periods[i].number, i + 1);
      EXPECT_EQ(period_of(every, periods[i].first), periods[i]);
      EXPECT_EQ(period_of(every, periods[i].last), periods[i]);
      EXPECT_EQ(period_before(every, period_after(every, periods[i])), periods[i]);
    }
    EXPECT_EQ(period_after(every, periods.back()), periods_in(every, year + 1).front());
  }
}

INSTANTIATE_TEST_SUITE_P(Period, EveryKind,
                         testing::Values(Every::once, Every::week, Every::month, Every::quarter,
                                         Every::half_year, Every::year));

}  // namespace
}  // namespace duban::calendar
