#pragma once
// The daemon holds what it lives by against what the ledger says: a record that was kept row by
// row, a board that remembers when to look again, a wake-up that was planned once; beside them the
// same worked out afresh, and what a plainer rule finds. Pure: engine_audit.cpp reads and tells.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/finding.h"
#include "engine/ledger_fold.h"
#include "schedule/decide.h"

namespace duban::engine {

/// What a decision comes to, without its words.
struct Saying {
  /// What it would tell (not what only goes on in another notice), and when it was to be told.
  std::map<schedule::ItemKey, Instant> told;
  /// The notices that it would end or replace.
  std::set<std::string> ended;
};
Saying saying_of(const schedule::Decision& decision);

/// A plan as the daemon lives it, at one moment; all its rows up to then are in the fold.
struct Lived {
  std::shared_ptr<const schedule::Timetable> timetable;
  RowTally tally;
  /// Business time.
  Instant now{};
  std::optional<Instant> cursor, looked, next_wake;
  /// After all that is due was told.
  Saying saying;
  /// What it found to say although nothing had woken it.
  Saying overslept;
  /// Since when this text is lived without a break.
  Instant undisturbed_since{};
};

/// What the daemon lives by against what the fold of the ledger says.
std::vector<Finding> compare(const Lived& lived, const LedgerFold& fold);

}  // namespace duban::engine
