#pragma once
// Which facts bear on one assignment: those about it, and those about more than it.

#include <vector>

#include "schedule/record.h"

namespace duban::schedule {

/// The assignment itself, all clauses of its unit, all units of its period: whatever a fact may
/// name to be about it.
std::vector<AssignmentKey> widening(const AssignmentKey& key);

/// Facts about any of these that hold, by sequence.
std::vector<const Fact*> bearing_facts(const Record& record, const AssignmentKey& key);

}  // namespace duban::schedule
