#include "ledger/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/io_context.hpp>
#include <csignal>
#include <fstream>
#include <iterator>

#include "base/states.h"
#include "contract/temporary_folder.h"
#include "ledger/sqlite_store.h"

namespace duban::ledger {
namespace {

using testing::HasSubstr;

class SchemaTest : public testing::Test {
 protected:
  SchemaTest() : db_(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    EXPECT_EQ(prepare(db_, false, ""), std::nullopt);
    db_.exec("INSERT INTO plans VALUES ('p', 0, 1, 1, 100)");
  }
  std::string path() const { return (folder_.path() / "ledger.db").string(); }
  /// Why SQLite will not do it; empty when it does.
  std::string refusal(const std::string& sql) {
    try {
      db_.exec(sql);
      return {};
    } catch (const SQLite::Exception& error) {
      return error.what();
    }
  }
  /// One row in every immutable table, and one in the outbox.
  void fill() {
    db_.exec("INSERT INTO facts VALUES ('p',1,'received','d','2022-05','u','',1,2,'a','b',"
             "NULL,NULL,'','')");
    db_.exec("INSERT INTO items VALUES ('p',2,'d','2022-05','u','','stage','remind','liaison',1,"
             "1,NULL,NULL,0,'on-time')");
    db_.exec("INSERT INTO notices VALUES ('p',3,'n','e','c','',"
             "'queued','on-time',1,NULL,NULL)");
    db_.exec("INSERT INTO contents VALUES ('n','s','t','h','{}')");
    db_.exec("INSERT INTO notice_items VALUES ('p',3,0,2)");
    db_.exec("INSERT INTO outbox VALUES ('p',3,'e',0,NULL,NULL,NULL,0)");
    db_.exec("INSERT INTO attempts VALUES ('p',4,3,1,'t',1,1,'delivered','accepted','','')");
  }
  void end(const std::string& state = "delivered", int seq = 5) {
    db_.exec("INSERT INTO notice_endings VALUES ('p'," + std::to_string(seq) + ",3,'" + state +
             "','accepted',1)");
  }

