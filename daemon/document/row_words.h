#pragma once
// What one unit's line of a clause says in a document, whatever it handed in or did not.

#include <string>
#include <string_view>

#include "document/standpoint.h"
#include "document/table_said.h"

namespace duban::document {

struct RowWords {
  std::string progress, problem;
  /// It owes its table still: 未报, beside its name.
  bool not_in = false;
};

/// Of a reporter: its words; 本月无变化; or why there are none (未报, 免报, 延期, a paper whose
/// content was not entered).
RowWords row_words(const Standpoint& standpoint, const TableSaid& said, std::string_view period,
                   std::string_view unit, const plan::Task& task);

/// 缺×单位: that a unit did not give its part to the one who fills the row. `lead` by its name.
std::string lacking_words(std::string_view lead);

}  // namespace duban::document
