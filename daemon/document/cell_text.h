#pragma once
// Text as it is taken into a cell.

#include <string>
#include <string_view>

namespace duban::document {

/// Without blanks around (full-width ones too) and without control characters; of line ends LF
/// stays, a tab becomes a blank.
std::string cell_text(std::string_view text);
/// The characters that a workbook writes as `_x000D_`, put back.
std::string without_escapes(std::string_view text);

}  // namespace duban::document
