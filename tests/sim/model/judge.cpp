#include "sim/outcome.h"

namespace duban::sim {

std::vector<std::string> judge(const Story&, const Outcome&) { return {}; }

}  // namespace duban::sim
