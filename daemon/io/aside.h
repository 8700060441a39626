#pragma once
// A thread for what takes long and waits for nothing: the loop goes on meanwhile, so that nobody's
// notice is delayed by it.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>

namespace duban::io {

class Aside {
 public:
  Aside();
  /// Waits for what still runs.
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  /// Runs `work` on the thread, one at a time, and comes back to the caller's executor. What it
  /// throws is thrown on. It cannot be cancelled, and may outlive its caller: it holds values, or
  /// shares what it refers to.
  boost::asio::awaitable<void> run(std::function<void()> work);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duban::io
