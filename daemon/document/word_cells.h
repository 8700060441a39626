#pragma once
// What a filled form still needs to be a document of Word.

#include <optional>
#include <string>
#include <string_view>

namespace duban::document {

/// In a cell of a table: the same as in the cell above, with which it becomes one.
inline constexpr std::string_view ditto = "〃";

/// Signs are set as Chinese papers have them, lines of a text become lines, cells that say `ditto`
/// one cell with that above. Nothing when the form's tags have torn its XML apart.
std::optional<std::string> finished_part(const std::string& xml);

}  // namespace duban::document
