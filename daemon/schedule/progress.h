#pragma once
// What units said of each clause, period by period: the rows of what they handed in. Pure; a fold
// over the facts.

#include <optional>
#include <string_view>
#include <vector>

#include "plan/plan.h"
#include "schedule/record.h"

namespace duban::schedule {

/// One row as it stands: the newest that its unit said of the clause in the period.
struct RowSaid {
  AssignmentKey about;
  /// The submission it stands in, and when that was handed in.
  std::int64_t fact = 0;
  Instant at{};
  /// `unchanged` stays; its progress is then what the unit said last before.
  SubmittedRow row;
};

/// The rows of a period that were understood, in the document's order, of a clause's reporters in
/// theirs. A unit's row that is not its own to fill counts all the same.
std::vector<RowSaid> rows_said(const plan::Plan& plan, const Record& record, std::string_view duty,
                               std::string_view period);

/// A submission with rows that name no clause of the plan, until the unit hands in again or the
/// office accepts it as it is.
struct UnclearRows {
  AssignmentKey about;
  std::int64_t fact = 0;
  /// Indexes into the fact's rows.
  std::vector<std::size_t> rows;
};
std::vector<UnclearRows> unclear_rows(const plan::Plan& plan, const Record& record);

}  // namespace duban::schedule
