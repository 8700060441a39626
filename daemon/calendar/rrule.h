#pragma once
// The days of an RRULE, which libical expands.

#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "plan/plan.h"

namespace duban::calendar {

/// The days of a rule in a year, rising, each once: those between its span's ends where it has them
/// (in their own year alone). Intervals and count begin at the first day of the span or the year.
/// The rule must be one that plan::problem_with lets through: others may cost seconds, these some
/// milliseconds. Any thread.
std::vector<Day> days_of(const plan::RRule& rule, int year);

/// Mistakes of a duty by rrule that only its days show: none in the year, a changed period that is
/// none of them; a warning for months too short for its day.
Diagnostics diagnose_rrule(const plan::Duty& duty, int year);

}  // namespace duban::calendar
