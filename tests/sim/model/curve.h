#pragma once
// How long each channel waits between attempts, and when it gives up: Standard Webhooks' schedule,
// RFC 5321's for mail.

#include <algorithm>
#include <string>
#include <vector>

#include "sim/story.h"

namespace duban::sim::model {

/// The longest Retry-After that is believed; between two probes of an endpoint that fails.
inline constexpr Second asked_at_most = 24 * 3600, probe_every = 15 * 60;
/// From when an attempt may begin until it is written down.
inline constexpr Second attempt_takes = 180;

struct Curve {
  std::vector<Second> delays;
  Second give_up;
  /// Attempts that may follow an outcome that nobody knows.
  int unknown_resends;

  /// After so many attempts.
  Second delay_after(std::size_t attempts) const {
    return delays[std::min(attempts - 1, delays.size() - 1)];
  }
};

inline const Curve& curve_of(const std::string& channel) {
  constexpr Second minute = 60, hour = 3600;
  static const Curve webhook{{5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour,
                              20 * hour, 24 * hour},
                             76 * hour,
                             9};
  static const Curve mail{
      {2 * minute, 30 * minute, 30 * minute, 1 * hour, 2 * hour, 4 * hour}, 120 * hour, 1};
  return channel == "mail" ? mail : webhook;
}

/// A fraction of what a clock that runs 500 ppm wrong makes of a day, and whole seconds.
inline Second give(Second wait) { return 1 + wait / 1000; }

}  // namespace duban::sim::model
