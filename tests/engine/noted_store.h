#pragma once
// A ledger that remembers how much of it was asked for at once, and refuses what a test says.

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "ledger/store.h"

namespace duban::engine {

class NotedStore final : public ledger::Store {
 public:
  explicit NotedStore(std::unique_ptr<ledger::Store> store) : store_(std::move(store)) {}

  /// Rows asked for at once, in the order of the questions.
  std::vector<std::size_t> reads, outbox_reads;
  /// What it answers in place of writing a step; nothing: the step is written.
  std::function<std::optional<ledger::StoreError>(const ledger::Advance&)> refuses;

  template <class T>
  using Result = boost::asio::awaitable<ledger::StoreResult<T>>;
  const std::string& salt() const override { return store_->salt(); }
  Result<ledger::Cursor> cursor(std::string plan) override {
    return store_->cursor(std::move(plan));
  }
  Result<std::map<std::string, ledger::Cursor>> cursors() override { return store_->cursors(); }
  Result<ledger::Rows> read(std::string plan, std::int64_t after, std::size_t limit) override {
    reads.push_back(limit);
    return store_->read(std::move(plan), after, limit);
  }
  Result<ledger::Advanced> advance(ledger::Advance step) override {
    auto refused = refuses ? refuses(step) : std::nullopt;
    if (refused) co_return std::unexpected(std::move(*refused));
    co_return co_await store_->advance(std::move(step));
  }
  Result<std::vector<std::int64_t>> record(std::string plan,
                                           std::vector<schedule::Fact> facts) override {
    return store_->record(std::move(plan), std::move(facts));
  }
  Result<ledger::Batch> settle_and_claim(std::vector<ledger::Settlement> settled,
                                         std::string token, std::size_t limit, Seconds lease,
                                         Instant now,
                                         std::vector<ledger::EndpointKey> held_back) override {
    return store_->settle_and_claim(std::move(settled), std::move(token), limit, lease, now,
                                    std::move(held_back));
  }
  Result<std::vector<ledger::Claimed>> leased(std::string token) override {
    return store_->leased(std::move(token));
  }
  Result<ledger::BounceAnswer> bounce(ledger::Bounce bounce) override {
    return store_->bounce(std::move(bounce));
  }
  Result<void> postpone(ledger::EndpointKey endpoint, Instant next_at) override {
    return store_->postpone(std::move(endpoint), next_at);
  }
  Result<std::vector<ledger::NoticeView>> notices(ledger::NoticeQuery query) override {
    return store_->notices(std::move(query));
  }
  Result<ledger::OutboxCounts> counts(std::string plan) override {
    return store_->counts(std::move(plan));
  }
  Result<ledger::OutboxRows> outbox(std::string plan, std::int64_t after,
                                    std::size_t limit) override {
    outbox_reads.push_back(limit);
    return store_->outbox(std::move(plan), after, limit);
  }
  Result<void> shift(Seconds by) override { return store_->shift(by); }
  boost::asio::awaitable<void> wait() override { return store_->wait(); }

 private:
  std::unique_ptr<ledger::Store> store_;
};

}  // namespace duban::engine
