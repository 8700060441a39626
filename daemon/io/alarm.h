#pragma once
// Waiting for a moment of the machine's wall clock, on one absolute timerfd: nothing polls, and a
// clock that somebody sets wakes the waiter at once.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>

#include "base/time.h"

namespace duban::io {

enum class Woken {
  /// The moment has come.
  time,
  /// Somebody set CLOCK_REALTIME: read the clock again and decide anew.
  clock_set,
  /// cancel(), or the awaiting coroutine was cancelled.
  cancelled,
};

/// Needs Linux timerfd; the constructor throws std::system_error without it. One thread.
class Alarm {
 public:
  explicit Alarm(boost::asio::any_io_executor executor);
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Until `deadline` (machine time; a past one returns at once); without one until the clock is
  /// set or cancel(). One wait at a time. A clock set between two waits wakes the second.
  boost::asio::awaitable<Woken> wait(std::optional<Instant> deadline);
  /// Ends the present wait, or else the next one at once: what is told between two is not lost.
  void cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::io
