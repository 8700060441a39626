#include "schedule/bearing_facts.h"

#include <algorithm>

namespace duban::schedule {

std::vector<AssignmentKey> widening(const AssignmentKey& key) {
  std::vector<AssignmentKey> keys{key};
  if (!key.slice.empty()) keys.push_back({key.duty, key.period, key.unit, ""});
  keys.push_back({key.duty, key.period, "", ""});
  return keys;
}

std::vector<const Fact*> bearing_facts(const Record& record, const AssignmentKey& key) {
  std::vector<const Fact*> facts;
  for (const auto& wider : widening(key)) {
    auto about = record.facts_about(wider);
    facts.insert(facts.end(), about.begin(), about.end());
  }
  std::ranges::sort(facts, {}, &Fact::seq);
  return facts;
}

}  // namespace duban::schedule
