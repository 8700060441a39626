#pragma once
// The only way to ask what time it is. Business time decides what is due and what is told; machine
// time is what protocols carry (webhook-timestamp, Date, leases). They differ only when a daemon
// lives at a pretended time.

#include "base/time.h"

namespace duban {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Business time, UTC.
  virtual Instant now() const = 0;
  /// The machine's wall clock, UTC.
  virtual Instant machine_now() const = 0;
  /// Time since boot, suspend included (CLOCK_BOOTTIME); only differences mean anything.
  virtual Seconds since_boot() const = 0;
  /// How many business seconds pass in a machine second (1 unless pretended).
  virtual int speed() const { return 1; }
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
  Instant machine_now() const override;
  Seconds since_boot() const override;
};

/// Business time that began at `start` when the clock was made and runs `speed` times as fast.
class PretendedClock final : public Clock {
 public:
  PretendedClock(Instant start, int speed);
  Instant now() const override;
  Instant machine_now() const override;
  Seconds since_boot() const override;
  int speed() const override { return speed_; }

 private:
  SystemClock machine_;
  Instant start_;
  std::chrono::milliseconds made_at_;
  int speed_;
};

/// A clock that stands where it was put: tests, rehearsals.
class SetClock final : public Clock {
 public:
  explicit SetClock(Instant at) : at_(at) {}
  void set(Instant at) { at_ = at; }
  Instant now() const override { return at_; }
  Instant machine_now() const override { return at_; }
  Seconds since_boot() const override { return at_.time_since_epoch(); }

 private:
  Instant at_;
};

}  // namespace duban
