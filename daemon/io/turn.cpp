#include "io/turn.h"

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace duban::io {

namespace asio = boost::asio;

// The channel holds one token; whoever has received it has the turn.
struct Turn::Held::State {
  explicit State(asio::any_io_executor executor) : token(std::move(executor), 1) {
    token.try_send(boost::system::error_code{});
  }
  asio::experimental::channel<void(boost::system::error_code)> token;
};

Turn::Held::~Held() {
  if (state_) state_->token.try_send(boost::system::error_code{});
}

Turn::Turn(asio::any_io_executor executor)
    : state_(std::make_shared<Held::State>(std::move(executor))) {}

asio::awaitable<Turn::Held> Turn::take() {
  auto state = state_;
  boost::system::error_code failed;
  co_await state->token.async_receive(asio::redirect_error(asio::use_awaitable, failed));
  // The channel has its own word for it; whoever is cancelled sees one.
  if (failed) throw boost::system::system_error(asio::error::operation_aborted);
  co_return Held{state};
}

}  // namespace duban::io
