#include "engine/kept_ledger.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <optional>

#include "base/limits.h"
#include "delivery/settle.h"
#include "engine/rehearsal.h"
#include "ledger/backup.h"
#include "ledger/sqlite_store.h"

namespace duban::engine {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t claimed_at_once = 500;

class SqliteBook final : public KeptLedger {
 public:
  std::optional<Bilingual> open(const fs::path& file) {
    auto opened = ledger::open_sqlite_store({.path = file,
                                             .pretended = true,
                                             .executor = loop_.get_executor(),
                                             .salt = std::string{rehearsal_salt},
                                             .own_thread = false});
    if (!opened) return alike(opened.error().words);
    store_ = std::move(*opened);
    return std::nullopt;
  }

  bool step(PlanRun& run, const Step& step) override {
    auto advance = step.advance;
    return done(store_->advance(std::move(advance))) && catch_up(run);
  }
  bool record(PlanRun& run, std::vector<schedule::Fact> facts) override {
    return done(store_->record(run.plan().id, std::move(facts))) && catch_up(run);
  }
  bool delivered(PlanRun& run, const std::vector<std::string>& notices, Instant at) override {
    return notices.empty() || (deliver(at) && catch_up(run));
  }
  const std::string& trouble() const override { return trouble_; }

 private:
  // The store runs on this thread: its answer is there when the loop has nothing left to do.
  template <class T>
  std::optional<T> done(asio::awaitable<ledger::StoreResult<T>> call) {
    std::optional<ledger::StoreResult<T>> result;
    std::exception_ptr failure;
    asio::co_spawn(loop_, std::move(call), [&](std::exception_ptr thrown, auto answer) {
      failure = std::move(thrown);
      result = std::move(answer);
    });
    loop_.restart();
    loop_.run();
    if (failure) std::rethrow_exception(failure);
    if (result && *result) return std::move(**result);
    trouble_ = result ? result->error().detail : "the ledger did not answer";
    return std::nullopt;
  }

  // What was written comes back as it will be read.
  bool catch_up(PlanRun& run) {
    auto cursor = done(store_->cursor(run.plan().id));
    while (cursor && run.last_row() < cursor->last_row) {
      auto rows = done(store_->read(run.plan().id, run.last_row(), limits::ledger_rows));
      if (!rows) return false;
      run.fold(*rows);
      if (rows->rows.size() < limits::ledger_rows) break;
    }
    if (cursor) run.set_cursor(*cursor);
    return cursor.has_value();
  }

  bool deliver(Instant at) {
    std::vector<ledger::Settlement> settled;
    do {
      auto batch = done(store_->settle_and_claim(std::move(settled), "rehearsal", claimed_at_once,
                                                 limits::lease, at, {}));
      if (!batch) return false;
      settled.clear();
      for (const auto& claimed : batch->claimed) {
        delivery::Moment now{.machine = at, .business = at};
        settled.push_back(delivery::settle(claimed, arrived(), {}, now));
      }
    } while (!settled.empty());
    return true;
  }

  static delivery::Outcome arrived() {
    delivery::Outcome outcome;
    outcome.outcome = AttemptOutcome::delivered;
    outcome.reason = Reason::accepted;
    return outcome;
  }

  asio::io_context loop_;
  std::unique_ptr<ledger::Store> store_;
  std::string trouble_;
};

// Nothing is there, or what an earlier rehearsal left.
std::optional<Bilingual> make_room(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  auto found = ledger::examine_ledger(file);
  if (!found || !found->pretended) {
    return both("{} 不是排演的台账,不覆盖", "{} is no ledger of a rehearsal and is not replaced",
                file.string());
  }
  for (const auto* journal : {"-wal", "-shm", ""}) {
    fs::remove(file.string() + journal, error);
    if (error) {
      return both("换不了 {}:{}", "cannot replace {}: {}", file.string(), error.message());
    }
  }
  return std::nullopt;
}

}  // namespace

std::expected<std::unique_ptr<KeptLedger>, Bilingual> make_kept_ledger(const fs::path& file) {
  if (auto taken = make_room(file)) return std::unexpected(*taken);
  auto book = std::make_unique<SqliteBook>();
  if (auto trouble = book->open(file)) return std::unexpected(*trouble);
  return book;
}

}  // namespace duban::engine
