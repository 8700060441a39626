#pragma once
// What a unit's table says: cells as rows of the record.

#include <expected>
#include <string_view>
#include <vector>

#include "document/sheet.h"
#include "plan/plan.h"
#include "schedule/submission.h"

namespace duban::document {

/// Whose table it is: the clauses it reports on follow from these.
struct TableOf {
  const plan::Plan& plan;
  const plan::Duty& duty;
  /// A unit id.
  std::string_view unit;
  /// A clause, where the duty is owed clause by clause; else empty.
  std::string_view slice;
};

struct TableReading {
  /// In the order of the table. A row that could not be matched to a task keeps its clause as it is
  /// written there.
  std::vector<schedule::SubmittedRow> rows;
  /// What the office should look at: rows and states that were not understood, rows given twice.
  /// None of them is an error.
  std::vector<TableFault> remarks;
};

/// The head is found by its words, in any order of columns, within limits::sheet_head_rows; titles,
/// notes and empty rows are passed over; what stands under a row without clause and task goes on
/// with it. A table that says nothing but 无变化 says it of all rows. Texts are within
/// limits::sheet_cell_bytes.
std::expected<TableReading, TableFault> read_table(const Cells& cells, const TableOf& table);

/// The answer 无变化 for every row that the unit reports on.
std::vector<schedule::SubmittedRow> rows_unchanged(const TableOf& table);

}  // namespace duban::document
