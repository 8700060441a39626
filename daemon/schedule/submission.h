#pragma once
// What a unit hands in beside the mere fact that it did: its rows, one a clause, and its files.

#include <cstdint>
#include <string>
#include <vector>

#include "base/states.h"

namespace duban::schedule {

/// One clause of a table as a unit filled it in. Texts are the unit's own, bounded
/// (limits::row_text_bytes), UTF-8.
struct SubmittedRow {
  /// The task's id; or, where the row was not understood, the clause as it was written: no task of
  /// the plan has that id.
  std::string clause;
  /// 本月无变化: the answer is what the period before said.
  bool unchanged = false;
  std::string progress;
  /// By the unit's own milestones; `unsaid` where the cell was left empty.
  RowState state = RowState::unsaid;
  std::string problem;
  /// 需协调: whom it asks, to do what, by when; empty where nothing is asked.
  std::string asks_whom, asks_what, asks_by;
  /// 缺×单位: unit ids (or names that were not understood) whose part did not come to the lead.
  std::vector<std::string> lacks;
  bool operator==(const SubmittedRow&) const = default;
};

/// A file that was handed in, kept beside the ledger under its digest.
struct SubmittedFile {
  std::string name;
  /// `sha256:…` of its bytes.
  std::string digest;
  std::int64_t bytes = 0;
  bool operator==(const SubmittedFile&) const = default;
};

}  // namespace duban::schedule
