// AUDIT: the daemon finds fault with itself only while something hurts it, or when its clock was
// put back so far that it will say nothing for days.

#include <algorithm>

#include "sim/model/records.h"

namespace duban::sim::model {
namespace {

constexpr Second a_minute = 60, days_ahead = Second{7} * 86400;

// How far the clock is behind the latest that it has shown.
Second behind(const Court& court, Second since) {
  auto latest = court.story.begins;
  for (const auto& event : court.outcome.events) {
    if (event.at.since <= since) latest = std::max(latest, court.life.wall_at(event.at.since - 1));
  }
  return latest - court.life.wall_at(since);
}

}  // namespace

void judge_audits(Court& court) {
  Records records{court};
  for (const auto& fact : court.outcome.facts) {
    if (fact.kind != "trouble" || fact.subject != "audit-failed") continue;
    auto since = records.since_of(fact.seq);
    if (court.life.was_hurt(since - a_minute, since + a_minute)) continue;
    if (behind(court, since) > days_ahead) continue;
    court.complain("AUDIT", "one failed at " + court.at(fact.recorded_at) +
                                " although nothing was wrong");
  }
}

}  // namespace duban::sim::model
