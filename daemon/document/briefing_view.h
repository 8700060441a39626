#pragma once
// 季通报 from the record.

#include <string_view>

#include "document/briefing.h"
#include "document/standpoint.h"

namespace duban::document {

/// Of a duty whose document is a briefing, in one of its quarters: all that was known, as a draft.
/// Each month's states are those that its own dispatch knew.
BriefingView briefing_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period);

}  // namespace duban::document
