#pragma once
// The outbox held against the notices of the ledger. The ledger goes on while it is read, so what
// is looked at is bracketed: rows up to a moment, then the outbox, then the rows since; what was
// queued, tried or ended in between is no difference.

#include <map>
#include <string>
#include <vector>

#include "engine/finding.h"
#include "engine/ledger_fold.h"

namespace duban::engine {

/// Not thread-safe.
class OutboxCheck {
 public:
  /// What had not ended by then.
  void begin(const LedgerFold& before);
  /// A piece of the outbox, read since.
  void add(std::vector<ledger::OutboxRow> rows);
  /// Machine time: now, and since when somebody sends.
  struct Moment {
    Instant now{}, sending_since{};
  };
  /// After the fold has gone on to a moment after the last piece was read.
  std::vector<Finding> against(const LedgerFold& after, const Moment& moment) const;

 private:
  /// What had not ended, and how often it had been tried.
  std::map<std::string, int> open_;
  std::int64_t begun_at_ = 0;
  std::vector<ledger::OutboxRow> rows_;
};

}  // namespace duban::engine
