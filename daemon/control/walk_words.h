#pragma once
// Working days counted out one by one, in words.

#include <string>
#include <vector>

#include "calendar/why.h"

namespace duban::control {

/// `-1wd 5月24日,-2wd 23日,-3wd 20日(21、22日周末)`.
std::string walk_in_chinese(const std::vector<calendar::Stride>& strides);
/// `-1wd 24 May, -2wd 23, -3wd 20 (21, 22 weekend)`.
std::string walk_in_english(const std::vector<calendar::Stride>& strides);

}  // namespace duban::control
