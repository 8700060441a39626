#pragma once
// A document's title as it stands on the page.

#include <string>
#include <string_view>

namespace duban::document {

/// A title longer than a line in two, a newline between: the first not the shorter one, not cut
/// within a usual word.
std::string headline_of(std::string_view title);

}  // namespace duban::document
