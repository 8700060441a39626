#pragma once
// A published list of holidays as an iCalendar file (.ics).

#include <optional>
#include <string>

#include "calendar/holiday_notice.h"

namespace duban::calendar {

/// The holidays and worked weekends among its all-day events: 春节(休), 春节(班), 春节假期,
/// 上班(补春节假期), 春节补班, or marked with X-APPLE-SPECIAL-DAY. Every other event is set aside
/// by its name; one of these that cannot be read is a mistake at `shown`. Nothing when there are
/// mistakes. With `only` events of other years are not looked at. `text` is UTF-8.
std::optional<PublishedList> read_ics_list(const std::string& text, const std::string& shown,
                                           std::optional<int> only, Diagnostics& out);

}  // namespace duban::calendar
