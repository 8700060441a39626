#pragma once
// What falls due after a document was written: 下月日期, 下季节点.

#include <string>
#include <vector>

#include "document/standpoint.h"

namespace duban::document {

struct ComingDate {
  Instant at{};
  /// `7月25日(周一)17:00`; of a milestone or an action `7月25日`.
  std::string when;
  /// `7月月调度表`; a milestone or an action by its name.
  std::string what;
  /// Whose milestone or action it is; empty of a duty.
  std::string unit;
};

/// From the standpoint's moment to the end of `last`, by date: the asked-for date where there is
/// one. Without `duty` itself, whose document this is, in its period.
std::vector<ComingDate> coming_dates(const Standpoint& standpoint, const plan::Duty& duty,
                                     std::string_view period, Day last);

/// The last day of the month after the one that `day` is in.
Day end_of_next_month(Day day);

}  // namespace duban::document
