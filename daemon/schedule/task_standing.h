#pragma once
// What the record knows of a task at a moment, by its milestones: what its lamp hangs on.

#include <string_view>
#include <vector>

#include "schedule/assignment.h"
#include "schedule/lamp.h"

namespace duban::schedule {

/// By the assignments of the task's milestones as they stand at `now`, and what was told of them.
/// What its reporter said of it and what the office set by hand are for the caller to add. Excused
/// milestones, and those past before the plan began, count for nothing. Written reminders are the
/// chases (overdue, escalate) of the earliest milestone that is open, new dates those told of it:
/// what had arrived by `now`.
TaskStanding standing_of(const Timetable& timetable, const Record& record,
                         const std::vector<Assignment>& all, std::string_view task, Instant now);

}  // namespace duban::schedule
