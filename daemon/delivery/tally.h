#pragma once
// What this process has sent, counted: for metrics. Of the past the ledger tells; these begin at
// nothing with each start, as counters of a process do.

#include <cstdint>
#include <map>
#include <string>

#include "base/states.h"
#include "ledger/store.h"

namespace duban::delivery {

/// By channel id (of duband.toml, so they are few), what came of it, and why.
template <class Came>
struct TallyKey {
  std::string channel;
  Came came{};
  Reason reason = Reason::none;
  auto operator<=>(const TallyKey&) const = default;
};

struct Tally {
  std::map<TallyKey<AttemptOutcome>, std::int64_t> attempts;
  /// Notices that delivery ended: delivered, failed, expired; and bounced, after delivered.
  std::map<TallyKey<NoticeState>, std::int64_t> notices;

  /// A settlement that was written.
  void add(const ledger::Settlement& settled, const std::string& channel) {
    if (settled.attempted) ++attempts[{channel, settled.outcome, settled.reason}];
    if (settled.ends) ++notices[{channel, *settled.ends, settled.end_reason}];
  }
  bool operator==(const Tally&) const = default;
};

}  // namespace duban::delivery
