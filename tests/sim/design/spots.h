#pragma once
// The moments of a plan at which something can go wrong in an interesting way.

#include <optional>
#include <string>
#include <vector>

#include "sim/story.h"

namespace duban::sim::design {

struct Spot {
  enum class Kind { plan_begins, plan_ends, stage, due, ask_by, late, silence_begins, silence_ends,
                    opens, closes, list, midnight, month_ends, made_up, holiday, clock_changes };
  Kind kind = Kind::stage;
  Second at = 0;
  /// Of a stage, due or ask_by.
  std::string duty, period;
  std::optional<Stage::Kind> stage = std::nullopt;
  std::size_t units = 0;
};

/// In time order.
std::vector<Spot> spots_of(const Plan& plan);

}  // namespace duban::sim::design
