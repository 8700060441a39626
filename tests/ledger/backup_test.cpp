#include "ledger/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/limits.h"
#include "ledger/handed_copies.h"
#include "ledger/ledger_on_disk.h"
#include "peers/run.h"

namespace duban::ledger {
namespace {

using ::testing::HasSubstr;
using Kind = LedgerProblem::Kind;

class BackupTest : public ::testing::Test {
 protected:
  std::filesystem::path copy() const { return elsewhere_.path() / "copy.sqlite"; }
  Kind problem_of_copy() {
    auto examined = examine_ledger(copy());
    return examined ? throw std::runtime_error("it is sound") : examined.error().kind;
  }

  LedgerOnDisk ledger_;
  contract::TemporaryFolder elsewhere_;
};

TEST_F(BackupTest, ACopyIsOneWholeFileWithAllThatWasCommitted) {
  SQLite::Database running(ledger_.file().string(), SQLite::OPEN_READWRITE);
  LedgerOnDisk::add_notices(running, 1, 300);
  ASSERT_GT(std::filesystem::file_size(ledger_.file().string() + "-wal"), 0U);
  ASSERT_TRUE(copy_ledger(ledger_.file(), copy()).has_value());
  auto summary = examine_ledger(copy());
  ASSERT_TRUE(summary.has_value()) << summary.error().message.chinese;
  EXPECT_EQ(summary->notices, 300);
  EXPECT_EQ(summary->plans, std::vector<std::string>{"p"});
  EXPECT_EQ(summary->looked_until, Instant{Seconds{1653470000}});
  EXPECT_FALSE(summary->pretended);
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator{elsewhere_.path()}) {
    files.push_back(entry.path().filename().string());
  }
  EXPECT_EQ(files, std::vector<std::string>{"copy.sqlite"});
}

TEST_F(BackupTest, WhatIsWrittenMeanwhileNeitherWaitsNorTearsTheCopy) {
  ledger_.add_notices(1, 20'000);
  std::atomic<bool> begun = false, copied = false;
  std::atomic<int> last = 20'000;
  std::thread writer([&] {
    SQLite::Database db(ledger_.file().string(), SQLite::OPEN_READWRITE);
    while (!copied) {
      LedgerOnDisk::add_notices(db, last + 1, last + 5);
      last += 5;
      begun = true;
      begun.notify_one();
    }
  });
  begun.wait(false);
  const int before = last;
  auto done = copy_ledger(ledger_.file(), copy());
  const int after = last;
  copied = true;
  writer.join();
  ASSERT_TRUE(done.has_value()) << done.error();
  EXPECT_GT(after, before) << "nobody wrote while it was copied";
  auto summary = examine_ledger(copy());
  ASSERT_TRUE(summary.has_value()) << summary.error().message.chinese;
  EXPECT_GE(summary->notices, before);
  EXPECT_EQ(summary->notices % 5, 0);
}

TEST_F(BackupTest, ACopyThatIsStoppedSaysSo) {
  ledger_.add_notices(1, 3000);
  std::stop_source stop;
  stop.request_stop();
  auto copied = copy_ledger(ledger_.file(), copy(), stop.get_token());
  ASSERT_FALSE(copied.has_value());
  EXPECT_EQ(copied.error(), "stopped");
  ASSERT_TRUE(copy_ledger(ledger_.file(), copy()).has_value());
  auto examined = examine_ledger(copy(), stop.get_token());
  ASSERT_FALSE(examined.has_value());
  EXPECT_EQ(examined.error().kind, Kind::stopped);
}

TEST_F(BackupTest, ADamagedIndexIsCopiedAsItIsAndFound) {
  ledger_.add_notices(3, 3);
  LedgerOnDisk::flip_in_index(ledger_.file());
  ASSERT_TRUE(copy_ledger(ledger_.file(), copy()).has_value());
  auto examined = examine_ledger(copy());
  ASSERT_FALSE(examined.has_value());
  EXPECT_EQ(examined.error().kind, Kind::damaged);
  EXPECT_THAT(examined.error().message.chinese, HasSubstr("notices_by_time"));
  EXPECT_THAT(examined.error().mend.chinese, HasSubstr("dubanctl ledger restore"));
}

TEST_F(BackupTest, WhatIsNoLedgerToGoOnFromIsSaidAndLeftAsItIs) {
  ledger_.add_notices(1, 100);
  ASSERT_TRUE(copy_ledger(ledger_.file(), copy()).has_value());
  const auto sound = LedgerOnDisk::bytes_of(copy());
  const auto sql = [this](const std::string& text) {
    SQLite::Database(copy().string(), SQLite::OPEN_READWRITE).exec(text);
  };
  const auto expect = [this](Kind kind, const std::string& words) {
    const auto before = LedgerOnDisk::bytes_of(copy());
    auto examined = examine_ledger(copy());
    ASSERT_FALSE(examined.has_value()) << words;
    EXPECT_EQ(examined.error().kind, kind) << examined.error().message.chinese;
    EXPECT_THAT(examined.error().message.chinese, HasSubstr(words));
    EXPECT_EQ(LedgerOnDisk::bytes_of(copy()), before);
  };
  LedgerOnDisk::write(copy(), sound.substr(0, sound.size() / 2));
  expect(Kind::damaged, "坏了");
  LedgerOnDisk::write(copy(), std::string(10'000, 'x'));
  expect(Kind::not_ours, "不是台账");
  LedgerOnDisk::write(copy(), "");
  expect(Kind::not_ours, "不是 duban 的台账");
  LedgerOnDisk::write(copy(), sound);
  sql("PRAGMA user_version = 99");
  expect(Kind::newer, "版式 99");
  LedgerOnDisk::write(copy(), sound);
  sql("PRAGMA application_id = 7");
  expect(Kind::not_ours, "不是 duban 的台账");
  std::filesystem::remove(copy());
  EXPECT_EQ(problem_of_copy(), Kind::unreadable);
}

TEST_F(BackupTest, ARowThatRefersToNoneIsFound) {
  ledger_.exec("INSERT INTO facts VALUES ('p',9,'voided','d','2022-05','u','',1,2,'a','b',NULL,8,"
               "'','')");
  ASSERT_TRUE(copy_ledger(ledger_.file(), copy()).has_value());
  EXPECT_EQ(problem_of_copy(), Kind::damaged);
}

class HandedCopiesTest : public BackupTest {
 protected:
  std::filesystem::path room() const { return ledger_.folder() / "backup"; }
  auto make(HandedCopies& copies) { return duban::testing::run(loop_, copies.make()); }

  boost::asio::io_context loop_;
};

TEST_F(HandedCopiesTest, ACopyGoesWithTheLastWhoHoldsIt) {
  HandedCopies copies(ledger_.file(), room());
  auto copy = make(copies);
  ASSERT_TRUE(copy.has_value());
  const auto file = **copy;
  EXPECT_TRUE(std::filesystem::exists(file));
  copy->reset();
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(HandedCopiesTest, OneAtATime) {
  HandedCopies copies(ledger_.file(), room());
  auto first = make(copies);
  auto second = make(copies);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, CopyRefused::Kind::busy);
  first->reset();
  EXPECT_TRUE(make(copies).has_value());
}

TEST_F(HandedCopiesTest, WhatAKilledDaemonLeftIsRemoved) {
  std::filesystem::create_directories(room());
  LedgerOnDisk::write(room() / "copy.sqlite", "half");
  const HandedCopies copies(ledger_.file(), room());
  EXPECT_FALSE(std::filesystem::exists(room()));
}

TEST_F(HandedCopiesTest, WhatItLeavesFreeIsTheLedgersOwn) {
  const auto least = std::filesystem::file_size(ledger_.file()) + limits::backup_spares_bytes;
  for (auto missing : {0U, 1U}) {
    std::filesystem::path asked;
    HandedCopies copies(ledger_.file(), room(), [&](const std::filesystem::path& folder) {
      asked = folder;
      return least - missing;
    });
    auto copy = make(copies);
    EXPECT_EQ(asked, room());
    ASSERT_EQ(copy.has_value(), missing == 0);
    if (!copy) EXPECT_EQ(copy.error().kind, CopyRefused::Kind::no_room);
  }
  EXPECT_TRUE(std::filesystem::is_empty(room()));
}

TEST_F(HandedCopiesTest, OfADamagedLedgerThereIsNone) {
  ledger_.add_notices(3, 3);
  LedgerOnDisk::flip_in_index(ledger_.file());
  HandedCopies copies(ledger_.file(), room());
  auto copy = make(copies);
  ASSERT_FALSE(copy.has_value());
  EXPECT_EQ(copy.error().kind, CopyRefused::Kind::damaged);
  EXPECT_TRUE(std::filesystem::is_empty(room()));
}

}  // namespace
}  // namespace duban::ledger
