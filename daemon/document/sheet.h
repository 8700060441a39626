#pragma once
// The bytes of a handed-in table as cells: .xlsx, or text with separators as Excel saves it.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "document/table_fault.h"

namespace duban::document {

/// Rows of cells as a person sees them, UTF-8, without blanks around; the n-th is the sheet's n-th
/// row. Bounded by limits::sheet_rows, sheet_columns, sheet_cell_bytes, sheet_text_bytes.
using Cells = std::vector<std::vector<std::string>>;

/// Which form it is shows in the bytes, never in a name. Of a workbook the first sheet that is
/// shown and not empty. Old .xls, a password, macros, pictures and papers are refused with what to
/// do instead. A merged cell gives its value once, where it begins; numbers and dates read as the
/// sheet shows them (`5`, `85%`, `2022-05-25`); a formula gives the value it had when saved.
std::expected<Cells, TableFault> read_sheet(std::string_view bytes);

}  // namespace duban::document
