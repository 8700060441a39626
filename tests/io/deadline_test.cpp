#include "io/deadline.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "peers/run.h"
#include "io/signal.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::run;
using namespace std::chrono_literals;

asio::awaitable<int> answer(int value) { co_return value; }

asio::awaitable<int> answer_after(Signal& signal, int value) {
  co_await signal.wait();
  co_return value;
}

asio::awaitable<int> complain() {
  throw std::runtime_error("no answer");
  co_return 0;
}

TEST(Deadline, gives_the_result_of_work_that_ends_in_time) {
  asio::io_context loop;
  EXPECT_EQ(run(loop, with_deadline(answer(7), 10s)), 7);
}

TEST(Deadline, gives_nothing_for_work_that_does_not_end_and_cancels_it) {
  asio::io_context loop;
  Signal never(loop.get_executor());
  EXPECT_EQ(run(loop, with_deadline(answer_after(never, 7), 1ms)), std::nullopt);
}

TEST(Deadline, passes_on_at_once_what_the_work_throws) {
  asio::io_context loop;
  auto start = std::chrono::steady_clock::now();
  EXPECT_THROW(run(loop, with_deadline(complain(), 10s)), std::runtime_error);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(Deadline, nests_and_the_shorter_one_wins) {
  asio::io_context loop;
  Signal never(loop.get_executor());
  auto inner = with_deadline(answer_after(never, 7), 1ms);
  auto outer = run(loop, with_deadline(std::move(inner), 10s));
  ASSERT_TRUE(outer.has_value());
  EXPECT_EQ(*outer, std::nullopt);
}

TEST(Signal, raised_before_the_wait_wakes_it) {
  asio::io_context loop;
  Signal signal(loop.get_executor());
  signal.raise();
  signal.raise();
  EXPECT_EQ(run(loop, with_deadline(answer_after(signal, 1), 10s)), 1);
  // Raised twice, it has woken once and is spent.
  EXPECT_EQ(run(loop, with_deadline(answer_after(signal, 2), 1ms)), std::nullopt);
}

}  // namespace
}  // namespace duban::io
