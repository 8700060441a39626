#pragma once
// A backup put in the place of a state folder's ledger, with no daemon on it. Blocks.

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/time.h"
#include "ledger/backup.h"
#include "ledger/state_lock.h"

namespace duban::ledger {

struct Restored {
  LedgerSummary summary;
  /// Where it is now.
  std::filesystem::path ledger;
  /// Where the ledger that was there before is, with its journal; empty: there was none.
  std::vector<std::filesystem::path> moved;
};

/// Why nothing was restored.
struct RestoreRefused {
  std::string code;
  Bilingual message, mend;
};

/// Copies the backup (and a journal beside it) into `state`, examines that copy, moves the ledger
/// of its kind that is there aside under a name with `now` in it, and puts the copy in its place:
/// on the disk, owned by the folder's owner, with the old one's mode. `backup` itself is only read.
/// When refused, nothing has changed; cut off in the middle, no daemon starts until it is run again
/// (restoring_file). `lock` is of `state`.
std::expected<Restored, RestoreRefused> restore_ledger(const StateLock& lock,
                                                       const std::filesystem::path& state,
                                                       const std::filesystem::path& backup,
                                                       Instant now);

}  // namespace duban::ledger
