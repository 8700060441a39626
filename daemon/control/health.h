#pragma once
// Whether the daemon lives, and whether it is ready, by its pulse; and if not, why. Pure.

#include <string>
#include <vector>

#include "engine/pulse.h"

namespace duban::control {

/// What is wrong, a line each, for people, in the language of the pulse; none: nothing.
using Faults = std::vector<std::string>;

/// The loop turns: each plan is looked at when it wants to be, and the ledger takes what is
/// written. What is not so is not mended by waiting.
Faults faults_of_life(const engine::Pulse& pulse);
/// Started, with plans, and heard where people speak to it (`listening`); its clock is not held.
Faults faults_of_readiness(const engine::Pulse& pulse, bool listening);

/// How long ago the plan wanted to be looked at; 0 where it is in time. Business time.
Seconds overdue(const engine::PlanPulse& plan, const engine::Pulse& pulse);

}  // namespace duban::control
