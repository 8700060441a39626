#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "ledger/ledger_on_disk.h"
#include "peers/run.h"

namespace duban::ledger {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class DamageTest : public ::testing::Test {
 protected:
  /// The daemon does not open it, and what lies there is the same afterwards.
  void expect_refused(const std::string& words) {
    const auto before = ledger_.bytes();
    EXPECT_THAT(ledger_.problem(), HasSubstr(words));
    EXPECT_TRUE(ledger_.bytes() == before) << words;
  }
  /// As a killed daemon leaves it: the newest rows are in the journal only.
  void leave_a_journal() {
    LedgerOnDisk other;
    SQLite::Database running(other.file().string(), SQLite::OPEN_READWRITE);
    LedgerOnDisk::add_notices(running, 1, 50);
    running.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    LedgerOnDisk::add_notices(running, 51, 60);
    fs::copy_file(other.file(), ledger_.file(), fs::copy_options::overwrite_existing);
    fs::copy_file(other.file().string() + "-wal", journal());
  }
  fs::path journal() const { return ledger_.file().string() + "-wal"; }

  LedgerOnDisk ledger_;
};

TEST_F(DamageTest, AJournalThatAKilledDaemonLeftIsGoneOnFrom) {
  leave_a_journal();
  EXPECT_EQ(ledger_.problem(), "");
  EXPECT_EQ(examine_ledger(ledger_.file())->notices, 60);
}

TEST_F(DamageTest, AFlippedByteOfAnIndexIsRefusedAndNeitherFileNorJournalChanges) {
  leave_a_journal();
  auto bytes = LedgerOnDisk::bytes_of(ledger_.file());
  for (auto at = LedgerOnDisk::page_bytes; at < bytes.size(); at += LedgerOnDisk::page_bytes) {
    bytes[at] = 0x7f;
  }
  LedgerOnDisk::write(ledger_.file(), bytes);
  expect_refused("dubanctl ledger restore");
}

TEST_F(DamageTest, AnotherSchemaBesideAJournalChangesNeither) {
  leave_a_journal();
  auto bytes = LedgerOnDisk::bytes_of(ledger_.file());
  fs::remove(journal());
  bytes[63] = 99;  // user_version, big-endian, in the header
  LedgerOnDisk::write(ledger_.file(), bytes);
  LedgerOnDisk::write(journal(), "no frame of this ledger");
  expect_refused("schema version 99");
}

TEST_F(DamageTest, AFileCutShortIsRefusedWithAndWithoutAJournal) {
  ledger_.add_notices(1, 2000);
  const auto whole = LedgerOnDisk::bytes_of(ledger_.file());
  LedgerOnDisk::write(ledger_.file(), whole.substr(0, whole.size() / 2));
  expect_refused("damaged");
  LedgerOnDisk::write(ledger_.file(), whole);
  {
    LedgerOnDisk other;
    SQLite::Database running(other.file().string(), SQLite::OPEN_READWRITE);
    LedgerOnDisk::add_notices(running, 1, 2000);
    running.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    LedgerOnDisk::add_notices(running, 2001, 2001);
    fs::copy_file(other.file(), ledger_.file(), fs::copy_options::overwrite_existing);
    fs::copy_file(other.file().string() + "-wal", journal(), fs::copy_options::overwrite_existing);
  }
  fs::resize_file(ledger_.file(), fs::file_size(ledger_.file()) / 2);
  expect_refused("cut short");
}

TEST_F(DamageTest, AnEmptyFileIsNoNewLedgerWhereADaemonHasLived) {
  LedgerOnDisk::write(ledger_.file(), "");
  LedgerOnDisk::write(ledger_.folder() / "last-good.json", "{}");
  expect_refused("the file is empty");
}

TEST_F(DamageTest, AnEmptyFileOfAFirstStartThatWasKilledIsANewLedger) {
  LedgerOnDisk::write(ledger_.file(), "");
  LedgerOnDisk::write(ledger_.folder() / "lock", "1\n");
  EXPECT_EQ(ledger_.problem(), "");
}

TEST_F(DamageTest, ALargeLedgerIsBelievedUntilABadPageIsMet) {
  constexpr int each = 1 << 15;
  ledger_.add_notices(1, static_cast<int>(limits::ledger_checked_bytes / each) + 20, each);
  LedgerOnDisk::spoil_contents(ledger_.file());
  boost::asio::io_context loop;
  std::vector<std::string> found;
  auto store = open_sqlite_store({.path = ledger_.file(),
                                  .executor = loop.get_executor(),
                                  .on_damage = [&](const std::string& what) {
                                    found.push_back(what);
                                  }});
  ASSERT_TRUE(store.has_value()) << store.error().words;
  EXPECT_TRUE(duban::testing::run(loop, (*store)->cursor("p")).has_value());
  EXPECT_TRUE(found.empty());
  auto read = duban::testing::run(loop, (*store)->notices({.id = "n300"}));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().status, StoreStatus::broken);
  EXPECT_TRUE(read.error().damaged);
  EXPECT_THAT(found, ::testing::ElementsAre(HasSubstr("malformed")));
}

}  // namespace
}  // namespace duban::ledger
