#pragma once
// Tells a clock that was set from time that passed: the wall clock against the time since boot (so
// a suspend is no step).

#include "base/clock.h"

namespace duban::engine {

class ClockWatch {
 public:
  explicit ClockWatch(const Clock& clock) : clock_(clock), last_(look()) {}

  /// How far the wall clock was moved since the last call; 0 within two seconds (whole seconds are
  /// compared) and what a clock gains or loses in that time by running fast or slow.
  Seconds step() {
    auto now = look();
    auto moved = between(last_, now);
    last_ = now;
    return moved;
  }
  /// What step() would say.
  Seconds pending() const { return between(last_, look()); }

 private:
  struct Look {
    Instant wall;
    Seconds boot;
  };
  Look look() const { return {clock_.machine_now(), clock_.since_boot()}; }
  static Seconds between(const Look& before, const Look& after) {
    auto passed = after.boot - before.boot;
    auto moved = (after.wall - before.wall) - passed;
    auto gained = Seconds{2} + passed / gain;
    return std::chrono::abs(moved) <= gained ? Seconds{0} : moved;
  }

  /// A second in so many: 500 parts in a million are as much as a kernel corrects a clock by
  /// without setting it (adjtimex(2)).
  static constexpr int gain = 2000;

  const Clock& clock_;
  Look last_;
};

}  // namespace duban::engine
