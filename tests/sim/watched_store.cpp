#include "sim/watched_store.h"

#include <algorithm>
#include <utility>

#include "io/deadline.h"
#include "ledger/sqlite_store.h"
#include "sim/world.h"

namespace duban::sim {

using boost::asio::awaitable;

std::unique_ptr<WatchedStore> WatchedStore::open(World& world, Disk& disk, ledger::Fault fault,
                                                 std::string& refused) {
  std::unique_ptr<WatchedStore> watched{new WatchedStore{world, disk}};
  ledger::StoreOptions options;
  options.path = "ledger.sqlite";
  options.executor = world.loop().get_executor();
  options.salt = "salt of a simulated ledger";
  options.own_thread = false;
  options.fault = std::move(fault);
  // A commit takes its time; what comes meanwhile shares the next one.
  options.later = [&world, &ticket = watched->turn_](std::function<void()> turn) {
    ticket = world.after(world.dice().between(0, 8), std::move(turn));
  };
  disk.set_step("open");
  auto store = ledger::open_sqlite_store(std::move(options));
  if (!store) {
    refused = store.error().words;
    return nullptr;
  }
  watched->store_ = std::move(*store);
  return watched;
}

WatchedStore::~WatchedStore() { world_.cancel(turn_); }

awaitable<void> WatchedStore::point(const char* step) {
  world_.pass_point("await", step);
  auto& dice = world_.dice();
  if (dice.in_hundred(15)) co_await io::pass(std::chrono::milliseconds{dice.between(1, 60)});
  if (world_.is_dead()) co_await io::pass(std::chrono::hours{24 * 365});
}

template <class T>
awaitable<ledger::StoreResult<T>> WatchedStore::watched(const char* step, Result<T> call) {
  co_await point(step);
  disk_.set_step(step);
  auto answer = co_await std::move(call);
  if (!answer) {
    world_.count(std::string{"store "} + step + " " +
                 std::to_string(static_cast<int>(answer.error().status)));
  }
  co_await point(step);
  co_return answer;
}

auto WatchedStore::cursor(std::string plan) -> Result<ledger::Cursor> {
  return watched("refresh", store_->cursor(std::move(plan)));
}
auto WatchedStore::cursors() -> Result<std::map<std::string, ledger::Cursor>> {
  return watched("refresh", store_->cursors());
}
auto WatchedStore::read(std::string plan, std::int64_t after, std::size_t limit)
    -> Result<ledger::Rows> {
  return watched("refresh", store_->read(std::move(plan), after, limit));
}

auto WatchedStore::advance(ledger::Advance step) -> Result<ledger::Advanced> {
  bool nothing = step.facts.empty() && step.notices.empty() && step.ended_items.empty() &&
                 step.ended_notices.empty();
  bool nothing_new = last_row_ == step.last_row;
  bool idle = nothing && nothing_new && !std::exchange(excused_, false);
  last_row_ = step.last_row;
  world_.count("decisions");
  auto done = co_await watched("advance", store_->advance(std::move(step)));
  if (done && on_look) on_look();
  if (done && idle && on_idle_look) on_idle_look();
  if (!done) excused_ = true;
  co_return done;
}

auto WatchedStore::record(std::string plan, std::vector<schedule::Fact> facts)
    -> Result<std::vector<std::int64_t>> {
  excused_ = true;
  return watched("record", store_->record(std::move(plan), std::move(facts)));
}
auto WatchedStore::settle_and_claim(std::vector<ledger::Settlement> settled, std::string token,
                                    std::size_t limit, Seconds lease, Instant now,
                                    std::vector<ledger::EndpointKey> held_back)
    -> Result<ledger::Batch> {
  const auto* step = settled.empty() ? "claim" : "settle";
  std::vector<std::string> notices;
  for (const auto& one : settled) {
    if (one.attempted && one.outcome == AttemptOutcome::delivered) notices.push_back(one.notice);
  }
  auto batch = co_await watched(
      step, store_->settle_and_claim(std::move(settled), std::move(token), limit, lease, now,
                                     std::move(held_back)));
  if (batch && on_settled) {
    for (const auto& notice : notices) {
      bool stale = std::ranges::find(batch->stale, notice) != batch->stale.end();
      if (!stale) on_settled(notice);
    }
  }
  co_return batch;
}
auto WatchedStore::leased(std::string token) -> Result<std::vector<ledger::Claimed>> {
  return watched("claim", store_->leased(std::move(token)));
}
auto WatchedStore::bounce(ledger::Bounce bounce) -> Result<ledger::BounceAnswer> {
  return watched("bounce", store_->bounce(std::move(bounce)));
}
auto WatchedStore::postpone(ledger::EndpointKey endpoint, Instant next_at) -> Result<void> {
  return watched("postpone", store_->postpone(std::move(endpoint), next_at));
}
auto WatchedStore::notices(ledger::NoticeQuery query) -> Result<std::vector<ledger::NoticeView>> {
  return watched("ask", store_->notices(std::move(query)));
}
auto WatchedStore::outbox(std::string plan, std::int64_t after, std::size_t limit)
    -> Result<ledger::OutboxRows> {
  return watched("ask", store_->outbox(std::move(plan), after, limit));
}
auto WatchedStore::counts(std::string plan) -> Result<ledger::OutboxCounts> {
  return watched("ask", store_->counts(std::move(plan)));
}
auto WatchedStore::shift(Seconds by) -> Result<void> {
  excused_ = true;
  return watched("shift", store_->shift(by));
}

}  // namespace duban::sim
