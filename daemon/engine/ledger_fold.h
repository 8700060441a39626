#pragma once
// The past of one plan as the ledger has it: rows folded into a record, and what an audit wants to
// know of them besides.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/store.h"
#include "schedule/record.h"

namespace duban::engine {

/// What was folded, whichever way it was read: two that saw the same rows in the same order are
/// equal, two that did not are not.
struct RowTally {
  std::int64_t facts = 0, notices = 0, attempts = 0, endings = 0;
  std::uint64_t digest = 0;
  void add(const ledger::Row& row);
  bool operator==(const RowTally&) const = default;
};

/// One row of the past into a record, in the order of the sequence numbers.
void fold(const ledger::Row& row, schedule::Record& record);

/// Read afresh. Not thread-safe.
class LedgerFold {
 public:
  void add(const ledger::Rows& rows);

  const schedule::Record& record() const { return record_; }
  const RowTally& tally() const { return tally_; }
  /// The sequence number up to which it has read.
  std::int64_t last() const { return last_; }
  /// How often a notice that has not ended was tried.
  int attempts_at(const std::string& notice) const {
    auto found = attempts_.find(notice);
    return found == attempts_.end() ? 0 : found->second;
  }
  /// An item that stands in two notices at once: neither was replaced by the other, nor sent again
  /// on purpose.
  struct Doubled {
    schedule::ItemKey item;
    std::string notice;
  };
  const std::vector<Doubled>& doubled() const { return doubled_; }

 private:
  void note_doubled(const ledger::NoticeRow& row);

  schedule::Record record_;
  RowTally tally_;
  std::int64_t last_ = 0;
  std::map<std::string, int> attempts_;
  std::vector<Doubled> doubled_;
};

}  // namespace duban::engine
