// What we rely on of SQLite itself. When an upgrade breaks one of these, the ledger is to be looked
// at again.

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "contract/temporary_folder.h"

namespace duban::ledger {
namespace {

using testing::HasSubstr;

class SqliteBehaviour : public testing::Test {
 protected:
  SQLite::Database open() {
    return {(folder_.path() / "t.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  }
  static std::string refusal(SQLite::Database& db, const char* sql) {
    try {
      db.exec(sql);
      return {};
    } catch (const SQLite::Exception& error) {
      return error.what();
    }
  }
  contract::TemporaryFolder folder_;
};

TEST_F(SqliteBehaviour, StrictTablesRefuseTheWrongTypeAndOthersDoNot) {
  auto db = open();
  db.exec("CREATE TABLE s (x INTEGER) STRICT; CREATE TABLE l (x INTEGER)");
  EXPECT_THAT(refusal(db, "INSERT INTO s VALUES ('soon')"), HasSubstr("cannot store TEXT"));
  EXPECT_EQ(refusal(db, "INSERT INTO l VALUES ('soon')"), "");
}

TEST_F(SqliteBehaviour, WalModeStaysWithTheFileAndSynchronousDoesNot) {
  { open().exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); PRAGMA synchronous = OFF"); }
  auto db = open();
  EXPECT_EQ(db.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_NE(db.execAndGet("PRAGMA synchronous").getInt(), 0);
  EXPECT_EQ(db.execAndGet("PRAGMA foreign_keys").getInt(), 0);
}

TEST_F(SqliteBehaviour, ASchemaChangeAndItsVersionAreOneTransaction) {
  auto db = open();
  db.exec(
      "BEGIN; CREATE TABLE t (x); PRAGMA user_version = 5; PRAGMA application_id = 7; ROLLBACK");
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), 0);
  EXPECT_EQ(db.execAndGet("PRAGMA application_id").getInt(), 0);
  EXPECT_FALSE(db.tableExists("t"));
}

TEST_F(SqliteBehaviour, APartialUniqueIndexBindsOnlyItsRows) {
  auto db = open();
  db.exec("CREATE TABLE t (x, s); CREATE UNIQUE INDEX u ON t (x) WHERE s <> 'bounced'");
  db.exec("INSERT INTO t VALUES (1, 'delivered'), (1, 'bounced'), (1, 'bounced')");
  EXPECT_THAT(refusal(db, "INSERT INTO t VALUES (1, 'failed')"), HasSubstr("UNIQUE"));
}

TEST_F(SqliteBehaviour, RollingBackToASavepointKeepsWhatCameBefore) {
  auto db = open();
  db.exec("CREATE TABLE t (x CHECK (x > 0)); BEGIN IMMEDIATE");
  db.exec(
      "SAVEPOINT r; INSERT INTO t VALUES (1); RELEASE r; SAVEPOINT r; INSERT INTO t VALUES (2)");
  EXPECT_THAT(refusal(db, "INSERT INTO t VALUES (0)"), HasSubstr("CHECK"));
  EXPECT_EQ(sqlite3_get_autocommit(db.getHandle()), 0);
  db.exec("ROLLBACK TO r; RELEASE r; COMMIT");
  EXPECT_EQ(db.execAndGet("SELECT group_concat(x) FROM t").getString(), "1");
}

TEST_F(SqliteBehaviour, ReplaceGetsPastADeleteTriggerUnlessTriggersAreRecursive) {
  auto db = open();
  db.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, x);"
          "CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'never'); END;"
          "INSERT INTO t VALUES (1, 'a')");
  EXPECT_EQ(refusal(db, "INSERT OR REPLACE INTO t VALUES (1, 'b')"), "");
  db.exec("PRAGMA recursive_triggers = ON");
  EXPECT_THAT(refusal(db, "INSERT OR REPLACE INTO t VALUES (1, 'c')"), HasSubstr("never"));
}

TEST_F(SqliteBehaviour, DefensiveModeKeepsTheSchemaFromBeingRewritten) {
  auto db = open();
  db.exec("CREATE TABLE t (x)");
  ASSERT_EQ(sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr), SQLITE_OK);
  db.exec("PRAGMA writable_schema = ON");
  EXPECT_NE(refusal(db, "UPDATE sqlite_schema SET sql = 'x'"), "");
}

TEST_F(SqliteBehaviour, TextIsComparedByBytes) {
  auto db = open();
  EXPECT_EQ(db.execAndGet("SELECT 'a' = 'A'").getInt(), 0);
  EXPECT_EQ(db.execAndGet("SELECT '\xc3\xa9' = 'e\xcc\x81'").getInt(), 0);
}

TEST_F(SqliteBehaviour, AForeignKeyWithANullPartIsNotChecked) {
  auto db = open();
  db.exec("PRAGMA foreign_keys = ON; CREATE TABLE f (p TEXT, s INTEGER, r INTEGER,"
          " PRIMARY KEY (p, s), FOREIGN KEY (p, r) REFERENCES f (p, s)) STRICT, WITHOUT ROWID");
  EXPECT_EQ(refusal(db, "INSERT INTO f VALUES ('a', 1, NULL)"), "");
  EXPECT_THAT(refusal(db, "INSERT INTO f VALUES ('a', 2, 7)"), HasSubstr("FOREIGN KEY"));
}

}  // namespace
}  // namespace duban::ledger
