#include "ledger/sqlite_store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <utility>

#include "base/limits.h"
#include "io/signal.h"
#include "io/timer_descriptor.h"
#include "ledger/damage.h"
#include "ledger/group_writer.h"
#include "ledger/schema.h"
#include "ledger/sqlite_tables.h"

namespace duban::ledger {
namespace {

namespace asio = boost::asio;
using asio::awaitable;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

/// Those who wait for something to become claimable. Used on the executor only.
struct Waiters {
  std::vector<io::Signal*> signals;
  bool something = true;

  void wake() {
    for (auto* signal : signals) signal->raise();
  }
};

/// A call under way: the writer fills it, then it is finished on the caller's executor.
template <class T>
struct Slot {
  StoreResult<T> value = std::unexpected(StoreError{StoreStatus::unknown, "deadline"});
  bool finished = false;
  /// The caller's, while it waits.
  asio::posix::stream_descriptor* timer = nullptr;

  void finish() {
    finished = true;
    if (timer != nullptr) timer->cancel();
  }
};

/// Takes a caller's timer out of the slot however the caller ends.
template <class T>
struct Waiting {
  std::shared_ptr<Slot<T>> slot;
  ~Waiting() { slot->timer = nullptr; }
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::unique_ptr<SQLite::Database> db, StoreOptions options)
      : db_(std::move(db)),
        options_(std::move(options)),
        tables_(*db_, options_.leases_per_endpoint),
        salt_(db_->execAndGet("SELECT salt FROM ledger").getString()),
        writer_(*db_, {.fault = options_.fault,
                       .own_thread = options_.own_thread,
                       .later = options_.later,
                       .commit_times = options_.commit_times}) {}

  const std::string& salt() const override { return salt_; }

  awaitable<StoreResult<Cursor>> cursor(std::string plan) override {
    return call<Cursor>(Kind::read, [this, plan] { return tables_.cursor(plan); });
  }
  awaitable<StoreResult<std::map<std::string, Cursor>>> cursors() override {
    return call<std::map<std::string, Cursor>>(Kind::read, [this] { return tables_.cursors(); });
  }
  awaitable<StoreResult<Rows>> read(std::string plan, std::int64_t after,
                                    std::size_t limit) override {
    return call<Rows>(Kind::read, [=, this] { return tables_.read(plan, after, limit); });
  }
  awaitable<StoreResult<Advanced>> advance(Advance step) override {
    return call<Advanced>(Kind::write, [this, step = std::move(step)] {
      return tables_.advance(step);
    });
  }
  awaitable<StoreResult<std::vector<std::int64_t>>> record(
      std::string plan, std::vector<schedule::Fact> facts) override {
    return call<std::vector<std::int64_t>>(
        Kind::write, [=, this] { return tables_.record(plan, facts); });
  }
  awaitable<StoreResult<Batch>> settle_and_claim(std::vector<Settlement> settled, std::string token,
                                                 std::size_t limit, Seconds lease, Instant now,
                                                 std::vector<EndpointKey> held_back) override {
    waiters_->something = false;
    return call<Batch>(Kind::claim, [=, this] {
      return tables_.settle_and_claim(settled, token, limit, lease, now, held_back);
    });
  }
  awaitable<StoreResult<std::vector<Claimed>>> leased(std::string token) override {
    return call<std::vector<Claimed>>(Kind::read, [=, this] { return tables_.leased(token); });
  }
  awaitable<StoreResult<BounceAnswer>> bounce(Bounce bounce) override {
    return call<BounceAnswer>(Kind::write, [=, this] { return tables_.bounce(bounce); });
  }
  awaitable<StoreResult<void>> postpone(EndpointKey endpoint, Instant next_at) override {
    return call<void>(Kind::write, [=, this] { tables_.postpone(endpoint, next_at); });
  }
  awaitable<StoreResult<std::vector<NoticeView>>> notices(NoticeQuery query) override {
    return call<std::vector<NoticeView>>(Kind::read, [=, this] { return tables_.notices(query); });
  }
  awaitable<StoreResult<OutboxCounts>> counts(std::string plan) override {
    return call<OutboxCounts>(Kind::read, [=, this] { return tables_.counts(plan); });
  }
  awaitable<StoreResult<OutboxRows>> outbox(std::string plan, std::int64_t after,
                                            std::size_t limit) override {
    return call<OutboxRows>(Kind::read, [=, this] { return tables_.outbox(plan, after, limit); });
  }
  awaitable<StoreResult<void>> shift(Seconds by) override {
    return call<void>(Kind::write, [=, this] { tables_.shift(by); });
  }
  awaitable<void> wait() override;

