#include "document/table_fault.h"

namespace duban::document {
namespace {

// A, B, … Z, AA, as sheets name them.
std::string column_letters(std::size_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

}  // namespace

Bilingual place_words(const TableFault& fault) {
  if (fault.row == 0) return {};
  if (fault.column == 0) return both("第{}行", "row {}", fault.row);
  return both("第{}行{}列", "row {}, column {}", fault.row, column_letters(fault.column));
}

}  // namespace duban::document
