#pragma once
// One at a time: coroutines of one thread that must not come between each other's awaits.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

namespace duban::io {

/// First come, first served. One thread: the executor's.
class Turn {
 public:
  /// Holding it is having the turn; destroying it passes the turn on.
  class Held {
   public:
    Held(Held&&) noexcept = default;
    Held& operator=(Held&&) = delete;
    ~Held();

   private:
    friend class Turn;
    struct State;
    explicit Held(std::shared_ptr<State> state) : state_(std::move(state)) {}
    std::shared_ptr<State> state_;
  };

  explicit Turn(boost::asio::any_io_executor executor);
  /// Throws boost::system::system_error (operation_aborted) when the awaiting coroutine is
  /// cancelled.
  boost::asio::awaitable<Held> take();

 private:
  std::shared_ptr<Held::State> state_;
};

}  // namespace duban::io
