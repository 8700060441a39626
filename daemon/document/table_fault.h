#pragma once
// What is wrong with a handed-in table, for the person who handed it in.

#include <cstddef>
#include <string>

#include "base/bilingual.h"

namespace duban::document {

struct TableFault {
  /// A stable word: `not-a-table`, `too-large`, `no-head`, …
  std::string code;
  Bilingual message, mend;
  /// As the sheet counts them, from 1; 0 where it is about the whole.
  std::size_t row = 0, column = 0;
  bool operator==(const TableFault&) const = default;
};

/// `第5行C列`, `row 5, column C`; empty where it is about the whole.
Bilingual place_words(const TableFault& fault);

}  // namespace duban::document
