#include "ledger/group_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sqlite3.h>

#include <latch>

#include "base/limits.h"
#include "contract/temporary_folder.h"

namespace duban::ledger {
namespace {

using testing::ElementsAre;

/// Requests that are sure to share a transaction: the writer is kept busy until all are queued.
class GroupWriterTest : public testing::Test {
 protected:
  GroupWriterTest()
      : db_((folder_.path() / "t.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    db_.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x INTEGER CHECK (x > 0), pad BLOB)");
  }
  void run(std::vector<std::string> statements, GroupWriter::Settings settings = {}) {
    answers_.assign(statements.size(), "no answer");
    std::latch queued(1);
    {
      GroupWriter writer(db_, std::move(settings));
      writer.submit({false, [&] { queued.wait(); }, [](auto) {}});
      for (std::size_t i = 0; i < statements.size(); ++i) {
        writer.submit({true, [this, sql = statements[i]] { db_.exec(sql); },
                       [this, i](std::optional<StoreError> error) {
                         answers_[i] = error ? word(error->status) : "done";
                       }});
      }
      queued.count_down();
    }
  }
  static std::string word(StoreStatus status) {
    switch (status) {
      case StoreStatus::retry: return "retry";
      case StoreStatus::unknown: return "unknown";
      case StoreStatus::refused: return "refused";
      case StoreStatus::broken: return "broken";
      default: return "other";
    }
  }
  int rows() { return db_.execAndGet("SELECT count(*) FROM t").getInt(); }

  contract::TemporaryFolder folder_;
  SQLite::Database db_;
  std::vector<std::string> answers_;
};

TEST_F(GroupWriterTest, WhatQueuesSharesOneCommit) {
  int commits = 0;
  GroupWriter::Settings settings;
  settings.fault = [&](FaultPoint point) {
    commits += point == FaultPoint::before_commit;
    return false;
  };
  run({"INSERT INTO t (x) VALUES (1)", "INSERT INTO t (x) VALUES (2)",
       "INSERT INTO t (x) VALUES (3)"}, settings);
  EXPECT_THAT(answers_, ElementsAre("done", "done", "done"));
  EXPECT_EQ(commits, 1);
  EXPECT_EQ(rows(), 3);
}

TEST_F(GroupWriterTest, AGroupHasABound) {
  int commits = 0;
  GroupWriter::Settings settings;
  settings.group = 2;
  settings.fault = [&](FaultPoint point) {
    commits += point == FaultPoint::before_commit;
    return false;
  };
  run(std::vector<std::string>(5, "INSERT INTO t (x) VALUES (1)"), settings);
  EXPECT_EQ(commits, 3);
  settings.group = GroupWriter::Settings{}.group;
  commits = 0;
  run(std::vector<std::string>(limits::ledger_group + 1, "INSERT INTO t (x) VALUES (1)"), settings);
  EXPECT_EQ(commits, 2);
}

TEST_F(GroupWriterTest, ARefusedRequestSpoilsNoOther) {
  run({"INSERT INTO t (x) VALUES (1)",
       "INSERT INTO t (x) VALUES (2); INSERT INTO t (x) VALUES (0)",
       "INSERT INTO t (x) VALUES (3)"});
  EXPECT_THAT(answers_, ElementsAre("done", "refused", "done"));
  EXPECT_EQ(rows(), 2);
}

TEST_F(GroupWriterTest, WhatIsNoSqlIsBrokenNotRefused) {
  run({"INSERT INTO nowhere VALUES (1)"});
  EXPECT_THAT(answers_, ElementsAre("broken"));
}

TEST_F(GroupWriterTest, AnUnknownCommitIsUnknownToAllWhoShareIt) {
  GroupWriter::Settings settings;
  settings.fault = [](FaultPoint point) { return point == FaultPoint::after_commit; };
  run({"INSERT INTO t (x) VALUES (1)", "INSERT INTO t (x) VALUES (0)",
       "INSERT INTO t (x) VALUES (2)"}, settings);
  EXPECT_THAT(answers_, ElementsAre("unknown", "refused", "unknown"));
  EXPECT_EQ(rows(), 2);
}

TEST_F(GroupWriterTest, OnAFullDiskWhatIsReportedDoneIsThereAndNothingElse) {
  db_.exec("PRAGMA max_page_count = 20");
  run({"INSERT INTO t (x) VALUES (1)", "INSERT INTO t VALUES (2, zeroblob(1000000))",
       "INSERT INTO t (x) VALUES (3)"});
  EXPECT_EQ(answers_[1], "retry");
  EXPECT_EQ(answers_[2], "done");
  EXPECT_THAT(answers_[0], testing::AnyOf("done", "retry"));
  EXPECT_EQ(rows(), answers_[0] == "done" ? 2 : 1);
}

TEST_F(GroupWriterTest, AnotherProgramsLockIsAReasonToTryAgain) {
  SQLite::Database other((folder_.path() / "t.db").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  run({"INSERT INTO t (x) VALUES (1)", "INSERT INTO t (x) VALUES (2)"});
  EXPECT_THAT(answers_, ElementsAre("retry", "retry"));
  other.exec("ROLLBACK");
  EXPECT_EQ(rows(), 0);
}

TEST_F(GroupWriterTest, AReadInAQueueSeesOnlyWhatIsCommitted) {
  int seen = -1;
  {
    std::latch queued(1);
    GroupWriter writer(db_, {});
    writer.submit({false, [&] { queued.wait(); }, [](auto) {}});
    writer.submit({true, [&] { db_.exec("INSERT INTO t (x) VALUES (1)"); }, [](auto) {}});
    writer.submit({false,
                   [&] {
                     EXPECT_NE(sqlite3_get_autocommit(db_.getHandle()), 0);
                     seen = rows();
                   },
                   [](auto) {}});
    queued.count_down();
  }
  EXPECT_EQ(seen, 1);
}

TEST_F(GroupWriterTest, WhatComesWhileTooManyWaitIsSentBack) {
  std::latch busy(1), queued(1);
  std::size_t done = 0;
  std::optional<StoreError> last;
  {
    GroupWriter writer(db_, {});
    writer.submit({false, [&] { busy.count_down(), queued.wait(); }, [](auto) {}});
    busy.wait();
    for (std::size_t i = 0; i < limits::ledger_requests; ++i) {
      writer.submit({true, [] {}, [&](const auto& error) { done += error ? 0U : 1U; }});
    }
    writer.submit({true, [] {}, [&](auto error) { last = std::move(error); }});
    queued.count_down();
  }
  EXPECT_EQ(done, limits::ledger_requests);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->status, StoreStatus::retry);
}

}  // namespace
}  // namespace duban::ledger
