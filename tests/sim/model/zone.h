#pragma once
// A time zone, read from the system's TZif file (RFC 8536) by hand.

#include <string>
#include <vector>

#include "sim/model/civil.h"

namespace duban::sim::model {

class Zone {
 public:
  /// Throws std::runtime_error when there is no such file.
  explicit Zone(const std::string& name);
  /// Kept for ever, one a name.
  static const Zone& named(const std::string& name);

  WallTime wall_at(Second instant) const { return instant + offset_at(instant); }
  DayNumber day_at(Second instant) const { return day_of(wall_at(instant)); }
  /// A civil time in a gap is the first instant after it; one that exists twice is the first.
  Second instant_of(WallTime at) const;
  Second instant_of(DayNumber day, Second time) const { return instant_of(wall(day, time)); }
  /// `2030-05-25 17:00:00`, as the clocks there show it.
  std::string text(Second instant) const { return text_of_wall(wall_at(instant)); }

 private:
  Second offset_at(Second instant) const;

  struct Change {
    Second at = 0, offset = 0;
  };
  /// In order; the first one stands for all time before.
  std::vector<Change> changes_;
};

}  // namespace duban::sim::model
