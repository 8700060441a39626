#include "io/alarm.h"

#include <gtest/gtest.h>
#include <sys/time.h>

#include <boost/asio/post.hpp>

#include "base/clock.h"
#include "io/deadline.h"
#include "peers/run.h"

namespace duban::io {
namespace {

namespace asio = boost::asio;
using testing::run;
using namespace std::chrono_literals;

TEST(Alarm, rings_at_once_for_a_moment_that_is_past) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  EXPECT_EQ(run(loop, alarm.wait(Instant{1s})), Woken::time);
  EXPECT_EQ(run(loop, alarm.wait(Instant{-5s})), Woken::time);
}

// The machine's clock may be set by whoever runs beside this test: wait again then, as the daemon
// does.
Woken wait(asio::io_context& loop, Alarm& alarm, std::optional<Instant> at) {
  auto woken = Woken::clock_set;
  while (woken == Woken::clock_set) woken = run(loop, alarm.wait(at));
  return woken;
}

TEST(Alarm, rings_at_its_moment_and_not_before) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  SystemClock clock;
  auto at = clock.machine_now() + 1s;
  EXPECT_EQ(wait(loop, alarm, at), Woken::time);
  EXPECT_GE(clock.machine_now(), at);
}

TEST(Alarm, without_a_moment_waits_until_it_is_cancelled) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  asio::post(loop, [&] { alarm.cancel(); });
  EXPECT_EQ(wait(loop, alarm, std::nullopt), Woken::cancelled);
}

TEST(Alarm, a_cancel_between_two_waits_ends_the_next_one_only) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  alarm.cancel();
  EXPECT_EQ(wait(loop, alarm, std::nullopt), Woken::cancelled);
  EXPECT_EQ(wait(loop, alarm, Instant{1s}), Woken::time);
}

TEST(Alarm, does_nothing_while_it_waits) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  auto rung = run(loop, with_deadline(alarm.wait(Instant{7'000'000'000s}), 50ms));
  EXPECT_NE(rung, Woken::time);
}

TEST(Alarm, can_be_waited_on_again_after_a_cancel) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  asio::post(loop, [&] { alarm.cancel(); });
  EXPECT_EQ(wait(loop, alarm, std::nullopt), Woken::cancelled);
  EXPECT_EQ(wait(loop, alarm, Instant{1s}), Woken::time);
}

// Sets the machine's clock to what it is: no step, but the kernel counts it as set.
bool set_the_clock_to_now() {
  timeval now{};
  gettimeofday(&now, nullptr);
  return settimeofday(&now, nullptr) == 0;
}

TEST(Alarm, tells_that_somebody_set_the_clock) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  bool permitted = false;
  auto second_turn = [&] {
    permitted = set_the_clock_to_now();
    if (!permitted) alarm.cancel();
  };
  asio::post(loop, [&] { asio::post(loop, second_turn); });
  auto woken = run(loop, alarm.wait(std::nullopt));
  if (!permitted) GTEST_SKIP() << "setting the clock is not permitted here";
  EXPECT_EQ(woken, Woken::clock_set);
}

TEST(Alarm, tells_of_a_clock_set_between_two_waits) {
  asio::io_context loop;
  Alarm alarm(loop.get_executor());
  EXPECT_EQ(wait(loop, alarm, Instant{1s}), Woken::time);
  if (!set_the_clock_to_now()) GTEST_SKIP() << "setting the clock is not permitted here";
  auto woken = run(loop, with_deadline(alarm.wait(Instant{7'000'000'000s}), 2s));
  EXPECT_EQ(woken, Woken::clock_set);
}

}  // namespace
}  // namespace duban::io
