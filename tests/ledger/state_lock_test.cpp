#include "ledger/state_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "contract/temporary_folder.h"

namespace duban::ledger {
namespace {

TEST(StateLock, ASecondDaemonOnTheSameFolderIsRefusedAndToldWhoIsThere) {
  const contract::TemporaryFolder folder;
  const auto first = StateLock::take(folder.path());
  ASSERT_TRUE(first.has_value());
  const auto second = StateLock::take(folder.path());
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message.english,
              testing::HasSubstr("process " + std::to_string(::getpid())));
}

TEST(StateLock, TheFolderIsFreeWhenTheLockHasGone) {
  const contract::TemporaryFolder folder;
  { ASSERT_TRUE(StateLock::take(folder.path()).has_value()); }
  auto again = StateLock::take(folder.path());
  ASSERT_TRUE(again.has_value());
  const StateLock moved = std::move(*again);
  EXPECT_FALSE(StateLock::take(folder.path()).has_value());
}

TEST(StateLock, AKilledDaemonHoldsNothing) {
  const contract::TemporaryFolder folder;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto held = StateLock::take(folder.path());
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(StateLock::take(folder.path()).has_value());
}

TEST(StateLock, AFolderThatIsNotThereIsSaid) {
  const contract::TemporaryFolder folder;
  const auto lock = StateLock::take(folder.path() / "missing");
  ASSERT_FALSE(lock.has_value());
  EXPECT_THAT(lock.error().message.english, testing::HasSubstr("missing"));
}

}  // namespace
}  // namespace duban::ledger
