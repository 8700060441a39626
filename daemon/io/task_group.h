#pragma once
// The one place where coroutines are started. A task that throws is told to the group's owner by
// name (asio::detached would swallow it), and tasks can be cancelled and joined together.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.h"

namespace duban::io {

/// One thread: its executor's.
class TaskGroup {
 public:
  using OnFailure = std::function<void(std::string_view name, std::exception_ptr failure)>;

  TaskGroup(boost::asio::any_io_executor executor, OnFailure on_failure);
  /// Cancels what still runs; whoever needs the tasks to have ended joins first.
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts a task. Give it a named coroutine function that takes values (a capturing lambda's
  /// captures die with the lambda). After cancel() it is not started.
  void spawn(std::string name, boost::asio::awaitable<void> task);
  /// Asks every task to end; what they throw from now on for having been cancelled is no failure.
  void cancel();
  /// Waits until every task has ended, at most `within`. True when all have.
  boost::asio::awaitable<bool> join(Seconds within);
  std::size_t running() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace duban::io
