// OUTAGE: a missed look is written down when there was one, and only then.

#include "sim/model/court.h"

namespace duban::sim::model {

void judge_outages(Court& court) {
  constexpr std::string_view rule = "OUTAGE";
  constexpr Second late_after = 600;
  const auto& life = court.life;
  for (const auto& fact : court.outcome.facts) {
    if (fact.kind != "outage" || life.clock_was_set()) continue;
    auto what = "that of " + court.at(fact.time.value_or(0)) + " to " + court.at(fact.at);
    if (!fact.time || fact.at - *fact.time <= late_after) {
      court.complain(rule, what + " is too short for one");
      continue;
    }
    auto from = life.since_of(*fact.time, court.story.begins);
    auto to = life.since_of(fact.at, court.story.begins);
    if (from && to && !life.was_hurt(*from, *to)) {
      court.complain(rule, what + " is one in which nothing hurt the daemon");
    }
  }
}

}  // namespace duban::sim::model
