#pragma once
// Cells as they are gathered from a file, within the bounds of a table.

#include <cstddef>
#include <optional>
#include <string_view>

#include "document/sheet.h"

namespace duban::document {

class CellStore {
 public:
  /// Both from 1. An empty text takes no room, wherever it stands.
  std::optional<TableFault> put(std::size_t row, std::size_t column, std::string_view text);
  /// Merged cells, first and last included: only the first keeps its value.
  void unite(std::size_t first_row, std::size_t first_column, std::size_t last_row,
             std::size_t last_column);
  /// Down to the last row that is not empty.
  Cells take();

 private:
  Cells cells_;
  std::size_t bytes_ = 0, united_ = 0;
};

}  // namespace duban::document
