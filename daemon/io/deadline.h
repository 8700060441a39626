#pragma once
// Work that must end in time.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <utility>

namespace duban::io {

/// Runs `work`; when it has not ended after `limit` it is cancelled and waited for (so it must end
/// when cancelled). True when it ended by itself. What it throws by itself is thrown on.
boost::asio::awaitable<bool> ends_within(boost::asio::awaitable<void> work,
                                         std::chrono::milliseconds limit);

/// Returns when `time` has passed.
boost::asio::awaitable<void> pass(std::chrono::milliseconds time);

template <class T>
boost::asio::awaitable<void> keep_result(boost::asio::awaitable<T> work, std::optional<T>* into) {
  into->emplace(co_await std::move(work));
}

/// The result of `work`, or nothing when it had to be cancelled after `limit`.
template <class T>
boost::asio::awaitable<std::optional<T>> with_deadline(boost::asio::awaitable<T> work,
                                                       std::chrono::milliseconds limit) {
  std::optional<T> result;
  co_await ends_within(keep_result(std::move(work), &result), limit);
  co_return result;
}

}  // namespace duban::io
