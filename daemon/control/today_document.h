#pragma once
// What the office has to see and decide, as the API shows it.

#include <string>
#include <vector>

#include "control/names.h"
#include "engine/plan_run.h"

namespace duban::control {

/// {"plans":[{"id","at","subject","text","decide","counts":[{"duty","period","name","owed",
/// "on_time":[unit],"late":[],"extended":[],"excused":[],"missing":[]}],"asked":[entry],"undated",
/// "drafts","unclear","missing","by_hand","tomorrow","silences"}]}; an entry is {"what","units",
/// "count","since","why","commands":[]}. `counts`: of each thing that stands on the list, or is due
/// by the next working day.
std::string today_document(const std::vector<const engine::PlanRun*>& runs, Instant now);

}  // namespace duban::control