 private:
  enum class Kind { read, write, claim };

  template <class T, class Work>
  awaitable<StoreResult<T>> call(Kind kind, Work work);

  std::unique_ptr<SQLite::Database> db_;
  const StoreOptions options_;
  Tables tables_;  // the writer's thread only
  const std::string salt_;
  std::shared_ptr<Waiters> waiters_ = std::make_shared<Waiters>();
  GroupWriter writer_;  // last: its thread ends before the rest goes
};

template <class T, class Work>
awaitable<StoreResult<T>> SqliteStore::call(Kind kind, Work work) {
  const auto executor = co_await asio::this_coro::executor;
  auto slot = std::make_shared<Slot<T>>();
  Request request;
  request.writes = kind != Kind::read;
  request.work = [slot, work = std::move(work)] {
    if constexpr (std::is_void_v<T>) {
      work();
      slot->value = {};
    } else {
      slot->value = work();
    }
  };
  request.done = [slot, kind, executor, inline_ = !options_.own_thread, waiters = waiters_,
                  on_damage = options_.on_damage](std::optional<StoreError> error) {
    std::string found;
    if (error && error->damaged) found = error->detail;
    if (error) slot->value = std::unexpected(std::move(*error));
    // What came to `unknown` may have been committed: nobody else would wake for it.
    const bool written = kind != Kind::read &&
                         (slot->value || slot->value.error().status == StoreStatus::unknown);
    auto finish = [slot, kind, written, waiters, on_damage, found] {
      if (written && kind == Kind::write) waiters->something = true;
      if (written) waiters->wake();
      slot->finish();
      if (!found.empty() && on_damage) on_damage(found);
    };
    if (inline_) finish(); else asio::post(executor, std::move(finish));
  };
  writer_.submit(std::move(request));
  if (!slot->finished) {
    auto timer = io::make_timer(executor, options_.deadline);
    slot->timer = &timer;
    const Waiting<T> waiting{slot};
    co_await timer.async_wait(asio::posix::stream_descriptor::wait_read, quietly);
  }
  // The writer may still fill the slot of a call that was given up.
  if (!slot->finished) {
    co_return std::unexpected(StoreError{StoreStatus::unknown, "no answer within the deadline"});
  }
  co_return std::move(slot->value);
}

awaitable<void> SqliteStore::wait() {
  const auto waiters = waiters_;
  if (waiters->something) co_return;
  io::Signal signal(co_await asio::this_coro::executor);
  waiters->signals.push_back(&signal);
  struct Leave {
    Waiters& waiters;
    io::Signal* signal;
    ~Leave() { std::erase(waiters.signals, signal); }
  } leave{*waiters, &signal};
  co_await signal.wait();
}

// Counting what it allocates would take a lock at each allocation, and nobody asks. In vain, and no
// harm, where SQLite is in use already.
void spare_the_counting() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

std::expected<std::unique_ptr<Store>, NotOpened> open_sqlite_store(StoreOptions options) {
  const auto failed = [file = options.path.string()](const NotOpened& why) {
    return std::unexpected(NotOpened{fmt::format("{}: {}", file, why.words), why.may_pass});
  };
  if (auto problem = problem_before_opening(options.path)) return failed({*problem});
  spare_the_counting();
  try {
    // No lock of SQLite's own: after the opening only the writer's thread uses the connection.
    auto db = std::make_unique<SQLite::Database>(
        options.path.string(),
        SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
        static_cast<int>(limits::ledger_busy.count()));
    if (auto problem = prepare(*db, options.pretended, options.salt)) return failed(*problem);
    return std::make_unique<SqliteStore>(std::move(db), std::move(options));
  } catch (const SQLite::Exception& error) {
    return failed(not_opened(error));
  }
}

}  // namespace duban::ledger
