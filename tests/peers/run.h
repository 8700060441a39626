#pragma once
// Runs coroutines on a loop: for tests. What Asio makes of it is compiled once, not in every test.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace duban::testing {

/// Starts it, and says how it ended. By the slot it can be cancelled.
void start(boost::asio::io_context& loop, boost::asio::awaitable<void> work,
           std::function<void(std::exception_ptr)> ended,
           boost::asio::cancellation_slot slot = {});

/// Runs it to its end, or throws what it throws.
void run(boost::asio::io_context& loop, boost::asio::awaitable<void> work);

/// As above; comes back with what it comes to.
template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  auto kept = [](boost::asio::awaitable<T> inner,
                 std::optional<T>& into) -> boost::asio::awaitable<void> {
    into.emplace(co_await std::move(inner));
  };
  run(loop, kept(std::move(work), result));
  return std::move(*result);
}

}  // namespace duban::testing
