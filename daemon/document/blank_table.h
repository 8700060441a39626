#pragma once
// The table that a unit fills in, with what it wrote last time in it: one sheet, at most eight
// columns, nothing to learn.

#include <string>
#include <vector>

#include "base/time.h"
#include "document/table_reading.h"
#include "schedule/submission.h"

namespace duban::document {

struct BlankTableHead {
  /// `5月月调度表`.
  std::string title;
  /// The unit's name of the day.
  std::string unit;
  /// `请于5月25日(周三)17:00前报领导小组办公室`.
  std::string until;
  /// What the file says of when it was made: the reminder's own hour.
  Instant made;
};

/// An .xlsx with a row for each clause that the unit reports on, in the document's order. `last`:
/// what it said in the period before, by clause; rows of other clauses are left out. Read with
/// `read_table`, an untouched one gives the same rows.
std::string blank_table(const TableOf& table, const BlankTableHead& head,
                        const std::vector<schedule::SubmittedRow>& last);

}  // namespace duban::document
