#pragma once
// A timer of its own to await, for .cpp files that need one. Asio's timers share a timerfd that
// stays armed when they are cancelled and rings every five minutes for as long as the loop lives: a
// daemon that is to sleep between stages would not. Here a cancelled timer is gone.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>

namespace duban::io {

/// Readable once `after` has passed (CLOCK_MONOTONIC): await it with
/// `async_wait(stream_descriptor::wait_read, …)`. Throws std::system_error without a timerfd.
boost::asio::posix::stream_descriptor make_timer(const boost::asio::any_io_executor& executor,
                                                 std::chrono::milliseconds after);
/// The same timer set anew; a moment that had come is forgotten. Waits under way go on.
void set_timer(boost::asio::posix::stream_descriptor& timer, std::chrono::milliseconds after);
/// It rings no more until it is set.
void stop_timer(boost::asio::posix::stream_descriptor& timer);

}  // namespace duban::io
