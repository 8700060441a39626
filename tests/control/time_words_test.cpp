#include "control/time_words.h"

#include <gtest/gtest.h>

namespace duban::control {
namespace {

class TimeWords : public ::testing::Test {
 protected:
  std::string past(std::string_view text) const {
    auto at = read_past(text, now_, zone_);
    return at ? zone_.format(*at) : at.error().code;
  }
  std::string coming(std::string_view text) const {
    auto at = read_coming(text, now_, zone_);
    return at ? zone_.format(*at) : at.error().code;
  }
  calendar::Zone zone_ = *calendar::Zone::find("Asia/Shanghai");
  Instant now_ = *parse_rfc3339("2022-05-25T17:30:00+08:00");
};

TEST_F(TimeWords, an_hour_alone_is_today) { EXPECT_EQ(past("16:40"), "2022-05-25T16:40:00+08:00"); }

TEST_F(TimeWords, an_hour_that_has_not_come_is_refused_not_taken_for_yesterday) {
  EXPECT_EQ(past("18:00"), "time-in-the-future");
}

TEST_F(TimeWords, another_day_is_named_with_month_and_day) {
  EXPECT_EQ(past("05-24 16:40"), "2022-05-24T16:40:00+08:00");
  EXPECT_EQ(past("05-26 08:00"), "time-in-the-future");
}

TEST_F(TimeWords, a_year_may_be_named) {
  EXPECT_EQ(past("2021-12-31 16:40"), "2021-12-31T16:40:00+08:00");
}

TEST_F(TimeWords, a_machine_may_give_an_instant) {
  EXPECT_EQ(past("2022-05-25T08:00:00Z"), "2022-05-25T16:00:00+08:00");
}

TEST_F(TimeWords, today_without_an_hour_is_now_and_another_day_its_end) {
  EXPECT_EQ(past("05-25"), "2022-05-25T17:30:00+08:00");
  EXPECT_EQ(past("05-24"), "2022-05-24T23:59:59+08:00");
}

TEST_F(TimeWords, what_is_put_off_is_put_off_to_a_time_to_come) {
  EXPECT_EQ(coming("05-27 17:00"), "2022-05-27T17:00:00+08:00");
  EXPECT_EQ(coming("05-27"), "2022-05-27T23:59:59+08:00");
  EXPECT_EQ(coming("16:40"), "time-in-the-past");
}

TEST_F(TimeWords, nonsense_is_refused) {
  for (auto text :
       {"", "now", "25:00", "02-30 09:00", "05-24 9:00", "05-24T09:00", "05-24 09:00 "}) {
    EXPECT_EQ(past(text), "bad-time") << text;
  }
}

TEST_F(TimeWords, a_day_that_the_year_has_not_is_refused) {
  EXPECT_TRUE(read_day("02-28", 2022).has_value());
  EXPECT_FALSE(read_day("02-29", 2022).has_value());
  EXPECT_EQ(read_day("2024-02-29", 2022), make_day(2024, 2, 29));
}

}  // namespace
}  // namespace duban::control
