#pragma once
// The hour of the office's list, on working days.

#include <optional>

#include "calendar/workdays.h"
#include "calendar/zone.h"
#include "plan/plan.h"

namespace duban::schedule {

/// The hour of the list on a day.
Instant list_on(const plan::Plan& plan, const calendar::Zone& zone, Day day);
/// The office's list instants: the newest at or before `at`, the newest strictly before `at`, and
/// the first strictly after `at`.
Instant list_at_or_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at);
Instant list_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at);
Instant list_after(const plan::Plan& plan, const calendar::Zone& zone, Instant at);

}  // namespace duban::schedule
