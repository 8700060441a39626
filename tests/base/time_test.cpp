#include "base/time.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace duban {
namespace {

TEST(Time, days_parse_and_print_alike) {
  for (const auto* text : {"2022-03-31", "2024-02-29", "1900-01-01", "2200-12-31"}) {
    auto day = parse_day(text);
    ASSERT_TRUE(day) << text;
    EXPECT_EQ(format_day(*day), text);
  }
}

TEST(Time, days_that_do_not_exist_are_refused) {
  for (const auto* text : {"2022-06-31", "2022-02-29", "2022-13-01", "2022-00-10", "2022-01-00",
                           "1899-12-31", "2201-01-01", "2022-3-31", "2022/03/31", "20220331", "",
                           "2022-03-31 ", "+022-03-31"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Time, times_of_day_run_from_midnight_to_the_last_minute) {
  EXPECT_EQ(parse_time_of_day("00:00"), Seconds{0});
  EXPECT_EQ(parse_time_of_day("23:59"), Seconds{86'340});
  EXPECT_EQ(format_time_of_day(Seconds{17 * 3600 + 5 * 60}), "17:05");
  for (const auto* text : {"24:00", "9:00", "09:60", "0900", "09:0a", "09:00:00", ""}) {
    EXPECT_FALSE(parse_time_of_day(text)) << text;
  }
}

TEST(Time, rfc3339_reads_offsets_and_z) {
  auto at = parse_rfc3339("2022-03-28T08:59:50+08:00");
  ASSERT_TRUE(at);
  EXPECT_EQ(at, parse_rfc3339("2022-03-28T00:59:50Z"));
  EXPECT_EQ(at, parse_rfc3339("2022-03-27T19:29:50-05:30"));
  EXPECT_EQ(format_rfc3339(*at), "2022-03-28T00:59:50Z");
  EXPECT_EQ(format_rfc3339(*at, Seconds{8 * 3600}), "2022-03-28T08:59:50+08:00");
  EXPECT_EQ(format_rfc3339(*at, Seconds{-(5 * 3600 + 1800)}), "2022-03-27T19:29:50-05:30");
}

TEST(Time, rfc3339_refuses_what_is_not) {
  for (const auto* text : {"2022-03-28T08:59:50", "2022-03-28 08:59:50Z", "2022-03-28T24:00:00Z",
                           "2022-03-28T08:59:50+8:00", "2022-03-28T08:59:50+25:00", "",
                           "2022-02-29T08:00:00Z", "2022-03-28T08:59Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Time, months_know_their_length) {
  EXPECT_EQ(days_in_month(2022, 2), 28U);
  EXPECT_EQ(days_in_month(2024, 2), 29U);
  EXPECT_EQ(days_in_month(1900, 2), 28U);
  EXPECT_EQ(days_in_month(2022, 6), 30U);
}

TEST(Time, a_civil_reading_splits_into_day_and_time) {
  Civil at{make_day(2022, 3, 31) + Seconds{61}};
  EXPECT_EQ(day_of(at), make_day(2022, 3, 31));
  EXPECT_EQ(time_of(at), Seconds{61});
}

TEST(Clock, that_is_pretended_begins_where_it_was_told_and_leaves_the_machines_time_alone) {
  auto start = *parse_rfc3339("2022-03-28T00:59:50Z");
  PretendedClock pretended{start, 1};
  SystemClock machine;
  EXPECT_GE(pretended.now(), start);
  EXPECT_LT(pretended.now(), start + Seconds{60});
  EXPECT_GE(pretended.machine_now(), machine.machine_now() - Seconds{60});
}

TEST(Clock, that_is_set_stands_still) {
  SetClock clock{Instant{Seconds{100}}};
  EXPECT_EQ(clock.now(), Instant{Seconds{100}});
  clock.set(Instant{Seconds{50}});
  EXPECT_EQ(clock.now(), Instant{Seconds{50}});
}

}  // namespace
}  // namespace duban
