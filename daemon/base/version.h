#pragma once
// Which duban this is.

#include <string_view>

namespace duban {

/// `0.1.0`: of the one place that says so, the project's line in CMakeLists.txt.
std::string_view version();

}  // namespace duban
