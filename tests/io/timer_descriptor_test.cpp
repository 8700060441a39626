// A timer that rings once, and is gone when it is not waited for any more.
#include "io/timer_descriptor.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <boost/asio/io_context.hpp>

namespace duban::io {
namespace {

using namespace std::chrono_literals;

bool rings_within(boost::asio::posix::stream_descriptor& timer, int milliseconds) {
  pollfd wanted{.fd = timer.native_handle(), .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, milliseconds) == 1;
}

TEST(TimerDescriptor, RingsOnceItsTimeHasPassed) {
  boost::asio::io_context loop;
  auto timer = make_timer(loop.get_executor(), 5ms);
  EXPECT_TRUE(rings_within(timer, 5000));
}

TEST(TimerDescriptor, ForNoTimeAtAllRingsAtOnce) {
  boost::asio::io_context loop;
  auto timer = make_timer(loop.get_executor(), 0ms);
  EXPECT_TRUE(rings_within(timer, 5000));
}

TEST(TimerDescriptor, StoppedItRingsNoMoreUntilItIsSet) {
  boost::asio::io_context loop;
  auto timer = make_timer(loop.get_executor(), 0ms);
  ASSERT_TRUE(rings_within(timer, 5000));
  stop_timer(timer);
  EXPECT_FALSE(rings_within(timer, 0));
  set_timer(timer, 1ms);
  EXPECT_TRUE(rings_within(timer, 5000));
}

TEST(TimerDescriptor, SetAnewItForgetsThatItsMomentHadCome) {
  boost::asio::io_context loop;
  auto timer = make_timer(loop.get_executor(), 0ms);
  ASSERT_TRUE(rings_within(timer, 5000));
  set_timer(timer, 1h);
  EXPECT_FALSE(rings_within(timer, 0));
}

TEST(TimerDescriptor, WaitsUnderWayEndWhenItIsCancelled) {
  boost::asio::io_context loop;
  auto timer = make_timer(loop.get_executor(), 1h);
  boost::system::error_code ended;
  timer.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                   [&](boost::system::error_code code) { ended = code; });
  timer.cancel();
  loop.run();
  EXPECT_EQ(ended, boost::asio::error::operation_aborted);
}

}  // namespace
}  // namespace duban::io
