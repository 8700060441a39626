#pragma once
// So many a second to one endpoint, on a clock of whole seconds. Pure.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/time.h"

namespace duban::delivery {

/// Above one a second: that many within each second. Below: one every 1/rate seconds, and the first
/// so long after `began`, before which somebody else may have sent. Zero or less: no pace.
class Pace {
 public:
  explicit Pace(double per_second, Instant began = {})
      : interval_(per_second > 0 ? std::llround(1000.0 / per_second) : 0),
        free_at_(interval_ > 1000 ? milliseconds(began) + interval_ : 0) {}

  /// The first second, from `now`, at which the next may start.
  Instant ready_at(Instant now) const {
    const auto earliest = free_at_ - std::max<std::int64_t>(1000 - interval_, 0);
    if (earliest <= milliseconds(now) || clock_was_set_back(now)) return now;
    return Instant{Seconds{(earliest + 999) / 1000}};
  }
  void start(Instant now) {
    if (clock_was_set_back(now)) free_at_ = 0;
    free_at_ = std::max(free_at_, milliseconds(now)) + interval_;
  }

 private:
  static std::int64_t milliseconds(Instant at) { return at.time_since_epoch().count() * 1000; }
  /// Never else is the next place so far ahead.
  bool clock_was_set_back(Instant now) const {
    return free_at_ > milliseconds(now) + interval_ + 1000;
  }
  std::int64_t interval_;
  std::int64_t free_at_;
};

}  // namespace duban::delivery
