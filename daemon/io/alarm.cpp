#include "io/alarm.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace duban::io {
namespace {

int make_timer() {
  int timer = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  return timer;
}

// The year 2200, beyond every plan: a timer without a moment must be armed all the same, or a set
// clock would not be told.
constexpr std::int64_t never = 7'258'118'400;

// False when the clock was set since the timer was last armed.
bool arm(int timer, std::optional<Instant> deadline) {
  auto at = deadline ? deadline->time_since_epoch().count() : never;
  itimerspec spec{};
  spec.it_value.tv_sec = std::min(at, never);
  // Zero would disarm, and what is before the epoch is past as well.
  if (spec.it_value.tv_sec <= 0) spec.it_value = {.tv_sec = 0, .tv_nsec = 1};
  if (timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, nullptr) == 0) {
    return true;
  }
  if (errno == ECANCELED) return false;
  throw std::system_error(errno, std::generic_category(), "timerfd_settime");
}

// Empty when nothing has happened yet.
std::optional<Woken> take(int timer) {
  std::uint64_t expirations = 0;
  auto got = read(timer, &expirations, sizeof expirations);
  if (got == sizeof expirations) return Woken::time;
  if (got < 0 && errno == ECANCELED) return Woken::clock_set;
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  throw std::system_error(errno, std::generic_category(), "timerfd");
}

}  // namespace

struct Alarm::State {
  explicit State(boost::asio::any_io_executor executor)
      : timer(std::move(executor), make_timer()) {}
  boost::asio::posix::stream_descriptor timer;
  bool cancelled = false;
};

Alarm::Alarm(boost::asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

Alarm::~Alarm() { cancel(); }

void Alarm::cancel() {
  state_->cancelled = true;
  boost::system::error_code ignored;
  state_->timer.cancel(ignored);
}

boost::asio::awaitable<Woken> Alarm::wait(std::optional<Instant> deadline) {
  auto state = state_;
  auto& timer = state->timer;
  if (!arm(timer.native_handle(), deadline)) co_return Woken::clock_set;
  // Asio waits for readability only: its own read would take ECANCELED for a shutdown.
  while (true) {
    if (std::exchange(state->cancelled, false)) co_return Woken::cancelled;
    boost::system::error_code failed;
    co_await timer.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                              boost::asio::redirect_error(boost::asio::use_awaitable, failed));
    if (failed == boost::asio::error::operation_aborted) {
      state->cancelled = false;
      co_return Woken::cancelled;
    }
    if (failed) throw boost::system::system_error(failed);
    if (auto woken = take(timer.native_handle())) co_return *woken;
  }
}

}  // namespace duban::io
