#include "io/signal.h"

#include <boost/asio/experimental/concurrent_channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace duban::io {

// A channel of one place, not a timer set to never: an idle program keeps no timer in the reactor.
struct Signal::State {
  explicit State(boost::asio::any_io_executor executor) : raised(std::move(executor), 1) {}
  boost::asio::experimental::concurrent_channel<void(boost::system::error_code)> raised;
};

Signal::Signal(boost::asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

Signal::~Signal() = default;

void Signal::raise() { state_->raised.try_send(boost::system::error_code{}); }

boost::asio::awaitable<void> Signal::wait() {
  auto state = state_;
  boost::system::error_code failed;
  co_await state->raised.async_receive(
      boost::asio::redirect_error(boost::asio::use_awaitable, failed));
  // The channel has its own word for it; whoever is cancelled sees one.
  if (failed) throw boost::system::system_error(boost::asio::error::operation_aborted);
}

}  // namespace duban::io
