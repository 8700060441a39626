#pragma once
// The office's day as a page: its list as it stands, then what comes.

#include <vector>

#include "control/names.h"
#include "engine/agenda.h"
#include "message/web_view.h"

namespace duban::control {

struct Today {
  Instant now{};
  /// The office's list of each plan, as its message would say it.
  struct List {
    std::string subject, text;
    bool empty = false;
  };
  std::vector<List> lists;
  engine::Status status;
  /// The stages of this day and the week after it, of every plan.
  std::vector<engine::AgendaRow> week;
};

/// Everything of the page but what stands around it. Pure.
message::WebToday today_page(const Today& today, Timetables plans);

}  // namespace duban::control
