#include "io/task_group.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <vector>

#include "peers/run.h"
#include "io/signal.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::run;
using namespace std::chrono_literals;

asio::awaitable<void> wait_for(Signal& signal) { co_await signal.wait(); }
asio::awaitable<void> wait_and_count(Signal& signal, int& count) {
  co_await signal.wait();
  ++count;
}
asio::awaitable<void> fail() {
  throw std::runtime_error("broken");
  co_return;
}
// Takes no notice of being cancelled.
asio::awaitable<void> stubborn(Signal& signal) {
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  co_await signal.wait();
}
asio::awaitable<void> complain_when_cancelled(Signal& signal) {
  try {
    co_await signal.wait();
  } catch (const boost::system::system_error&) {
    throw std::runtime_error("lost my work");
  }
}

struct Failures {
  std::vector<std::string> names;
  TaskGroup::OnFailure listener() {
    return [this](std::string_view name, std::exception_ptr) { names.emplace_back(name); };
  }
};

TEST(TaskGroup, names_the_task_that_failed) {
  asio::io_context loop;
  Failures failures;
  TaskGroup group(loop.get_executor(), failures.listener());
  group.spawn("digger", fail());
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_EQ(failures.names, std::vector<std::string>{"digger"});
}

TEST(TaskGroup, joins_tasks_that_end_by_themselves) {
  asio::io_context loop;
  Failures failures;
  Signal first(loop.get_executor()), second(loop.get_executor());
  TaskGroup group(loop.get_executor(), failures.listener());
  int ended = 0;
  group.spawn("a", wait_and_count(first, ended));
  group.spawn("b", wait_and_count(second, ended));
  first.raise();
  second.raise();
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_EQ(ended, 2);
  EXPECT_TRUE(failures.names.empty());
}

TEST(TaskGroup, cancelled_tasks_end_and_are_no_failures) {
  asio::io_context loop;
  Failures failures;
  Signal never(loop.get_executor());
  TaskGroup group(loop.get_executor(), failures.listener());
  group.spawn("waiter", wait_for(never));
  group.cancel();
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_EQ(group.running(), 0U);
  EXPECT_TRUE(failures.names.empty());
}

TEST(TaskGroup, a_real_failure_while_being_cancelled_is_still_told) {
  asio::io_context loop;
  Failures failures;
  Signal never(loop.get_executor());
  TaskGroup group(loop.get_executor(), failures.listener());
  group.spawn("keeper", complain_when_cancelled(never));
  loop.poll();
  group.cancel();
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_EQ(failures.names, std::vector<std::string>{"keeper"});
}

TEST(TaskGroup, join_gives_up_on_a_task_that_does_not_end) {
  asio::io_context loop;
  Failures failures;
  Signal never(loop.get_executor());
  TaskGroup group(loop.get_executor(), failures.listener());
  group.spawn("mule", stubborn(never));
  loop.poll();
  group.cancel();
  EXPECT_FALSE(run(loop, group.join(0s)));
  EXPECT_EQ(group.running(), 1U);
  never.raise();
  EXPECT_TRUE(run(loop, group.join(10s)));
}

TEST(TaskGroup, starts_nothing_after_a_cancel) {
  asio::io_context loop;
  Failures failures;
  TaskGroup group(loop.get_executor(), failures.listener());
  group.cancel();
  group.spawn("late", fail());
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_TRUE(failures.names.empty());
}

}  // namespace
}  // namespace duban::io
