#pragma once
// Whether what somebody wants to record can be true of the plan.

#include <optional>

#include "engine/engine.h"

namespace duban::engine {

/// Nothing when the fact may be written: its duty, period and units are the plan's, it is not in
/// the future, a new due time is, what it voids exists.
std::optional<Refusal> problem_with(const PlanRun& run, const schedule::Fact& fact, Instant now);

}  // namespace duban::engine
