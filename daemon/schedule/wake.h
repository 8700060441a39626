#pragma once
// When the daemon has to look at a plan again.

#include <optional>

#include "schedule/board.h"

namespace duban::schedule {

/// The first instant after `looked` at which `decide` could have something to say if nothing more
/// is recorded; nothing when the plan is over. Never before it really has: a wake-up has a cause.
/// `looked` is when the plan was looked at last, `cursor` how far it has been looked at ever: a
/// clock that was put back looks again behind it. What is told once for its hour (the list) is not
/// told again before the cursor; all else is measured from `looked`.
std::optional<Instant> next_wake(const Timetable& timetable, const Record& record, Instant cursor,
                                 Instant looked);

std::optional<Instant> next_wake(Board& board, Instant cursor, Instant looked);

}  // namespace duban::schedule
