#pragma once
// An .xlsx as cells.

#include <expected>
#include <string_view>

#include "document/sheet.h"

namespace duban::document {

std::expected<Cells, TableFault> read_workbook(std::string_view bytes);

}  // namespace duban::document
