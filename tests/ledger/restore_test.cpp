#include "ledger/restore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger_on_disk.h"

namespace duban::ledger {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr Instant now{Seconds{1669627805}};  // 2022-11-28T09:30:05Z

class RestoreTest : public ::testing::Test {
 protected:
  RestoreTest() {
    ledger_.add_notices(1, 10);
    EXPECT_TRUE(copy_ledger(ledger_.file(), backup()).has_value());
    ledger_.add_notices(11, 12);
  }
  fs::path backup() const { return elsewhere_.path() / "backup.sqlite"; }
  auto restore() {
    auto lock = StateLock::take(ledger_.folder());
    if (!lock) throw std::runtime_error(lock.error().message.chinese);
    return restore_ledger(*lock, ledger_.folder(), backup(), now);
  }
  void expect_refused(const std::string& code, const std::string& words) {
    const auto before = ledger_.bytes();
    const auto given = LedgerOnDisk::bytes_of(backup());
    auto restored = restore();
    ASSERT_FALSE(restored.has_value()) << words;
    EXPECT_EQ(restored.error().code, code);
    EXPECT_THAT(restored.error().message.chinese, HasSubstr(words));
    EXPECT_TRUE(ledger_.bytes() == before) << words;
    EXPECT_TRUE(LedgerOnDisk::bytes_of(backup()) == given) << words;
  }

  LedgerOnDisk ledger_;
  contract::TemporaryFolder elsewhere_;
};

TEST_F(RestoreTest, TheBackupTakesTheLedgersPlaceAndTheOldOneIsKept) {
  const auto old = LedgerOnDisk::bytes_of(ledger_.file());
  fs::permissions(ledger_.file(), fs::perms::owner_read | fs::perms::owner_write |
                                      fs::perms::group_read);
  LedgerOnDisk::write(ledger_.file().string() + "-wal", "what a killed daemon left");
  auto restored = restore();
  ASSERT_TRUE(restored.has_value()) << restored.error().message.chinese;
  EXPECT_EQ(restored->summary.notices, 10);
  EXPECT_EQ(restored->ledger, ledger_.file());
  const auto aside = ledger_.folder() / "ledger.20221128T093005Z.sqlite";
  EXPECT_EQ(restored->moved,
            (std::vector<fs::path>{aside, aside.string() + "-wal"}));
  EXPECT_EQ(LedgerOnDisk::bytes_of(aside), old);
  EXPECT_EQ(LedgerOnDisk::bytes_of(aside.string() + "-wal"), "what a killed daemon left");
  EXPECT_EQ(LedgerOnDisk::bytes_of(ledger_.file()), LedgerOnDisk::bytes_of(backup()));
  EXPECT_EQ(fs::status(ledger_.file()).permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_EQ(ledger_.bytes().size(), 3U);
  EXPECT_EQ(ledger_.problem(), "");
}

TEST_F(RestoreTest, TwoInOneSecondKeepBoth) {
  ASSERT_TRUE(restore().has_value());
  auto second = restore();
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->moved.front().filename(), "ledger.20221128T093005Z-2.sqlite");
}

TEST_F(RestoreTest, AnEmptyFolderGetsItsLedger) {
  fs::remove(ledger_.file());
  auto restored = restore();
  ASSERT_TRUE(restored.has_value()) << restored.error().message.chinese;
  EXPECT_TRUE(restored->moved.empty());
  EXPECT_EQ(fs::status(ledger_.file()).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(RestoreTest, AFileThatWasCopiedWithItsJournalIsTakenWithIt) {
  SQLite::Database running(ledger_.file().string(), SQLite::OPEN_READWRITE);
  LedgerOnDisk::add_notices(running, 13, 15);
  fs::remove(backup());
  fs::copy_file(ledger_.file(), backup());
  fs::copy_file(ledger_.file().string() + "-wal", backup().string() + "-wal");
  auto restored = restore();
  ASSERT_TRUE(restored.has_value()) << restored.error().message.chinese;
  EXPECT_EQ(restored->summary.notices, 15);
  EXPECT_EQ(examine_ledger(ledger_.file())->notices, 15);
}

TEST_F(RestoreTest, APretendedOneIsPutBesideTheRealOne) {
  LedgerOnDisk pretended(true);
  ASSERT_TRUE(copy_ledger(pretended.file(), backup()).has_value());
  auto restored = restore();
  ASSERT_TRUE(restored.has_value()) << restored.error().message.chinese;
  EXPECT_TRUE(restored->summary.pretended);
  EXPECT_EQ(restored->ledger, ledger_file(ledger_.folder(), true));
  EXPECT_TRUE(restored->moved.empty());
  EXPECT_EQ(examine_ledger(ledger_.file())->notices, 12);
}

TEST_F(RestoreTest, WhatIsNoLedgerToGoOnFromChangesNothing) {
  const auto sound = LedgerOnDisk::bytes_of(backup());
  LedgerOnDisk::write(backup(), sound.substr(0, sound.size() / 2));
  expect_refused("bad-ledger", "坏了");
  LedgerOnDisk::write(backup(), std::string(10'000, 'x'));
  expect_refused("bad-ledger", "不是台账");
  LedgerOnDisk::write(backup(), sound);
  LedgerOnDisk::flip_in_index(backup());
  expect_refused("bad-ledger", "坏了");
  LedgerOnDisk::write(backup(), sound);
  SQLite::Database(backup().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  expect_refused("bad-ledger", "更新的 duban");
  fs::remove(backup());
  expect_refused("no-file", "没有文件");
  fs::create_symlink(ledger_.file(), backup());
  expect_refused("same-file", "就是现在的台账");
}

TEST_F(RestoreTest, NobodyOpensTheLedgerOfARestoreThatWasCutOffUntilItIsRunAgain) {
  fs::rename(ledger_.file(), ledger_.folder() / "ledger.20221128T093004Z.sqlite");
  fs::copy_file(backup(), restoring_file(ledger_.file()));
  EXPECT_THAT(ledger_.problem(), HasSubstr("cut off"));
  EXPECT_FALSE(fs::exists(ledger_.file()));
  ASSERT_TRUE(restore().has_value());
  EXPECT_EQ(ledger_.problem(), "");
  EXPECT_EQ(examine_ledger(ledger_.file())->notices, 10);
}

}  // namespace
}  // namespace duban::ledger
