#include "engine/urgency.h"

#include <gtest/gtest.h>

namespace duban::engine {
namespace {

TEST(Urgency, what_stops_everything_comes_before_what_stops_some_before_what_can_wait) {
  EXPECT_LT(urgency("ledger-failing"), urgency("clock-step"));
  EXPECT_LT(urgency("clock-step"), urgency("endpoint-failing"));
  EXPECT_EQ(urgency("endpoint-failing"), urgency("a code of tomorrow"));
  EXPECT_LT(urgency("notices-failed"), urgency("bad-files"));
  EXPECT_LT(urgency("bad-files"), urgency("calendar-missing"));
}

}  // namespace
}  // namespace duban::engine
