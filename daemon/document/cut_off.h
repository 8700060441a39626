#pragma once
// By which moment's knowledge a document is written.

#include <string_view>

#include "plan/plan.h"
#include "schedule/assignment.h"

namespace duban::document {

/// Of a period of a duty that has a document: of the newest draft that was told and stands; else
/// when the draft is due to be made, if that is past; else `now`.
Instant cut_off_of(const schedule::Timetable& timetable, const schedule::Record& record,
                   const plan::Duty& duty, std::string_view period, Instant now);

}  // namespace duban::document
