// Damage in the ledger that does not keep it from being written to: the office hears of it (I3).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/audit_desk.h"
#include "ledger/ledger_on_disk.h"

namespace duban::engine {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr auto code = "ledger-damaged";

class Damage : public ::testing::Test {
 protected:
  // In an index that nobody reads from: only a whole look at the file finds it.
  void flip() {
    SQLite::Database{desk_.ledger_file.string(), SQLite::OPEN_READWRITE}.exec(
        "PRAGMA wal_checkpoint(TRUNCATE)");
    ledger::LedgerOnDisk::flip_in_index(desk_.ledger_file);
  }
  std::string backup() {
    auto copy = desk_.ask(desk_.engine->backup());
    desk_.look();
    return copy ? "" : copy.error().code;
  }

  AuditDesk desk_{"05-20T10:00:00"};
};

TEST_F(Damage, FoundByABackupReachesTheOfficeOnceADay) {
  EXPECT_EQ(backup(), "");
  EXPECT_EQ(desk_.told_the_office(code), 0U);
  flip();
  EXPECT_EQ(backup(), code);
  EXPECT_THAT(desk_.problems(), Contains(code));
  EXPECT_EQ(desk_.told_the_office(code), 1U);
  desk_.clock.pass(hours{1});
  EXPECT_EQ(backup(), code);
  EXPECT_EQ(desk_.told_the_office(code), 1U);
  desk_.clock.pass(days{1});
  EXPECT_EQ(backup(), code);
  EXPECT_EQ(desk_.told_the_office(code), 2U);
}

TEST_F(Damage, IsToldInWordsWithTheWayOut) {
  flip();
  ASSERT_EQ(backup(), code);
  for (const auto& view : desk_.notices()) {
    if (view.notice.items.front().key.about.slice != code) continue;
    EXPECT_THAT(view.notice.content.text, HasSubstr("台账文件坏了"));
    EXPECT_THAT(view.notice.content.text, HasSubstr("dubanctl ledger restore"));
    return;
  }
  FAIL() << "nobody was told";
}

// What ended the daemon is told by the one that comes after it.
TEST_F(Damage, MetBeforeTheEndIsToldByTheNextLife) {
  desk_.ask(desk_.engine->note_damage());
  desk_.start();
  desk_.look();
  EXPECT_EQ(desk_.told_the_office(code), 1U);
}

}  // namespace
}  // namespace duban::engine
