#include "io/timer_descriptor.h"

#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace duban::io {
namespace {

using std::chrono::milliseconds;

int new_timer() {
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  return timer;
}

void set(int timer, std::chrono::nanoseconds after) {
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(after);
  itimerspec spec{};
  spec.it_value.tv_sec = seconds.count();
  spec.it_value.tv_nsec = (after - seconds).count();
  if (timerfd_settime(timer, 0, &spec, nullptr) == 0) return;
  throw std::system_error(errno, std::generic_category(), "timerfd_settime");
}

}  // namespace

boost::asio::posix::stream_descriptor make_timer(const boost::asio::any_io_executor& executor,
                                                 milliseconds after) {
  boost::asio::posix::stream_descriptor timer(executor, new_timer());
  set_timer(timer, after);
  return timer;
}

void set_timer(boost::asio::posix::stream_descriptor& timer, milliseconds after) {
  // Zero would disarm it.
  constexpr std::chrono::nanoseconds soonest{1};
  set(timer.native_handle(), std::max<std::chrono::nanoseconds>(after, soonest));
}

void stop_timer(boost::asio::posix::stream_descriptor& timer) {
  set(timer.native_handle(), std::chrono::nanoseconds{0});
}

}  // namespace duban::io
