#pragma once
// The plan's hours: what a unit is told at once waits for them (working days, 08:30 to 17:30), and
// the office's list goes out at its hour on working days.

#include <optional>

#include "calendar/workdays.h"
#include "calendar/zone.h"
#include "plan/plan.h"

namespace duban::schedule {

/// `now` if it is within the plan's hours, else when they next begin; but never past `due`: what
/// would come too late then goes at once.
Instant within_hours(const plan::Plan& plan, const calendar::Zone& zone, Instant now,
                     std::optional<Instant> due);

/// The office's list instants: the newest at or before `at`, the newest strictly before `at`, and
/// the first strictly after `at`.
Instant list_at_or_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at);
Instant list_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at);
Instant list_after(const plan::Plan& plan, const calendar::Zone& zone, Instant at);

}  // namespace duban::schedule
