#pragma once
// Tells a clock that was set from time that passed: the wall clock against the time since boot (so
// a suspend is no step).

#include "base/clock.h"

namespace duban::engine {

class ClockWatch {
 public:
  explicit ClockWatch(const Clock& clock)
      : clock_(clock), wall_(clock.machine_now()), boot_(clock.since_boot()) {}

  /// How far the wall clock was moved since the last call; 0 within two seconds (whole seconds are
  /// compared).
  Seconds step() {
    auto wall = clock_.machine_now();
    auto boot = clock_.since_boot();
    auto moved = (wall - wall_) - (boot - boot_);
    if (std::chrono::abs(moved) <= Seconds{2}) return Seconds{0};
    wall_ = wall;
    boot_ = boot;
    return moved;
  }

 private:
  const Clock& clock_;
  Instant wall_;
  Seconds boot_;
};

}  // namespace duban::engine
