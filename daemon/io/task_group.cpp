#include "io/task_group.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <list>

#include "io/deadline.h"
#include "io/signal.h"

namespace duban::io {

namespace asio = boost::asio;

struct TaskGroup::State {
  State(asio::any_io_executor on, OnFailure tell)
      : executor(std::move(on)), on_failure(std::move(tell)), task_ended(executor) {}

  struct Task {
    std::string name;
    asio::cancellation_signal cancel;
  };

  asio::any_io_executor executor;
  OnFailure on_failure;
  Signal task_ended;
  std::list<Task> tasks;
  bool cancelled = false;

  void ended(std::list<Task>::iterator task, std::exception_ptr failure) {
    auto name = std::move(task->name);
    tasks.erase(task);
    if (failure && !is_expected(failure) && on_failure) on_failure(name, failure);
    task_ended.raise();
  }

  bool is_expected(const std::exception_ptr& failure) const {
    if (!cancelled) return false;
    try {
      std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
      return error.code() == asio::error::operation_aborted;
    } catch (...) {
      return false;
    }
  }
};

namespace {

template <class State>
asio::awaitable<void> wait_until_empty(std::shared_ptr<State> state) {
  while (!state->tasks.empty()) co_await state->task_ended.wait();
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor, OnFailure on_failure)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_failure))) {}

TaskGroup::~TaskGroup() {
  cancel();
  state_->on_failure = nullptr;
}

void TaskGroup::spawn(std::string name, asio::awaitable<void> task) {
  if (state_->cancelled) return;
  auto& entry = state_->tasks.emplace_back();
  entry.name = std::move(name);
  auto at = std::prev(state_->tasks.end());
  asio::co_spawn(state_->executor, std::move(task),
                 asio::bind_cancellation_slot(
                     entry.cancel.slot(), [state = state_, at](std::exception_ptr failure) {
                       state->ended(at, std::move(failure));
                     }));
}

void TaskGroup::cancel() {
  state_->cancelled = true;
  // Posted: a task may be cancelling its own group, and must not be resumed inside itself.
  asio::post(state_->executor, [state = state_] {
    for (auto task = state->tasks.begin(); task != state->tasks.end();) {
      auto next = std::next(task);
      task->cancel.emit(asio::cancellation_type::all);
      task = next;
    }
  });
}

asio::awaitable<bool> TaskGroup::join(Seconds within) {
  auto state = state_;
  co_await ends_within(wait_until_empty(state), within);
  co_return state->tasks.empty();
}

std::size_t TaskGroup::running() const { return state_->tasks.size(); }

}  // namespace duban::io
