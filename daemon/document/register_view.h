#pragma once
// 台账 from the record.

#include <string_view>

#include "document/register.h"
#include "document/standpoint.h"

namespace duban::document {

/// Of a duty whose document is a register, in one of its periods: a line for each milestone, or for
/// a clause that has none, with what was said last.
RegisterView register_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period);

}  // namespace duban::document
