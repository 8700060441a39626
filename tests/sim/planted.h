#pragma once
// The switch of a planted defect: only in the build of tests/sim/defects, where it stands before
// each patched file of daemon/. DUBAN_PLANTED names the defect that is in force.

#include <cstdlib>
#include <string_view>

namespace duban::sim {

inline bool planted(std::string_view name) {
  static const char* const in_force = std::getenv("DUBAN_PLANTED");
  return in_force != nullptr && name == in_force;
}

}  // namespace duban::sim
