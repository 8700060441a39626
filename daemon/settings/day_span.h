#pragma once
// Spans of the day as files write them: `hours = "08:30..17:30"`, `quiet = "22:00..07:00"`.

#include <optional>
#include <string_view>

#include "base/time.h"
#include "settings/section.h"

namespace duban::settings {

/// Hours of one day: the first time is the earlier one. Reports any other text.
std::optional<DaySpan> read_hours(Section& section, std::string_view key);
/// The same, or a span over midnight.
std::optional<DaySpan> read_quiet(Section& section, std::string_view key);

}  // namespace duban::settings
