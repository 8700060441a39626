#include "delivery/pace.h"

#include <gtest/gtest.h>

#include "contract/store_samples.h"

namespace duban::delivery {
namespace {

using contract::moment;

int starts_within_second(Pace& pace, Instant at) {
  int count = 0;
  for (; pace.ready_at(at) <= at && count < 1000; ++count) pace.start(at);
  return count;
}

TEST(Pace, ManyASecondAreThatManyWithinEachSecond) {
  Pace pace(5);
  for (int second = 0; second < 10; ++second) {
    EXPECT_EQ(starts_within_second(pace, moment(second)), 5) << second;
    EXPECT_EQ(pace.ready_at(moment(second)), moment(second + 1));
  }
}

TEST(Pace, FewAMinuteKeepTheirDistance) {
  Pace pace(20.0 / 60);
  std::vector<std::int64_t> starts;
  for (int second = 0; second < 10; ++second) {
    if (starts_within_second(pace, moment(second)) > 0) starts.push_back(second);
  }
  EXPECT_EQ(starts, (std::vector<std::int64_t>{0, 3, 6, 9}));
}

TEST(Pace, WhatWasSentBeforeItBeganCounts) {
  Pace slow(20.0 / 60, moment(100)), fast(5, moment(100));
  EXPECT_EQ(slow.ready_at(moment(100)), moment(103));
  EXPECT_EQ(slow.ready_at(moment(200)), moment(200));
  EXPECT_EQ(fast.ready_at(moment(100)), moment(100));
  Pace after_a_clock_set_back(20.0 / 60, moment(100'000));
  EXPECT_EQ(after_a_clock_set_back.ready_at(moment(0)), moment(0));
}

TEST(Pace, RestDoesNotSaveUp) {
  Pace pace(2);
  EXPECT_EQ(starts_within_second(pace, moment(0)), 2);
  EXPECT_EQ(starts_within_second(pace, moment(3600)), 2);
}

TEST(Pace, WithoutAPaceNothingWaits) {
  Pace pace(0);
  EXPECT_EQ(starts_within_second(pace, moment()), 1000);
}

TEST(Pace, AClockSetBackDoesNotStopIt) {
  Pace pace(0.1);
  pace.start(moment(100'000));
  EXPECT_EQ(pace.ready_at(moment(0)), moment(0));
  pace.start(moment(0));
  EXPECT_EQ(pace.ready_at(moment(1)), moment(10));
}

}  // namespace
}  // namespace duban::delivery
