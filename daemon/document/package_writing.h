#pragma once
// Parts as a file in Office's packed form.

#include <string>
#include <utility>
#include <vector>

namespace duban::document {

/// In the order given, every part of the first of January 1980, as Office writes them: the same
/// parts give the same bytes. Throws where there is no memory.
std::string packed(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace duban::document
