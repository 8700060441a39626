#include "io/together.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <vector>

namespace duban::io {

namespace asio = boost::asio;

namespace {

struct Jobs {
  std::size_t count, next = 0;
  std::function<asio::awaitable<void>(std::size_t)> job;
  bool failed = false;
};

asio::awaitable<void> one_after_another(std::shared_ptr<Jobs> jobs) {
  try {
    while (jobs->next < jobs->count && !jobs->failed) co_await jobs->job(jobs->next++);
  } catch (...) {
    jobs->failed = true;
    throw;
  }
}

}  // namespace

asio::awaitable<void> together(std::size_t count, std::size_t at_once,
                               std::function<asio::awaitable<void>(std::size_t)> job) {
  if (count == 0) co_return;
  auto executor = co_await asio::this_coro::executor;
  auto jobs = std::make_shared<Jobs>(Jobs{.count = count, .job = std::move(job)});
  auto start = [&] { return asio::co_spawn(executor, one_after_another(jobs), asio::deferred); };
  std::vector<decltype(start())> lines;
  for (std::size_t line = 0; line < std::min(count, at_once); ++line) lines.push_back(start());
  auto [order, failures] =
      co_await asio::experimental::make_parallel_group(std::move(lines))
          .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (auto line : order) {
    if (failures[line]) std::rethrow_exception(failures[line]);
  }
}

}  // namespace duban::io
