#pragma once
// The office's day as a page. The daily list comes in here: as more of Today, and more of the view.

#include <vector>

#include "control/names.h"
#include "engine/agenda.h"
#include "message/web_view.h"

namespace duban::control {

struct Today {
  Instant now{};
  engine::Status status;
  /// The stages of this day and the week after it, of every plan.
  std::vector<engine::AgendaRow> week;
};

/// Everything of the page but what stands around it. Pure.
message::WebToday today_page(const Today& today, Timetables plans);

}  // namespace duban::control
