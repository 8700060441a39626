#pragma once
// What a question asks for, read from its parameters: names as people type them, days in the zone
// of the plan.

#include <vector>

#include "control/names.h"
#include "control/requests.h"
#include "engine/agenda.h"
#include "ledger/store.h"

namespace duban::control {

/// `from`, `to`, `unit` and `duty` as they are meant in one plan of `plans`; `plan` tells which of
/// two duties of one name.
Found<engine::AgendaFilter> agenda_filter(const Fields& query, const schedule::Timetable& plan,
                                          Timetables plans);

/// `plan`, `unit`, `state` and `since`: of the plan named, else of every one in which that makes
/// sense; one question for all where it means the same in each.
Found<std::vector<ledger::NoticeQuery>> notice_queries(const Fields& query, Timetables plans,
                                                       Instant now);

}  // namespace duban::control
