#include "engine/life_book.h"

namespace duban::engine {

bool UnkeptBook::step(PlanRun& run, const Step& step) {
  run.commit(step);
  return true;
}

bool UnkeptBook::record(PlanRun& run, std::vector<schedule::Fact> facts) {
  for (auto& fact : facts) run.record(std::move(fact));
  return true;
}

bool UnkeptBook::delivered(PlanRun& run, const std::vector<std::string>& notices, Instant at) {
  for (const auto& notice : notices) run.delivered(notice, at);
  return true;
}

}  // namespace duban::engine
