#include "ledger/sqlite_store.h"

#include <sqlite3.h>

#include <latch>

#include "base/limits.h"
#include "contract/store_contract.h"
#include "contract/temporary_folder.h"

namespace duban::contract {
namespace {

class SqlitePlace final : public LedgerPlace {
 public:
  explicit SqlitePlace(bool own_thread) : own_thread_(own_thread) {}
  std::unique_ptr<ledger::Store> open(boost::asio::any_io_executor executor,
                                      ledger::Fault fault) override {
    ledger::StoreOptions options;
    options.path = folder_.path() / "ledger.db";
    options.executor = executor;
    options.own_thread = own_thread_;
    options.fault = std::move(fault);
    auto store = ledger::open_sqlite_store(std::move(options));
    if (!store) throw std::runtime_error(store.error().words);
    return std::move(*store);
  }

 private:
  TemporaryFolder folder_;
  bool own_thread_;
};

StoreMaker maker(std::string name, bool own_thread) {
  return {std::move(name), [own_thread] { return std::make_unique<SqlitePlace>(own_thread); }};
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(maker("OwnThread", true), maker("Inline", false)),
                         [](const auto& info) { return info.param.name; });

TEST(SqliteStore, ACallThatIsNotAnsweredInTimeIsUnknownAndMayHaveHappened) {
  boost::asio::io_context io;
  const TemporaryFolder folder;
  std::latch given_up(1);
  ledger::StoreOptions options;
  options.path = folder.path() / "ledger.db";
  options.executor = io.get_executor();
  options.deadline = 1ms;
  options.fault = [&](FaultPoint point) {
    if (point == FaultPoint::before_commit) given_up.wait();
    return false;
  };
  auto store = ledger::open_sqlite_store(std::move(options));
  ASSERT_TRUE(store.has_value());
  std::optional<StoreStatus> status;
  boost::asio::co_spawn(io, (*store)->advance(first_step({})),
                        [&](std::exception_ptr, ledger::StoreResult<ledger::Advanced> result) {
                          status = result ? std::nullopt : std::optional(result.error().status);
                          given_up.count_down();
                        });
  io.run();
  EXPECT_EQ(status, StoreStatus::unknown);
  store->reset();
  ledger::StoreOptions again;
  again.path = folder.path() / "ledger.db";
  again.executor = io.get_executor();
  store = ledger::open_sqlite_store(std::move(again));
  std::optional<Instant> at;
  boost::asio::co_spawn(io, (*store)->cursor("wuhan"),
                        [&](std::exception_ptr, ledger::StoreResult<ledger::Cursor> result) {
                          at = result.value().at;
                        });
  io.restart();
  io.run();
  EXPECT_EQ(at, moment());
}

struct PlainStore {
  explicit PlainStore(std::chrono::milliseconds deadline = 10 * limits::ledger_busy) {
    ledger::StoreOptions options;
    options.path = folder.path() / "ledger.db";
    options.executor = io.get_executor();
    options.own_thread = false;
    options.deadline = deadline;
    store = std::move(ledger::open_sqlite_store(std::move(options)).value());
  }
  template <class T>
  ledger::StoreResult<T> answer(boost::asio::awaitable<ledger::StoreResult<T>> call) {
    std::optional<ledger::StoreResult<T>> answer;
    boost::asio::co_spawn(io, std::move(call),
                          [&](std::exception_ptr, ledger::StoreResult<T> result) {
                            answer = std::move(result);
                          });
    io.restart();
    io.run();
    return std::move(answer).value();
  }

  TemporaryFolder folder;
  boost::asio::io_context io;
  std::unique_ptr<ledger::Store> store;
};

TEST(SqliteStore, AnotherProgramsLockIsWaitedForAWhile) {
  PlainStore place;
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((place.folder.path() / "ledger.db").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  auto refused = place.answer(place.store->record("wuhan", {received("a")}));
  EXPECT_EQ(refused.error().status, StoreStatus::retry);
  sqlite3_close(other);
  EXPECT_TRUE(place.answer(place.store->record("wuhan", {received("a")})).has_value());
}

TEST(SqliteStore, AQuestionIsAnsweredWithSoManyNoticesTheNewest) {
  PlainStore place;
  std::vector<ledger::Notice> many;
  for (std::size_t i = 0; i <= limits::notices_shown; ++i) {
    many.push_back(notice("ntc_" + std::to_string(i), {item_key(std::to_string(i))}));
  }
  ASSERT_TRUE(place.answer(place.store->advance(first_step(std::move(many)))).has_value());
  auto found = place.answer(place.store->notices({})).value();
  EXPECT_EQ(found.size(), limits::notices_shown);
}

}  // namespace
}  // namespace duban::contract
