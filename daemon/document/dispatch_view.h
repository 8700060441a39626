#pragma once
// 月调度通报 from the record.

#include <string_view>

#include "document/dispatch.h"
#include "document/standpoint.h"

namespace duban::document {

/// Of a duty whose document is a dispatch, in one of its periods: all that was known, as a draft.
/// 较上月 compares with the period before by what its own document knew.
DispatchView dispatch_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period);

}  // namespace duban::document
