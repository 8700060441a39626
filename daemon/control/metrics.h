#pragma once
// What is measured, in Prometheus' text exposition format. Pure.
//
// Counters (…_total, the histogram) are this process's and begin at 0 with it, as Prometheus
// expects; gauges are what is now, worked out from ledger and plans, so a restart does not move
// them. Labels are few: plans and channels by the ids of the files, words of closed sets.

#include <string>
#include <string_view>
#include <vector>

#include "delivery/tally.h"
#include "engine/pulse.h"
#include "ledger/commit_times.h"

namespace duban::control {

struct Measured {
  engine::Pulse pulse;
  delivery::Tally tally;
  ledger::CommitTimes::Counts commits;
  /// Ids, as duband.toml has them: their counters are there from 0 on.
  std::vector<std::string> channels;
  bool live = true, ready = true;
  /// Machine time.
  Instant process_start{};
  /// Of the heartbeat: beats that were heard, and that were not.
  std::int64_t beats = 0, beats_lost = 0;
  std::optional<Instant> last_beat;
};

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// The whole page; each line ends, the last one too.
std::string exposition(const Measured& measured);

}  // namespace duban::control
