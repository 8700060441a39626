#pragma once
// Runs a coroutine to its end on a fresh loop: for tests.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

namespace duban::testing {

template <class T>
T run(boost::asio::io_context& loop, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  std::exception_ptr failure;
  boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr e, T value) {
    failure = e;
    result.emplace(std::move(value));
  });
  loop.restart();
  while (!result && loop.run_one() > 0) {
  }
  if (failure) std::rethrow_exception(failure);
  if (!result) throw std::runtime_error("the loop ran dry before the coroutine ended");
  return std::move(*result);
}

inline void run(boost::asio::io_context& loop, boost::asio::awaitable<void> work) {
  struct Nothing {};
  auto wrapped = [](boost::asio::awaitable<void> inner) -> boost::asio::awaitable<Nothing> {
    co_await std::move(inner);
    co_return Nothing{};
  };
  run(loop, wrapped(std::move(work)));
}

}  // namespace duban::testing
