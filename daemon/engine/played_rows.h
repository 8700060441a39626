#pragma once
// The rows of a table that a unit hands in in a rehearsal: they read as a unit's rows read, and go
// on from month to month. Nobody takes their figures for anything.

#include <cstdint>
#include <vector>

#include "schedule/assignment.h"

namespace duban::engine {

/// One for each clause the assignment reports on; none where it reports on none. What becomes of a
/// clause through the year is drawn by the seed: some works end, some fall behind for some months
/// with a problem and sometimes ask another unit for something by a day, some have no date for a
/// while, figures grow; a month without news is 无变化. Pure.
std::vector<schedule::SubmittedRow> played_rows(const schedule::Timetable& timetable,
                                                const schedule::Assignment& assignment,
                                                std::uint64_t seed);

}  // namespace duban::engine
