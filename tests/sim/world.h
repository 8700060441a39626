#pragma once
// Virtual time: one loop, one thread, one seed. Everything that waits, waits here; when nothing is
// ready the next thing that is to happen happens, and time is then. What the daemon waits on
// (io/alarm.h, io/deadline.h, io/timer_descriptor.h, io/aside.h) is linked to this world instead
// of the kernel's (virtual_io.cpp).

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "sim/dice.h"
#include "sim/outcome.h"

namespace duban::sim {

/// Milliseconds since the story began; a machine that sleeps counts too (CLOCK_BOOTTIME).
using Millis = std::int64_t;

/// A story takes some thousands of turns of the loop.
inline constexpr std::int64_t turns_at_most = 120'000;

/// The daemon is dead from now on: what it still does until its tasks have ended has no effect.
struct Death {
  bool power_lost = false;
};

class World final : public Clock {
 public:
  World(Second begins, std::uint64_t seed);
  ~World() override;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  /// The one world of this thread.
  static World& present();

  // Time.
  Instant now() const override { return Instant{Seconds{wall_millis() / 1000}}; }
  Instant machine_now() const override { return now(); }
  Seconds since_boot() const override { return Seconds{since_ / 1000}; }
  Millis since() const { return since_; }
  Millis wall_millis() const;
  Moment moment() const { return {wall_millis() / 1000, begins_ + since_ / 1000}; }
  Second begins() const { return begins_; }
  void set_wall(Second by);
  void drift(int ppm);
  void suspend(Second how_long) { since_ += how_long * 1000; }

  // What is to happen.
  using Ticket = std::pair<Millis, std::uint64_t>;
  /// In order of time, then as asked for.
  Ticket after(Millis wait, std::function<void()> act);
  void cancel(Ticket ticket) { plans_.erase(ticket); }
  /// When the wall clock shows a moment (at once when it has): the callback hears true when that
  /// came, false when the clock was set before.
  std::uint64_t at_wall(Second moment, std::function<void(bool)> act);
  void cancel_wall(std::uint64_t alarm) { alarms_.erase(alarm); }
  std::uint64_t times_set() const { return times_set_; }

  /// One handler, or if none is ready the next thing that is to happen. False: nothing is left.
  bool turn();
  /// Something is done again and again although nothing happens: the world stands still.
  bool spins() const { return turns_ > turns_at_most; }
  /// Turns until nothing is ready now.
  void settle();
  boost::asio::io_context& loop() { return loop_; }

  // What goes wrong.
  Dice& dice() { return dice_; }
  /// A point where the daemon may die, named `kind@step` (`await@advance`, `write@claim`). Counts
  /// it.
  void pass_point(std::string_view kind, std::string_view step);
  /// The daemon dies at the n-th await (of the step, if one is named), disk operation or fsync from
  /// now; 0: not by that.
  struct Doom {
    int awaits = 0;
    std::string step;
    int disk = 0, fsyncs = 0;
    bool power_lost = false;
  };
  void doom(Doom doom) { doom_ = std::move(doom); }
  void die(bool power_lost);
  bool is_dead() const { return dead_; }
  const Death& death() const { return death_; }
  void revive();

  /// What is counted: points passed, decisions, faults.
  void count(std::string_view what, std::int64_t by = 1);
  const std::map<std::string, std::int64_t, std::less<>>& counts() const { return counts_; }

  Fingerprint fingerprint;

 private:
  struct WallAlarm {
    Second moment;
    std::function<void(bool)> act;
  };
  Millis when_wall_shows(Second moment) const;

  boost::asio::io_context loop_{1};
  const Second begins_;
  Millis since_ = 0;
  std::int64_t turns_ = 0;
  /// The wall clock: at `drifts_from_` it showed `wall_then_`, and runs `ppm_` fast since.
  Millis wall_then_, drifts_from_ = 0;
  int ppm_ = 0;
  std::map<Ticket, std::function<void()>> plans_;
  std::map<std::uint64_t, WallAlarm> alarms_;
  std::uint64_t tickets_ = 0, times_set_ = 0;
  Dice dice_;
  bool dead_ = false;
  Death death_;
  Doom doom_;
  std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace duban::sim
