#include "base/english_names.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(EnglishDates, NameTheYearWhereItIsAnother) {
  EXPECT_EQ(english_weekday(*parse_day("2022-05-25"), 2022), "Wed 25 May");
  EXPECT_EQ(english_weekday(*parse_day("2023-01-03"), 2022), "Tue 3 Jan 2023");
  EXPECT_EQ(english_day(*parse_day("2022-05-25"), 2022), "25 May");
  EXPECT_EQ(english_day(*parse_day("2023-01-03"), 2022), "3 Jan 2023");
}

}  // namespace
}  // namespace duban
