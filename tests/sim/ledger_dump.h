#pragma once
// What the ledger holds, read by SQL of the simulator's own.

#include <string>

#include "sim/outcome.h"

namespace duban::sim {

/// Opens the file on the simulated disk and fills items, notices, facts and the cursor.
void dump_ledger(const std::string& file, Outcome& outcome);

}  // namespace duban::sim
