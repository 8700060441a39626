#pragma once
// Finds the head of a table among its first rows.

#include <cstddef>
#include <map>
#include <optional>

#include "document/sheet.h"
#include "document/table_words.h"

namespace duban::document {

struct TableHead {
  /// Columns by what they hold, from 0.
  std::map<TableColumn, std::size_t> columns;
  /// The first row below it, from 0.
  std::size_t body = 0;
};

/// A row, or two one above the other (需协调 over 请谁, 做什么, 何时要), that names what a row is
/// about and what is said of it.
std::optional<TableHead> find_head(const Cells& cells);

}  // namespace duban::document
