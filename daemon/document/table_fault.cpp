#include "document/table_fault.h"

#include <fmt/format.h>

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

std::string place_words(const TableFault& fault) {
  if (fault.row == 0) return {};
  auto row = fmt::format("第{}行", fault.row);
  return fault.column == 0 ? row : row + column_letters(fault.column) + "列";
}

}  // namespace duban::document
