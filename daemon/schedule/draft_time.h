#pragma once
// When a document that writes itself is drafted: its cut-off. It hangs on the plan alone, so that
// everybody who asks for the draft of a period means the same moment.

#include <optional>

#include "schedule/assignment.h"

namespace duban::schedule {

/// The duty's document counted from the due time of the occurrence (an index into the timetable's);
/// nothing where the duty has no document or the occurrence no date.
std::optional<Instant> draft_at(const Timetable& timetable, std::size_t occurrence);

}  // namespace duban::schedule
