#include "peers/run.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <stdexcept>

namespace duban::testing {

void start(boost::asio::io_context& loop, boost::asio::awaitable<void> work,
           std::function<void(std::exception_ptr)> ended, boost::asio::cancellation_slot slot) {
  boost::asio::co_spawn(loop, std::move(work),
                        boost::asio::bind_cancellation_slot(slot, std::move(ended)));
}

void run(boost::asio::io_context& loop, boost::asio::awaitable<void> work) {
  bool over = false;
  std::exception_ptr failure;
  start(loop, std::move(work), [&](std::exception_ptr thrown) {
    over = true;
    failure = std::move(thrown);
  });
  loop.restart();
  while (!over && loop.run_one() > 0) {
  }
  if (failure) std::rethrow_exception(failure);
  if (!over) throw std::runtime_error("the loop ran dry before the coroutine ended");
}

}  // namespace duban::testing
