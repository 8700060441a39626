#include "io/aside.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace duban::io {

namespace asio = boost::asio;

namespace {

asio::awaitable<void> call(std::function<void()> work) {
  work();
  co_return;
}

}  // namespace

struct Aside::State {
  asio::thread_pool pool{1};
};

Aside::Aside() : state_(std::make_unique<State>()) {}

Aside::~Aside() {
  state_->pool.stop();
  state_->pool.join();
}

asio::awaitable<void> Aside::run(std::function<void()> work) {
  co_await asio::co_spawn(state_->pool.get_executor(), call(std::move(work)),
                          asio::use_awaitable);
}

}  // namespace duban::io
