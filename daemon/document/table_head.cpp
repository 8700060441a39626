#include "document/table_head.h"

#include <algorithm>

#include "base/limits.h"

namespace duban::document {
namespace {

using Row = std::vector<std::string>;

std::map<TableColumn, std::size_t> columns_of(const Row& row) {
  std::map<TableColumn, std::size_t> columns;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (auto column = column_named(row[at])) columns.emplace(*column, at);
  }
  return columns;
}

bool is_head(const std::map<TableColumn, std::size_t>& columns) {
  bool names_rows = columns.contains(TableColumn::clause) || columns.contains(TableColumn::task);
  return names_rows && (columns.contains(TableColumn::progress) ||
                        columns.contains(TableColumn::state) ||
                        columns.contains(TableColumn::problem));
}

// A second line of the head names columns and nothing else.
bool is_all_head(const Row& row) {
  auto is_head_cell = [](const std::string& cell) {
    return cell.empty() || column_named(cell).has_value();
  };
  return std::ranges::all_of(row, is_head_cell) && !columns_of(row).empty();
}

}  // namespace

std::optional<TableHead> find_head(const Cells& cells) {
  auto until = std::min(cells.size(), limits::sheet_head_rows);
  for (std::size_t at = 0; at < until; ++at) {
    TableHead head{columns_of(cells[at]), at + 1};
    if (!is_head(head.columns)) continue;
    if (head.body < cells.size() && is_all_head(cells[head.body])) {
      // What the second line says is nearer to the column.
      for (auto [column, place] : columns_of(cells[head.body])) head.columns[column] = place;
      ++head.body;
    }
    return head;
  }
  return std::nullopt;
}

}  // namespace duban::document
