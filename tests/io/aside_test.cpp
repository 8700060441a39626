#include "io/aside.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <stdexcept>
#include <thread>

#include "peers/run.h"

namespace duban::io {
namespace {

class AsideTest : public ::testing::Test {
 protected:
  boost::asio::io_context loop_;
  Aside aside_;
};

boost::asio::awaitable<bool> comes_back_to_its_thread(Aside& aside, bool& elsewhere) {
  auto here = std::this_thread::get_id();
  co_await aside.run([&elsewhere, here] { elsewhere = std::this_thread::get_id() != here; });
  co_return std::this_thread::get_id() == here;
}

TEST_F(AsideTest, WorksOnAnotherThreadAndComesBack) {
  bool elsewhere = false;
  EXPECT_TRUE(testing::run(loop_, comes_back_to_its_thread(aside_, elsewhere)));
  EXPECT_TRUE(elsewhere);
}

TEST_F(AsideTest, ThrowsOnWhatTheWorkThrows) {
  EXPECT_THROW(testing::run(loop_, aside_.run([] { throw std::runtime_error("no"); })),
               std::runtime_error);
}

TEST_F(AsideTest, TheLoopGoesOnMeanwhile) {
  std::promise<void> gate;
  bool ended = false;
  boost::asio::co_spawn(loop_, aside_.run([open = gate.get_future().share()] { open.wait(); }),
                        [&](std::exception_ptr) { ended = true; });
  loop_.poll();
  EXPECT_FALSE(ended);
  gate.set_value();
  while (!ended && loop_.run_one() > 0) {
  }
  EXPECT_TRUE(ended);
}

TEST_F(AsideTest, EndsAfterTheWorkThatHasBegun) {
  std::promise<void> gate, begun;
  bool done = false;
  {
    Aside brief;
    boost::asio::co_spawn(loop_, brief.run([&, open = gate.get_future().share()] {
                            begun.set_value();
                            open.wait();
                            done = true;
                          }),
                          [](std::exception_ptr) {});
    loop_.poll();
    begun.get_future().wait();
    gate.set_value();
  }
  EXPECT_TRUE(done);
}

}  // namespace
}  // namespace duban::io
