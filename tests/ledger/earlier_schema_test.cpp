// Ledgers as earlier versions of duban left them (fixtures/, one a schema version and never edited)
// are opened by this one, whole, or refused and left as they are.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "contract/temporary_folder.h"
#include "ledger/schema.h"
#include "ledger/sqlite_store.h"

namespace duban::ledger {
namespace {

using testing::HasSubstr;

std::string fixture(std::size_t version) {
  std::ifstream file{fmt::format("{}/tests/ledger/fixtures/schema-{}.sql", DUBAN_SOURCE_DIR,
                                 version)};
  return {std::istreambuf_iterator<char>(file), {}};
}

class EarlierSchema : public testing::TestWithParam<std::size_t> {
 protected:
  std::filesystem::path path() const { return folder_.path() / "ledger.db"; }
  void lay_down() {
    SQLite::Database db{path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    db.exec(fixture(GetParam()));
  }
  std::string opened() {
    auto store = open_sqlite_store({.path = path(), .executor = io_.get_executor(), .salt = {},
                                    .fault = {}});
    return store ? "" : store.error().words;
  }
  std::int64_t number(const std::string& sql) {
    SQLite::Database db{path().string()};
    return db.execAndGet(sql).getInt64();
  }
  std::string text(const std::string& sql) {
    SQLite::Database db{path().string()};
    return db.execAndGet(sql).getString();
  }
  static std::string schema_of(const std::filesystem::path& file) {
    SQLite::Database db{file.string()};
    SQLite::Statement rows{db, "SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema "
                               "ORDER BY type, name"};
    std::string all;
    while (rows.executeStep()) all += rows.getColumn(0).getString() + "\n";
    return all;
  }

  contract::TemporaryFolder folder_;
  boost::asio::io_context io_;
};

TEST_P(EarlierSchema, IsOpenedWithEverythingInIt) {
  ASSERT_FALSE(fixture(GetParam()).empty()) << "every schema version leaves a fixture";
  lay_down();
  EXPECT_EQ(opened(), "");
  EXPECT_EQ(number("PRAGMA user_version"), static_cast<std::int64_t>(migrations().size()));
  auto facts = GetParam() == 1 ? 2 : GetParam() == 2 ? 3 : 4;
  EXPECT_EQ(number("SELECT count(*) FROM facts"), facts);
  EXPECT_EQ(text("SELECT unit FROM facts WHERE kind = 'received'"), "edu");
  EXPECT_EQ(number("SELECT at FROM facts WHERE kind = 'received'"), 1650870000);
  EXPECT_EQ(number("SELECT count(*) FROM items"), 2);
  EXPECT_EQ(text("SELECT text FROM contents ORDER BY notice"), "市水务局:");
  EXPECT_EQ(number("SELECT next_at FROM outbox"), 1650416400);
  EXPECT_EQ(number("SELECT count(*) FROM attempts"), 2);
  EXPECT_EQ(text("SELECT state FROM notice_endings"), "delivered");
  EXPECT_EQ(text("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_P(EarlierSchema, BecomesWhatANewLedgerIs) {
  lay_down();
  EXPECT_EQ(opened(), "");
  auto migrated = schema_of(path());
  std::filesystem::remove(path());
  EXPECT_EQ(opened(), "");
  EXPECT_EQ(migrated, schema_of(path()));
}

TEST_P(EarlierSchema, IsLeftAsItWasWhenItCannotBeBroughtUp) {
  if (GetParam() == migrations().size()) GTEST_SKIP() << "it is of this version";
  lay_down();
  {
    SQLite::Database db{path().string(), SQLite::OPEN_READWRITE};
    // In the way of the last migration: all that went before it must go back.
    db.exec("CREATE TABLE notice_files (theirs TEXT)");
  }
  auto schema = schema_of(path());
  EXPECT_THAT(opened(), testing::AllOf(HasSubstr("left as it was"), HasSubstr("earlier duban")));
  EXPECT_EQ(number("PRAGMA user_version"), static_cast<std::int64_t>(GetParam()));
  EXPECT_EQ(schema_of(path()), schema);
  EXPECT_EQ(number("SELECT count(*) FROM attempts"), 2);
}

INSTANTIATE_TEST_SUITE_P(Versions, EarlierSchema,
                         testing::Range<std::size_t>(1, migrations().size() + 1));

}  // namespace
}  // namespace duban::ledger
