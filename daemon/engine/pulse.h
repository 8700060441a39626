#pragma once
// How the engine's loop stands, told without waiting for the loop, the ledger or anybody: for those
// who watch whether it turns at all. A plain value.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/tongue.h"

namespace duban::engine {

/// Instants are business time.
struct PlanPulse {
  std::string id;
  /// Up to when it has been looked at, and when it wants to be looked at again.
  std::optional<Instant> advanced, next;
  /// Since when the oldest notice waits that is queued and has not ended; drafts wait for people.
  std::optional<Instant> oldest_pending;
  /// Notices that have not ended.
  std::size_t drafted = 0, pending = 0;
  /// Its work calendar: how many years from this one on are published, without a gap. 0: not even
  /// this one is.
  int calendar_years = 0;
  /// Steps in a row that the ledger refused.
  int refusals = 0;
};

/// What reloads came to since the daemon started.
struct ReloadTally {
  /// Everything was taken; something was kept as it was; nothing was tried (`reload --if`).
  std::int64_t taken = 0, kept = 0, refused = 0;
  /// Business time of the last that was tried, and whether it was taken whole; nothing: none was.
  std::optional<Instant> last_at, last_taken_at;
  bool last_was_taken = true;
  bool operator==(const ReloadTally&) const = default;
};

struct Pulse {
  /// Plans are loaded, the ledger is read.
  bool started = false;
  /// Business time; it stands while a step of the clock is held. `since`: of the start.
  Instant now{}, since{};
  /// Business seconds in one of the machine.
  int speed = 1;
  bool clock_held = false;
  /// Times in a row that the ledger was not written or not read.
  int ledger_failures = 0;
  std::vector<PlanPulse> plans;
  /// What is not well (Problem::code), once for each.
  std::vector<std::string> problems;
  ReloadTally reloads;
  /// The ledger's file and its journal; 0 where it is in none.
  std::uintmax_t ledger_bytes = 0;
  /// As Engine::language().
  Tongue language = Tongue::chinese;
};

}  // namespace duban::engine
