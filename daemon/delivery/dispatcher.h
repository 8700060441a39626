#pragma once
// The loop of delivery: claims due notices under a lease, hands them to channels, writes down what
// came of it. It knows no plan. One thread: its executor's.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/limits.h"
#include "base/tongue.h"
#include "delivery/channel.h"
#include "ledger/store.h"

namespace duban::delivery {

/// An endpoint as the running plans know it.
struct Endpoint {
  std::string channel, address;
  /// As a mail's To shows it; may be empty.
  std::string recipient_name;
  /// Of what stands in its messages.
  Tongue language = Tongue::chinese;
};

/// Looks an endpoint up; nothing: it is in no plan any more.
using Resolver =
    std::function<std::optional<Endpoint>(const std::string& plan, const std::string& endpoint)>;

struct DispatcherOptions {
  /// Pilot mode: everything goes to this endpoint, saying whom it was for.
  std::optional<Endpoint> redirect_all;
  /// Returns at a machine time (absent: when cancelled), or when the clock was set. Empty: an alarm
  /// on the machine's clock. Tests put their own.
  std::function<boost::asio::awaitable<void>(std::optional<Instant>)> sleep_until;
  /// Something was settled: the plans' records have grown. Deliveries alone are told together, at
  /// most a second later.
  std::function<void()> on_change;
  /// Called for each settlement that is written, with the channel's id (the pilot's, where all goes
  /// there; the notice's own, where there was no way to it).
  std::function<void(const ledger::Settlement&, const std::string& channel)> on_settled;
  /// The store failed; run() goes on, or throws.
  std::function<void(const ledger::StoreError&)> on_trouble;
  /// A task ended by an exception (a bug): the owner logs the name and stops.
  std::function<void(std::string_view name, std::exception_ptr failure)> on_failure;
  /// From stop() on, what is in flight may take so long.
  Seconds stop_within = limits::stop_within - Seconds{2};
  Seconds lease = limits::lease;
  /// Of this run, for its leases; empty: random.
  std::string token = {};
};

class Dispatcher {
 public:
  using Channels = std::map<std::string, std::shared_ptr<Channel>>;
  /// All must outlive the dispatcher, which must not be destroyed while run() runs.
  Dispatcher(boost::asio::any_io_executor executor, ledger::Store& store, const Clock& clock,
             Channels channels, Resolver resolve, DispatcherOptions options);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  /// Until stop(). Waits, never polls. Throws std::runtime_error where the store cannot be gone on
  /// with: nothing is sent any more, and what is being sent is not written down.
  boost::asio::awaitable<void> run();
  /// No new claims; what is in flight is settled, what has not ended in time is cut off and settled
  /// as unknown; then run() returns.
  void stop();

  /// Other channels, other addresses (the resolver's), and pilot mode on or off, after a reload:
  /// for every attempt from now on.
  void use(Channels channels, std::optional<Endpoint> redirect_all);
  /// After a send-test that worked: the endpoint is tried again.
  void reinstate(const ledger::EndpointKey& endpoint);
  /// After a reload: every endpoint has a fresh start.
  void reinstate_all();
  /// 410, or the like: nothing is sent there.
  bool is_gone(const ledger::EndpointKey& endpoint) const;
  /// Claimed and not yet settled.
  std::size_t in_hand() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::delivery
