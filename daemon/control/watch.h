#pragma once
// What those who watch over the daemon fetch, on the local listener and on the socket: /metrics,
// /livez, /readyz. None of it waits for the loop or the ledger, so that it is answered while those
// do not turn.

#include <functional>
#include <optional>

#include "control/answerer.h"
#include "control/health.h"
#include "control/metrics.h"

namespace duban::control {

/// Where the numbers are; asked on the engine's thread.
struct WatchSources {
  /// What is measured, but for `live` and `ready`.
  std::function<Measured()> measured;
  /// The socket is open.
  std::function<bool()> listening;
};

/// /livez and the like as values; refers to what the sources refer to.
class Watch {
 public:
  explicit Watch(WatchSources sources) : sources_(std::move(sources)) {}
  /// The answer to a path that is a watcher's; nothing: it is none.
  std::optional<Reply> answer(const Request& request) const;
  /// What keeps it from being live and ready: for the heartbeat.
  Faults faults() const;
  /// In which it is told.
  Tongue language() const { return sources_.measured().pulse.language; }

 private:
  Reply metrics() const;
  WatchSources sources_;
};

/// A server's answerer that knows a watcher's paths and hands all others on.
class WatchedAnswerer final : public Answerer {
 public:
  /// Both must outlive it.
  WatchedAnswerer(const Watch& watch, Answerer& others) : watch_(watch), others_(others) {}
  boost::asio::awaitable<Reply> answer(Request request) override;
  std::size_t body_bound(std::string_view target) const override {
    return others_.body_bound(target);
  }
  Reply refuse(const engine::Refusal& refusal) const override { return others_.refuse(refusal); }

 private:
  const Watch& watch_;
  Answerer& others_;
};

/// The local listener's own: there is nothing else on it, and it is asked by this machine's name
/// only (rebinding a name to its address gets nobody in).
class WatchOnly final : public Answerer {
 public:
  /// `watch` must outlive it.
  explicit WatchOnly(const Watch& watch) : watch_(watch) {}
  boost::asio::awaitable<Reply> answer(Request request) override;
  std::size_t body_bound(std::string_view) const override { return 0; }
  Reply refuse(const engine::Refusal& refusal) const override;

 private:
  const Watch& watch_;
};

}  // namespace duban::control
