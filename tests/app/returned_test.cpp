#include "app/returned.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace duban::app {
namespace {

TEST(ReturnedMails, AreLookedForTheLaterTheMoreLooksFailed) {
  EXPECT_EQ(pause_after_look(0), limits::mailbox_every);
  EXPECT_EQ(pause_after_look(1), 2 * limits::mailbox_every);
  for (int failures = 1; failures < 10; ++failures) {
    EXPECT_GE(pause_after_look(failures), pause_after_look(failures - 1));
    EXPECT_LE(pause_after_look(failures), limits::mailbox_at_most);
  }
  EXPECT_EQ(pause_after_look(1000), limits::mailbox_at_most);
}

}  // namespace
}  // namespace duban::app
