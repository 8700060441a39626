#include "app/watchdog.h"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "io/service_manager.h"
#include "io/timer_descriptor.h"

namespace duban::app {

namespace asio = boost::asio;

// A wait for a descriptor, as all others of the loop: in a burst it gets its turn after what stands
// before it, and does not wait for a quiet moment. Four times within the span, so that three such
// turns may each be a long one.
asio::awaitable<void> feed_watchdog() {
  auto within = io::service_manager::watchdog();
  if (!within) co_return;
  auto pause = std::max(std::chrono::duration_cast<std::chrono::milliseconds>(*within / 4),
                        std::chrono::milliseconds{1});
  auto timer = io::make_timer(co_await asio::this_coro::executor, pause);
  for (;;) {
    io::service_manager::alive();
    co_await timer.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
    io::set_timer(timer, pause);
  }
}

}  // namespace duban::app
