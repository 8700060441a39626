#pragma once
// Tells a clock that was set from time that passed: the wall clock against the time since boot (so
// a suspend is no step).

#include "base/clock.h"

namespace duban::engine {

class ClockWatch {
 public:
  explicit ClockWatch(const Clock& clock) : clock_(clock), last_(look()) {}

  /// How far the wall clock was moved since the last call; 0 within two seconds (whole seconds are
  /// compared).
  Seconds step() {
    auto now = look();
    auto moved = between(last_, now);
    if (moved != Seconds{0}) last_ = now;
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
    auto moved = (after.wall - before.wall) - (after.boot - before.boot);
    return std::chrono::abs(moved) <= Seconds{2} ? Seconds{0} : moved;
  }

  const Clock& clock_;
  Look last_;
};

}  // namespace duban::engine
