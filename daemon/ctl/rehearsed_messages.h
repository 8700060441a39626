#pragma once
// Every message of a rehearsed year as a file: a mail as it would go out, a webhook's body.

#include <filesystem>
#include <ostream>
#include <vector>

#include "ctl/plan_files.h"
#include "ledger/store.h"
#include "schedule/assignment.h"

namespace duban::ctl {

/// Into mail/ and webhook/ below `folder`, which are there; and a line for each into `lines`
/// (notices.jsonl).
bool write_messages(const std::filesystem::path& folder, const PlanFiles& files,
                    const schedule::Timetable& timetable,
                    const std::vector<ledger::Notice>& notices, std::ostream& lines);

}  // namespace duban::ctl
