#pragma once
// The rows of a table that a unit hands in in a rehearsal: enough for the office's documents to
// have something to count. Nobody takes their words for anything.

#include <cstdint>
#include <vector>

#include "schedule/assignment.h"

namespace duban::engine {

/// One for each clause the assignment reports on; none where it reports on none. Drawn by the seed.
/// Pure.
std::vector<schedule::SubmittedRow> played_rows(const schedule::Timetable& timetable,
                                                const schedule::Assignment& assignment,
                                                std::uint64_t seed);

}  // namespace duban::engine
