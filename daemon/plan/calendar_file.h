#pragma once
// Reads one work calendar, calendars/<id>.toml.

#include "plan/work_calendar.h"
#include "settings/section.h"

namespace duban::plan {

/// `root` is the file's top table; what is wrong goes to its diagnostics.
WorkCalendar read_calendar(settings::Section& root);

}  // namespace duban::plan
