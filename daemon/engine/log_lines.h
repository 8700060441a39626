#pragma once
// The lines of the log that people search for by unit, plan or notice.

#include <string>
#include <vector>

#include "ledger/store.h"
#include "schedule/record.h"

namespace duban::engine {

/// Whom these are about, each once.
std::vector<std::string> units_of(const std::vector<schedule::ItemKey>& items);

/// A notice that is about to be written.
void log_notice(const std::string& plan, const ledger::Notice& notice);
/// A fact that is recorded; what was said with it stays in the ledger.
void log_fact(const std::string& plan, const schedule::Fact& fact);

}  // namespace duban::engine
