#pragma once
// What another text of a plan does to what people get: both texts are lived on from one record,
// nobody handing in any more, and what differs is listed and summed. Up to a second of CPU for a
// plan of forty units.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/effect_sums.h"
#include "engine/rehearsal.h"

namespace duban::engine {

struct PlanEffect {
  std::string plan;
  int year = 0;
  calendar::Zone zone;
  /// From when on: now, or (nothing is recorded, `from_the_beginning`) the plan's beginning.
  Instant from{};
  bool from_the_beginning = false;
  std::vector<Change> changes;
  EffectSums sums;
  /// Breaches of the budget by each text in a year in which all hand in, from the month of `from`
  /// on.
  std::vector<Breach> breaches_before, breaches_after;
  /// Names of the units and duties of both texts, by id.
  std::map<std::string, std::string> units, duties;
};

/// If at `now` the plan took `edited` in place of its text. `running` has been looked at by then;
/// null: no such plan runs, and this is its first start. With the ledger's `salt` the notices of
/// the changes have the ids that they will then have.
PlanEffect effect_of_edit(const PlanRun* running, std::shared_ptr<const plan::Plan> edited,
                          const message::Templates& templates, Instant now,
                          const std::string& salt);

/// Between two texts, each lived from its beginning. Either may be null, not both.
PlanEffect effect_between(const PlanRun* before, const PlanRun* after);

}  // namespace duban::engine
