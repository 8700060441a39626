#pragma once
// One sheet of a workbook as cells.

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "document/cell_format.h"
#include "document/sheet.h"

namespace duban::document {

/// What the cells of every sheet refer to.
struct WorkbookParts {
  std::vector<std::string> shared_texts;
  /// By the number of a cell's style.
  std::vector<CellFormat> formats;
  bool from_1904 = false;
};

std::vector<std::string> read_shared_texts(std::string_view xml);
std::vector<CellFormat> read_formats(std::string_view xml);
std::expected<Cells, TableFault> read_worksheet(std::string_view xml, const WorkbookParts& parts);

}  // namespace duban::document
