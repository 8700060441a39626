#pragma once
// Who may be named as late in a document that others read.

#include <string>
#include <vector>

#include "plan/plan.h"

namespace duban::document {

/// Party organs, vertically led ones (tax) and companies are no subordinates of the office's: they
/// are never in a list of criticism.
bool may_be_named_late(const plan::Unit& unit);

/// `市水务局、市医保局`, in the plan's order (no ranking), by their names of the day; of those that
/// may not be named only how many they are: `市水务局,另有2家单独沟通`. Empty for none.
std::string late_names(const plan::Plan& plan, const std::vector<std::string>& units, Day day);

}  // namespace duban::document
