#pragma once
// The same items once more, because somebody asked: a new id, marked 补发, naming the old.

#include "engine/plan_run.h"

namespace duban::engine {

ledger::Notice resent_copy(const ledger::NoticeView& view, const PlanRun& run,
                           const std::string& salt, Instant now);

}  // namespace duban::engine
