#pragma once
// A ledger as a file to keep: copied while it is written to, and looked at before it is trusted.
// Blocks; no daemon is needed.

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/bilingual.h"
#include "base/time.h"

namespace duban::ledger {

/// The real ledger of a state folder, or the one of pretended times.
std::filesystem::path ledger_file(const std::filesystem::path& state, bool pretended);
/// A ledger that is about to take that one's place; while it is there, a restore was cut off and
/// nobody may open the ledger.
std::filesystem::path restoring_file(const std::filesystem::path& ledger);

/// Everything that is committed at `from` in this moment, page by page, as one file without a
/// journal beside it; not synced, and what was at `to` before is gone. Others write on meanwhile,
/// and nobody waits. Since pages are taken as they are, a damaged ledger makes a damaged copy: look
/// at it with examine_ledger. The error says what went wrong, or that it was stopped.
std::expected<void, std::string> copy_ledger(const std::filesystem::path& from,
                                             const std::filesystem::path& to,
                                             const std::stop_token& stop = {});

/// What stands in a ledger's file.
struct LedgerSummary {
  bool pretended = false;
  std::vector<std::string> plans;
  std::int64_t notices = 0, facts = 0;
  /// The business time up to which the furthest plan was looked at.
  std::optional<Instant> looked_until;
};

/// Why a file is no ledger to go on from.
struct LedgerProblem {
  enum class Kind { unreadable, not_ours, newer, damaged, stopped };
  Kind kind = Kind::damaged;
  Bilingual message, mend;
};

/// Reads the whole file and changes nothing: each page and row (integrity_check: the trees, every
/// index against its table, the CHECKs and types), each reference, the schema's version. What it
/// cannot see is another letter in the middle of a text.
std::expected<LedgerSummary, LedgerProblem> examine_ledger(const std::filesystem::path& file,
                                                           const std::stop_token& stop = {});

}  // namespace duban::ledger
