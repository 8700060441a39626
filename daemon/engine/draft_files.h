#pragma once
// The files of the drafts that a notice tells of.

#include <vector>

#include "document/forms.h"
#include "ledger/store.h"
#include "schedule/decide.h"

namespace duban::engine {

/// Each draft as the file to edit and as the one to check it by, by what was known at its cut-off.
/// `record` is the plan's. What cannot be written, or is too much for one message, is logged and
/// left out: the message says how to get it.
std::vector<ledger::Attachment> draft_files(const schedule::Timetable& timetable,
                                            const schedule::Record& record,
                                            const schedule::NoticePlan& notice,
                                            const document::Forms& forms);

}  // namespace duban::engine
