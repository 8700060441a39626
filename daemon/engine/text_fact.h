#pragma once
// What is recorded when a text of a plan comes into force.

#include <string>

#include "schedule/record.h"

namespace duban::engine {

/// `diffed`: it was accepted with the hash that its diff showed (`reload --if`): whoever took it
/// had seen what it does.
inline schedule::Fact text_fact(const std::string& digest, Instant now, const std::string& by,
                                bool diffed) {
  schedule::Fact fact;
  fact.kind = FactKind::plan_text;
  fact.at = fact.recorded_at = now;
  fact.by = by;
  fact.way = "engine";
  fact.subject = digest;
  if (diffed) fact.note = schedule::seen_in_diff;
  return fact;
}

}  // namespace duban::engine
