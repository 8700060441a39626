#pragma once
// A time zone as a value. The only place that knows the zone database (Howard Hinnant's date/tz
// over the system's tzdata).

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace duban::calendar {

/// A value, copied freely; any thread may use it.
class Zone {
 public:
  /// The last year in which a zone with summer time is right: date/tz reads a zone file's recorded
  /// changes, not the rule for later years at its end (pinned in tests/calendar/zone_test.cpp).
  static constexpr int last_year = 2037;

  /// By IANA name (`Asia/Shanghai`); empty when there is none.
  static std::optional<Zone> find(std::string_view name);
  /// The zone's name that was probably meant, or empty: for a diagnostic's mend.
  static std::string nearest_name(std::string_view name);

  /// A civil time that does not exist is the first instant after the gap; one that exists twice is
  /// the first of the two.
  Instant to_instant(Civil at) const;
  Civil to_civil(Instant at) const;
  Day day_of(Instant at) const { return duban::day_of(to_civil(at)); }
  Seconds offset_at(Instant at) const;
  /// RFC 3339 with the zone's offset at that instant.
  std::string format(Instant at) const;
  std::string name() const;

 private:
  explicit Zone(const void* zone) : zone_(zone) {}
  const void* zone_;  // date::time_zone, owned by the zone database for the process's life
};

}  // namespace duban::calendar