  contract::TemporaryFolder folder_;
  SQLite::Database db_;
};

TEST_F(SchemaTest, WhatHasHappenedIsNeverChangedNorDeleted) {
  fill();
  end();
  db_.exec("INSERT INTO item_endings VALUES ('p',6,2,'answered',1)");
  db_.exec("INSERT INTO submitted_rows VALUES ('p',1,0,'2.5a',0,'x','unsaid','','','','','')");
  db_.exec("INSERT INTO notice_files VALUES ('n',0,'f','text/plain',x'00')");
  db_.exec("INSERT INTO submitted_files VALUES ('p',1,0,'f','sha256:00',1)");
  for (const std::string table :
       {"ledger", "facts", "submitted_rows", "submitted_files", "items", "notices", "contents",
        "notice_files", "notice_items", "attempts", "notice_endings", "item_endings"}) {
    const std::string column = table == "ledger" ? "kind" : table == "contents" ? "text"
                               : table == "notice_files" ? "name" : "plan";
    EXPECT_THAT(refusal("UPDATE " + table + " SET " + column + " = " + column),
                HasSubstr("never changed")) << table;
    EXPECT_THAT(refusal("DELETE FROM " + table), HasSubstr("never deleted")) << table;
  }
  EXPECT_THAT(refusal("INSERT OR REPLACE INTO facts VALUES ('p',1,'received','x','','','',1,2,"
                      "'a','b',NULL,NULL,'','')"),
              HasSubstr("never deleted"));
}

TEST_F(SchemaTest, TheOutboxHoldsExactlyWhatHasNotEnded) {
  fill();
  EXPECT_THAT(refusal("DELETE FROM outbox"), HasSubstr("has not ended"));
  end("failed");
  EXPECT_EQ(db_.execAndGet("SELECT count(*) FROM outbox").getInt(), 0);
  EXPECT_THAT(refusal("INSERT INTO outbox VALUES ('p',3,'e',0,NULL,NULL,NULL,0)"),
              HasSubstr("has ended"));
}

TEST_F(SchemaTest, ANoticeEndsOnceAndOnlyWhatWasDeliveredBounces) {
  fill();
  EXPECT_THAT(refusal("INSERT INTO notice_endings VALUES ('p',5,3,'bounced','refused',1)"),
              HasSubstr("can bounce"));
  end();
  EXPECT_THAT(refusal("INSERT INTO notice_endings VALUES ('p',6,3,'failed','refused',1)"),
              HasSubstr("UNIQUE"));
  EXPECT_EQ(refusal("INSERT INTO notice_endings VALUES ('p',6,3,'bounced','refused',1)"), "");
  EXPECT_THAT(refusal("INSERT INTO notice_endings VALUES ('p',7,3,'bounced','refused',1)"),
              HasSubstr("UNIQUE"));
}

TEST_F(SchemaTest, AnOutboxRowIsADraftOrDueOrUnderALeaseAndNothingElse) {
  fill();
  EXPECT_EQ(refusal("UPDATE outbox SET lease = 5, token = 't', epoch = 1"), "");
  EXPECT_THAT(refusal("UPDATE outbox SET token = NULL"), HasSubstr("CHECK"));
  EXPECT_THAT(refusal("UPDATE outbox SET lease = NULL"), HasSubstr("CHECK"));
  EXPECT_THAT(refusal("UPDATE outbox SET next_at = NULL"), HasSubstr("CHECK"));
  EXPECT_EQ(refusal("UPDATE outbox SET next_at = NULL, lease = NULL, token = NULL, epoch = NULL"),
            "");
  EXPECT_THAT(refusal("UPDATE outbox SET tries = 1"), HasSubstr("CHECK"));
}

TEST_F(SchemaTest, AFactSaysWhatItsKindNeeds) {
  const auto fact = [this](const std::string& kind, const std::string& time,
                           const std::string& refers, const std::string& subject) {
    return refusal("INSERT INTO facts VALUES ('p',2,'" + kind + "','d','','','',1,1,'','', " +
                   time + ", " + refers + ", '" + subject + "', '')");
  };
  fill();
  EXPECT_THAT(fact("voided", "NULL", "NULL", ""), HasSubstr("CHECK"));
  EXPECT_THAT(fact("received", "NULL", "1", ""), HasSubstr("CHECK"));
  EXPECT_THAT(fact("voided", "NULL", "2", ""), HasSubstr("CHECK"));
  EXPECT_THAT(fact("extended", "NULL", "NULL", ""), HasSubstr("CHECK"));
  EXPECT_THAT(fact("released", "NULL", "NULL", ""), HasSubstr("CHECK"));
  EXPECT_THAT(fact("sunk", "NULL", "NULL", ""), HasSubstr("CHECK"));
  EXPECT_EQ(fact("voided", "NULL", "1", ""), "");
}

/// Tries each word of a closed set in a column's CHECK.
template <class Set, std::size_t count>
void all_words_pass(SQLite::Database& db, const std::string& before, const std::string& after) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::string word(to_word(static_cast<Set>(i)));
    db.exec("SAVEPOINT word");
    EXPECT_NO_THROW(db.exec(before + word + after)) << word;
    db.exec("ROLLBACK TO word; RELEASE word");
  }
}

