#include "document/cell_store.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "document/cell_text.h"

namespace duban::document {
namespace {

constexpr BilingualView copy_rows{
    "新建一张表,只把填好的那几行复制过去再报",
    "copy only the rows that are filled in to a new table and hand in that one"};

}  // namespace

std::optional<TableFault> CellStore::put(std::size_t row, std::size_t column,
                                         std::string_view text) {
  auto clean = cell_text(text);
  if (clean.empty()) return std::nullopt;
  if (row == 0 || row > limits::sheet_rows || column == 0 || column > limits::sheet_columns) {
    return TableFault{"too-large",
                      both("表太大:只收{}行、{}列以内",
                           "the table is too large: at most {} rows and {} columns",
                           limits::sheet_rows, limits::sheet_columns),
                      copy_rows};
  }
  if (clean.size() > limits::sheet_cell_bytes) {
    return TableFault{"cell-too-long",
                      both("这一格有{}字,太长", "this cell is too long ({} characters)",
                           decode_utf8(clean).size()),
                      {"压到300字以内;详细材料另附",
                       "cut it to 300 characters and attach the details separately"},
                      row, column};
  }
  if (!is_utf8_text(clean)) {
    return TableFault{"bad-text",
                      {"这一格里有不是文字的内容", "this cell holds something that is not text"},
                      {"删去这一格,重新输入", "clear this cell and type it again"}, row, column};
  }
  bytes_ += clean.size();
  if (bytes_ > limits::sheet_text_bytes) {
    return TableFault{"too-large", {"表里文字太多", "there is too much text in the table"},
                      copy_rows};
  }
  if (cells_.size() < row) cells_.resize(row);
  auto& cells = cells_[row - 1];
  if (cells.size() < column) cells.resize(column);
  cells[column - 1] = std::move(clean);
  return std::nullopt;
}

void CellStore::unite(std::size_t first_row, std::size_t first_column, std::size_t last_row,
                      std::size_t last_column) {
  last_row = std::min(last_row, cells_.size());
  last_column = std::min(last_column, limits::sheet_columns);
  if (last_column < first_column) return;
  for (auto row = first_row; row <= last_row; ++row) {
    // Merged areas do not overlap: what goes beyond the table is made up, and would cost time.
    united_ += last_column - first_column + 1;
    if (united_ > limits::sheet_rows * limits::sheet_columns) return;
    auto& cells = cells_[row - 1];
    for (auto column = first_column; column <= std::min(last_column, cells.size()); ++column) {
      if (row != first_row || column != first_column) cells[column - 1].clear();
    }
  }
}

Cells CellStore::take() {
  auto is_empty = [](const std::vector<std::string>& row) {
    return std::ranges::all_of(row, &std::string::empty);
  };
  while (!cells_.empty() && is_empty(cells_.back())) cells_.pop_back();
  return std::move(cells_);
}

}  // namespace duban::document
