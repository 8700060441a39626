#pragma once
// Who watches the watchman: a beat to a URL outside, by the convention of healthchecks (POST to it
// when well, to `/fail` below it when not). Whoever expects it hears of a daemon that has stopped,
// hangs or lost its network by hearing nothing.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/secret.h"
#include "control/health.h"
#include "io/transport.h"
#include "settings/watch_settings.h"

namespace duban::control {

/// The URL of an unwell beat: `/fail` below its path, before its query.
Secret fail_url(const Secret& url);

/// How long after a beat the next one comes: sooner after one that was `lost`.
Seconds pause_after(bool lost, Seconds every);

class Heartbeat {
 public:
  struct Tally {
    /// Answered by 2xx, and not.
    std::int64_t heard = 0, lost = 0;
    /// Machine time of the last that was heard.
    std::optional<Instant> last;
  };
  /// All must outlive it. `faults` is asked at each beat: none, and it is well. One thread: the
  /// executor's.
  Heartbeat(boost::asio::any_io_executor executor, io::Transport& transport, const Clock& clock,
            std::function<Faults()> faults);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// After a start or a reload; nothing: none. The next beat comes at once.
  void use(std::optional<settings::HeartbeatSettings> settings);
  /// Until cancelled. The first beat that is lost is logged, and the first that is heard again.
  boost::asio::awaitable<void> run();
  /// One beat, now; nothing where there is no heartbeat.
  boost::asio::awaitable<void> beat();
  Tally tally() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duban::control
