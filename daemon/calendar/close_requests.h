#pragma once
// Fewer burdens: one matter, one table, asked once. Two requests that reach the same unit within
// two weeks of work are a sign that one would do.

#include "base/diagnostic.h"
#include "plan/plan.h"

namespace duban::calendar {

/// Working days from one request to the next at which nobody wonders any more.
inline constexpr int requests_apart = 10;

/// A warning for each pair of duties that are asked of one unit within so many working days: where
/// they come closest, and of how many units. Papers with a date only; milestones and actions are
/// dated by others. Units that the budget exempts do not count, nor pairs that the plan says are
/// meant so ([budget] close), nor what is asked every other week or oftener. Bounded by
/// limits::close_requests. The plan must be free of errors.
Diagnostics close_requests(const plan::Plan& plan);

}  // namespace duban::calendar
