#pragma once
// Several coroutines at a time on one thread, so that one waits while another goes on.

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>

namespace duban::io {

/// Runs job(0) to job(count - 1), at most `at_once` of them at a time, and returns when all have
/// ended. Begins no more once one has thrown, and throws that on when the others have ended. When
/// cancelled, cancels them. `job` must outlive the call.
boost::asio::awaitable<void> together(
    std::size_t count, std::size_t at_once,
    std::function<boost::asio::awaitable<void>(std::size_t)> job);

}  // namespace duban::io
