#pragma once
// The real store, watched: before and after each call the daemon may be held up or die, and looks
// that come to nothing without a reason are noted.

#include <functional>
#include <map>
#include <memory>

#include "ledger/fault.h"
#include "ledger/store.h"
#include "sim/disk.h"
#include "sim/outcome.h"

namespace duban::sim {

class World;

class WatchedStore final : public ledger::Store {
 public:
  /// Opens the ledger; null: it cannot be opened, `refused` says why.
  static std::unique_ptr<WatchedStore> open(World& world, Disk& disk, ledger::Fault fault,
                                            std::string& refused);
  ~WatchedStore() override;

  /// A cursor was committed.
  std::function<void()> on_look;
  /// What came of an attempt is written.
  std::function<void(const std::string& notice)> on_settled;
  /// A look by the clock alone came to nothing.
  std::function<void()> on_idle_look;
  /// Somebody asks, files are taken, the clock was set, the daemon has just started: what follows
  /// is not of the clock.
  void excuse_next_look() { excused_ = true; }

  template <class T>
  using Result = boost::asio::awaitable<ledger::StoreResult<T>>;
  const std::string& salt() const override { return store_->salt(); }
  Result<ledger::Cursor> cursor(std::string plan) override;
  Result<std::map<std::string, ledger::Cursor>> cursors() override;
  Result<ledger::Rows> read(std::string plan, std::int64_t after, std::size_t limit) override;
  Result<ledger::Advanced> advance(ledger::Advance step) override;
  Result<std::vector<std::int64_t>> record(std::string plan,
                                           std::vector<schedule::Fact> facts) override;
  Result<ledger::Batch> settle_and_claim(std::vector<ledger::Settlement> settled,
                                         std::string token, std::size_t limit, Seconds lease,
                                         Instant now,
                                         std::vector<ledger::EndpointKey> held_back) override;
  Result<std::vector<ledger::Claimed>> leased(std::string token) override;
  Result<ledger::BounceAnswer> bounce(ledger::Bounce bounce) override;
  Result<void> postpone(ledger::EndpointKey endpoint, Instant next_at) override;
  Result<std::vector<ledger::NoticeView>> notices(ledger::NoticeQuery query) override;
  Result<ledger::OutboxRows> outbox(std::string plan, std::int64_t after,
                                     std::size_t limit) override;
  Result<ledger::OutboxCounts> counts(std::string plan) override;
  Result<void> shift(Seconds by) override;
  boost::asio::awaitable<void> wait() override { return store_->wait(); }

 private:
  WatchedStore(World& world, Disk& disk) : world_(world), disk_(disk) {}
  template <class T>
  Result<T> watched(const char* step, Result<T> call);
  boost::asio::awaitable<void> point(const char* step);

  World& world_;
  Disk& disk_;
  std::unique_ptr<ledger::Store> store_;
  /// The writer's turn that is to come.
  std::pair<std::int64_t, std::uint64_t> turn_{-1, 0};
  bool excused_ = true;
  std::int64_t last_row_ = -1;
};

}  // namespace duban::sim
