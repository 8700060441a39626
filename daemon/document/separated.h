#pragma once
// Text with separators (.csv) as cells.

#include <expected>
#include <string>
#include <string_view>

#include "document/sheet.h"

namespace duban::document {

/// UTF-8 with or without its mark, UTF-16 with its mark, else GB18030 (as Excel in China saves it).
std::expected<std::string, TableFault> as_utf8(std::string_view bytes);
/// RFC 4180, with commas, semicolons or tabs, whichever its first lines hold most of.
std::expected<Cells, TableFault> read_separated(std::string_view bytes);

}  // namespace duban::document
