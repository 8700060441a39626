#pragma once
// One year's notice written into a work calendar's file: its section is changed where it stands or
// added at the end. Every other byte stays, comments above all.

#include <expected>
#include <string>

#include "calendar/holiday_notice.h"
#include "engine/engine.h"

namespace duban::ctl {

/// The whole text after the edit; the same text where the year stands there as published with just
/// these days. Keys of the section that already say the same keep their lines; so do all comments
/// but those at the end of a line that is rewritten. Refused where the section is not written as
/// the lines of a [[year]]. `text` may have CRLF and a byte order mark.
std::expected<std::string, engine::Refusal> edit_year(const std::string& text,
                                                      const calendar::HolidayNotice& notice);

}  // namespace duban::ctl
