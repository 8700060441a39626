#pragma once
// An event that a coroutine awaits: "something changed, look again".

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

namespace duban::io {

/// Sticks until somebody has waited: raised before or during the wait, once or many times, it wakes
/// one wait. Meant for one waiter at a time. raise() may be called from any thread.
class Signal {
 public:
  explicit Signal(boost::asio::any_io_executor executor);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void raise();
  /// Throws boost::system::system_error (operation_aborted) when the coroutine is cancelled.
  boost::asio::awaitable<void> wait();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::io
