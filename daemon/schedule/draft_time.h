#pragma once
// When the draft of a document is made.

#include <cstddef>
#include <optional>

#include "base/time.h"
#include "schedule/assignment.h"

namespace duban::schedule {

/// Of an occurrence (an index into Timetable::occurrences()): its due time moved by the offset that
/// its duty's document names. Nothing where the duty has no document or the occurrence no date.
std::optional<Instant> draft_at(const Timetable& timetable, std::size_t occurrence);

}  // namespace duban::schedule
