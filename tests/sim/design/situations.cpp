#include "sim/design/situations.h"

namespace duban::sim::design {

const std::vector<Situation>& situations() {
  static const auto all = [] {
    std::vector<Situation> made;
    for (auto of : {deaths, outages, sayings, sayings_of_drafts, edits_of_dates, edits_of_plans,
                    clocks, receivers, disks}) {
      for (const auto& one : of()) made.push_back(one);
    }
    return made;
  }();
  return all;
}

}  // namespace duban::sim::design
