// What the daemon waits on, in the world's time: linked in place of io/alarm.cpp, io/deadline.cpp,
// io/timer_descriptor.cpp and io/aside.cpp.

#include <sys/eventfd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "io/alarm.h"
#include "io/aside.h"
#include "io/deadline.h"
#include "io/signal.h"
#include "io/timer_descriptor.h"
#include "sim/world.h"

namespace duban::io {

namespace asio = boost::asio;
using sim::World;

namespace {

/// Takes what was planned out of the world when the waiter goes, however it goes.
struct Planned {
  World::Ticket ticket;
  ~Planned() { World::present().cancel(ticket); }
};

}  // namespace

struct Alarm::State {
  explicit State(asio::any_io_executor executor) : woken(std::move(executor)) {}
  Signal woken;
  std::optional<Woken> how;
  bool cancelled = false;
  bool armed_before = false;
  std::uint64_t times_set = 0;
  std::uint64_t rings = 0;
  ~State() { World::present().cancel_wall(rings); }
};

Alarm::Alarm(asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

Alarm::~Alarm() { cancel(); }

void Alarm::cancel() {
  state_->cancelled = true;
  state_->woken.raise();
}

asio::awaitable<Woken> Alarm::wait(std::optional<Instant> deadline) {
  auto state = state_;
  auto& world = World::present();
  bool was_set = state->armed_before && state->times_set != world.times_set();
  state->armed_before = true;
  state->times_set = world.times_set();
  if (was_set) co_return Woken::clock_set;
  // The year 2200: a clock that is set is told all the same.
  constexpr sim::Second never = 7'258'118'400;
  auto moment = deadline ? deadline->time_since_epoch().count() : never;
  state->how.reset();
  std::weak_ptr<State> ring_for = state;
  state->rings = world.at_wall(std::min(moment, never), [ring_for](bool came) {
    auto waiting = ring_for.lock();
    if (!waiting) return;
    waiting->how = came ? Woken::time : Woken::clock_set;
    waiting->times_set = World::present().times_set();
    waiting->woken.raise();
  });
  struct Quiet {
    State& state;
    ~Quiet() { World::present().cancel_wall(state.rings); }
  } quiet{*state};
  world.pass_point("await", "sleep");
  for (;;) {
    if (std::exchange(state->cancelled, false)) co_return Woken::cancelled;
    if (state->how) co_return *state->how;
    bool aborted = false;
    try {
      co_await state->woken.wait();
    } catch (const boost::system::system_error&) {
      aborted = true;
    }
    if (aborted) {
      state->cancelled = false;
      co_return Woken::cancelled;
    }
  }
}

asio::awaitable<bool> ends_within(asio::awaitable<void> work, std::chrono::milliseconds limit) {
  auto executor = co_await asio::this_coro::executor;
  auto [order, failure, pass_failure] =
      co_await asio::experimental::make_parallel_group(
          asio::co_spawn(executor, std::move(work), asio::deferred),
          asio::co_spawn(executor, pass(limit), asio::deferred))
          .async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  bool late = order[0] == 1 && !pass_failure;
  if (!failure) co_return true;
  if (late) co_return false;
  std::rethrow_exception(failure);
}

asio::awaitable<void> pass(std::chrono::milliseconds time) {
  Signal over(co_await asio::this_coro::executor);
  Planned planned{World::present().after(time.count(), [&over] { over.raise(); })};
  co_await over.wait();
}

// Only the store's deadline still asks for one; in this world a store always answers.
asio::posix::stream_descriptor make_timer(const asio::any_io_executor& executor,
                                          std::chrono::milliseconds) {
  return {executor, eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
}
void set_timer(asio::posix::stream_descriptor&, std::chrono::milliseconds) {}
void stop_timer(asio::posix::stream_descriptor&) {}

struct Aside::State {};
Aside::Aside() = default;
Aside::~Aside() = default;

// Beside the loop in the daemon; here it takes a while of the world's time.
asio::awaitable<void> Aside::run(std::function<void()> work) {
  auto& world = World::present();
  world.pass_point("await", "read-files");
  co_await pass(std::chrono::milliseconds{world.dice().between(1, 200)});
  work();
}

}  // namespace duban::io
