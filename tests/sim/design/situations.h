#pragma once
// What goes wrong, and where: each situation aims some happenings at moments of the plan.

#include <vector>

#include "sim/design/draft.h"

namespace duban::sim::design {

struct Situation {
  const char* name;
  void (*arrange)(Draft& draft);
};

std::vector<Situation> deaths();
std::vector<Situation> outages();
std::vector<Situation> sayings();
std::vector<Situation> sayings_of_drafts();
std::vector<Situation> edits_of_dates();
std::vector<Situation> edits_of_plans();
std::vector<Situation> clocks();
std::vector<Situation> receivers();
std::vector<Situation> disks();
/// All of the above.
const std::vector<Situation>& situations();

}  // namespace duban::sim::design
