#pragma once
// Next year's work calendar, which the office is asked for from 1 November on: its notice moves the
// last days of December too, and the next plan cannot be dated without it.

#include <optional>
#include <string_view>

#include "schedule/assignment.h"

namespace duban::schedule {

/// The slice of the trouble that tells of it; the missing year is the trouble's period.
inline constexpr std::string_view calendar_code = "calendar-missing";

/// The year after the plan's own, where its work calendar does not have that as published.
std::optional<int> unpublished_next_year(const plan::Plan& plan);
/// From when on it counts as missing: 1 November of the plan's year.
Instant calendar_missed_from(const Timetable& timetable);
/// The year that is missing at `now`; before 1 November none is.
std::optional<int> missing_calendar(const Timetable& timetable, Instant now);

}  // namespace duban::schedule
