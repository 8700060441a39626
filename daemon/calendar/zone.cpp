#include "calendar/zone.h"

#include <date/tz.h>

#include <stdexcept>
#include <vector>

#include "base/diagnostic.h"

namespace duban::calendar {
namespace {

const date::time_zone& zone_of(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
  // The machine's own zone is no name that means the same everywhere.
  if (name.empty() || name == "localtime") return std::nullopt;
  try {
    return Zone{date::locate_zone(name)};
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::string Zone::nearest_name(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return did_you_mean(name, names);
}

Instant Zone::to_instant(Civil at) const {
  auto info = zone_of(zone_).get_info(date::local_seconds{at.time_since_epoch()});
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return Instant{at.time_since_epoch() - info.first.offset};
}

Civil Zone::to_civil(Instant at) const { return Civil{at.time_since_epoch() + offset_at(at)}; }

Seconds Zone::offset_at(Instant at) const { return zone_of(zone_).get_info(at).offset; }

std::string Zone::format(Instant at) const { return format_rfc3339(at, offset_at(at)); }

std::string Zone::name() const { return zone_of(zone_).name(); }

}  // namespace duban::calendar
