#pragma once
// The office's day as a page: its list, how the daemon does, and the week to come.

#include <string>
#include <utility>
#include <vector>

#include "control/names.h"
#include "engine/agenda.h"
#include "engine/plan_run.h"
#include "message/web_view.h"

namespace duban::control {

struct Today {
  Instant now{};
  /// The list of each plan as it stands now, by the plan's title.
  std::vector<std::pair<std::string, engine::PlanRun::Today>> lists;
  engine::Status status;
  /// The stages of this day and the week after it, of every plan.
  std::vector<engine::AgendaRow> week;
};

/// Everything of the page but what stands around it. Pure.
message::WebToday today_page(const Today& today, Timetables plans);

}  // namespace duban::control