TEST_F(SchemaTest, EveryWordOfTheClosedSetsIsLegal) {
  fill();
  all_words_pass<ItemKind, 10>(
      db_, "INSERT INTO items VALUES "
           "('p',9,'d','','u','','", "','s','liaison',1,1,NULL,NULL,0,'none')");
  all_words_pass<Audience, 4>(
      db_, "INSERT INTO items VALUES "
           "('p',9,'d','','u','','gone','','", "',1,1,NULL,NULL,0,'none')");
  all_words_pass<AttemptOutcome, 4>(
      db_, "INSERT INTO attempts VALUES ('p',9,3,2,'t',1,1,'", "','none','','')");
  all_words_pass<Reason, static_cast<std::size_t>(Reason::resent) + 1>(
      db_, "INSERT INTO item_endings VALUES ('p',9,2,'", "',1)");
  for (int i = 0; i <= static_cast<int>(FactKind::clock_accepted); ++i) {
    const auto kind = static_cast<FactKind>(i);
    const std::string refers = kind == FactKind::voided ? "1" : "NULL";
    EXPECT_EQ(refusal("INSERT INTO facts VALUES ('p'," + std::to_string(20 + i) + ",'" +
                      std::string(to_word(kind)) + "','','','','',1,1,'','',1," + refers +
                      ",'s','')"), "");
  }
  for (const auto state : {NoticeState::delivered, NoticeState::failed, NoticeState::expired,
                           NoticeState::withdrawn, NoticeState::superseded}) {
    db_.exec("SAVEPOINT word");
    EXPECT_NO_THROW(end(std::string(to_word(state)), 60));
    db_.exec("ROLLBACK TO word; RELEASE word");
  }
}

TEST_F(SchemaTest, TextInANumbersPlaceIsRefused) {
  EXPECT_THAT(refusal("INSERT INTO plans VALUES ('q', 'soon', 1, 0, 1)"),
              HasSubstr("cannot store TEXT value in INTEGER column"));
}

TEST_F(SchemaTest, EachQueryOfTheLoopUsesItsIndex) {
  const auto plan = [this](const std::string& sql) {
    std::string all;
    SQLite::Statement rows(db_, "EXPLAIN QUERY PLAN " + sql);
    while (rows.executeStep()) all += rows.getColumn(3).getString() + "\n";
    return all;
  };
  EXPECT_THAT(plan("SELECT endpoint, lease FROM outbox WHERE lease > 5"),
              HasSubstr("outbox_leased"));
  const auto due = plan("SELECT plan, notice_seq, endpoint, tries, next_at FROM outbox"
                        " WHERE next_at IS NOT NULL AND lease IS NULL"
                        " ORDER BY next_at, plan, notice_seq");
  EXPECT_THAT(due, HasSubstr("outbox_due"));
  EXPECT_THAT(due, testing::Not(HasSubstr("TEMP B-TREE")));
  EXPECT_THAT(plan("UPDATE outbox SET next_at = 9 WHERE endpoint = 'e' AND next_at < 9"
                   " AND next_at IS NOT NULL AND lease IS NULL"),
              HasSubstr("outbox_of_endpoint"));
}

// ---- opening -----------------------------------------------------------------------------------

class OpenTest : public testing::Test {
 protected:
  std::string problem(bool pretended = false) {
    auto store = open_sqlite_store(
        {.path = path(), .pretended = pretended, .executor = io_.get_executor(), .salt = {},
         .fault = {}});
    return store ? std::string() : store.error().words;
  }
  std::filesystem::path path() const { return folder_.path() / "ledger.db"; }
  std::string bytes() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& text) { std::ofstream(path(), std::ios::binary) << text; }
  void exec(const std::string& sql) {
    SQLite::Database(path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
  }

  boost::asio::io_context io_;
  contract::TemporaryFolder folder_;
};

