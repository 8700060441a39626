#include "io/deadline.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "io/timer_descriptor.h"

namespace duban::io {

namespace asio = boost::asio;

asio::awaitable<bool> ends_within(asio::awaitable<void> work, std::chrono::milliseconds limit) {
  auto executor = co_await asio::this_coro::executor;
  auto timer = make_timer(executor, limit);
  // Not operator||: that waits for the timer when the work throws.
  auto [order, failure, timer_failure] =
      co_await asio::experimental::make_parallel_group(
          asio::co_spawn(executor, std::move(work), asio::deferred),
          timer.async_wait(asio::posix::stream_descriptor::wait_read, asio::deferred))
          .async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  bool late = order[0] == 1 && !timer_failure;
  if (!failure) co_return true;
  if (late) co_return false;
  std::rethrow_exception(failure);
}

asio::awaitable<void> pass(std::chrono::milliseconds time) {
  auto timer = make_timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
}

}  // namespace duban::io
