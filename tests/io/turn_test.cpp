#include "io/turn.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <optional>
#include <vector>

#include "io/task_group.h"
#include "peers/run.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::run;
using namespace std::chrono_literals;

asio::awaitable<void> take_and_note(Turn& turn, int number, std::vector<int>& order) {
  auto held = co_await turn.take();
  order.push_back(number);
}

asio::awaitable<std::optional<Turn::Held>> taken(Turn& turn) { co_return co_await turn.take(); }

TEST(Turn, GoesToWhoeverCameFirst) {
  asio::io_context loop;
  Turn turn(loop.get_executor());
  std::vector<int> order;
  TaskGroup group(loop.get_executor(), {});
  {
    auto held = run(loop, taken(turn));
    for (int number : {1, 2, 3}) group.spawn("next", take_and_note(turn, number, order));
    loop.restart();
    loop.poll();
    EXPECT_TRUE(order.empty());
  }
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_EQ(order, (std::vector{1, 2, 3}));
}

// A daemon that is stopped while somebody waits for its turn has not failed.
TEST(Turn, WhoIsCancelledWhileWaitingSeesWhatEveryCancelledTaskSees) {
  asio::io_context loop;
  Turn turn(loop.get_executor());
  std::vector<int> order;
  std::vector<std::string> failures;
  TaskGroup group(loop.get_executor(), [&](std::string_view name, std::exception_ptr) {
    failures.emplace_back(name);
  });
  auto held = run(loop, taken(turn));
  group.spawn("waiter", take_and_note(turn, 1, order));
  loop.restart();
  loop.poll();
  group.cancel();
  EXPECT_TRUE(run(loop, group.join(10s)));
  EXPECT_TRUE(failures.empty());
  EXPECT_TRUE(order.empty());
}

}  // namespace
}  // namespace duban::io
