#include "io/turn.h"

#include <boost/asio/experimental/channel.hpp>
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
  co_await state->token.async_receive(asio::use_awaitable);
  co_return Held{state};
}

}  // namespace duban::io