TEST_F(OpenTest, ANewLedgerIsMarkedAsOurs) {
  EXPECT_EQ(problem(), "");
  SQLite::Database db(path().string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(db.execAndGet("PRAGMA application_id").getInt(), application_id);
  EXPECT_EQ(db.execAndGet("PRAGMA user_version").getInt(), static_cast<int>(migrations().size()));
  EXPECT_EQ(db.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

TEST_F(OpenTest, EachLedgerHasASaltOfItsOwnUnlessOneIsGiven) {
  const auto salt = [this](const std::string& name, const std::string& given) {
    auto store = open_sqlite_store({.path = folder_.path() / name,
                                    .executor = io_.get_executor(), .salt = given, .fault = {}});
    return (*store)->salt();
  };
  EXPECT_NE(salt("a.db", ""), salt("b.db", ""));
  EXPECT_EQ(salt("c.db", "fixed in a rehearsal"), "fixed in a rehearsal");
  EXPECT_EQ(salt("c.db", "another that comes late"), "fixed in a rehearsal");
}

TEST_F(OpenTest, ALedgerInMemoryServesARehearsal) {
  auto store = open_sqlite_store({.path = ":memory:", .pretended = true,
                                  .executor = io_.get_executor(), .salt = {}, .own_thread = false,
                                  .fault = {}});
  EXPECT_TRUE(store.has_value());
}

TEST_F(OpenTest, NeitherKindOpensInTheOtherMode) {
  EXPECT_EQ(problem(true), "");
  EXPECT_EQ(problem(true), "");
  EXPECT_THAT(problem(false), HasSubstr("--pretend"));
  std::filesystem::remove(path());
  EXPECT_EQ(problem(false), "");
  EXPECT_THAT(problem(true), HasSubstr("real notices"));
}

TEST_F(OpenTest, ANewerSchemaIsRefusedWithWhatToDo) {
  EXPECT_EQ(problem(), "");
  exec("PRAGMA user_version = 99");
  EXPECT_THAT(problem(), testing::AllOf(HasSubstr("schema version 99"), HasSubstr("install")));
}

TEST_F(OpenTest, AnotherProgramsFileIsRefusedAndLeftAsItIs) {
  exec("CREATE TABLE theirs (x)");
  const auto before = bytes();
  EXPECT_THAT(problem(), HasSubstr("another program's"));
  EXPECT_EQ(bytes(), before);
}

TEST_F(OpenTest, WhatIsNoDatabaseIsRefusedAndLeftAsItIs) {
  for (const auto& text : {std::string("short"), std::string(10000, 'x')}) {
    write(text);
    EXPECT_THAT(problem(), HasSubstr("damaged"));
    EXPECT_EQ(bytes(), text);
  }
}

TEST_F(OpenTest, ADamagedLedgerIsRefusedAndLeftAsItIs) {
  EXPECT_EQ(problem(), "");
  exec("INSERT INTO plans VALUES ('p', 0, 1, 0, 1); PRAGMA wal_checkpoint(TRUNCATE)");
  auto damaged = bytes();
  for (std::size_t i = 8192; i < damaged.size(); ++i) damaged[i] = static_cast<char>(i * 7);
  write(damaged);
  EXPECT_THAT(problem(), HasSubstr("damaged"));
  EXPECT_EQ(bytes(), damaged);
}

TEST_F(OpenTest, AFolderThatIsNotThereIsSaid) {
  auto store = open_sqlite_store({.path = folder_.path() / "no" / "ledger.db",
                                  .executor = io_.get_executor(), .salt = {}, .fault = {}});
  ASSERT_FALSE(store.has_value());
  EXPECT_THAT(store.error().words, HasSubstr("ledger.db"));
  EXPECT_FALSE(store.error().may_pass);
}

// No file may grow beyond so many bytes while it lives: for SQLite a disk without room.
class NoRoom {
 public:
  explicit NoRoom(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~NoRoom() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  NoRoom(const NoRoom&) = delete;
  NoRoom& operator=(const NoRoom&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(OpenTest, WhatTheDiskRefusesMayPass) {
  const NoRoom small(4096);
  auto store = open_sqlite_store({.path = folder_.path() / "new.db",
                                  .executor = io_.get_executor(), .salt = {}, .fault = {}});
  ASSERT_FALSE(store.has_value());
  EXPECT_TRUE(store.error().may_pass) << store.error().words;
}

}  // namespace
}  // namespace duban::ledger
