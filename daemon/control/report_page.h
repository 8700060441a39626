#pragma once
// The documents that the office owes, with their dates and states, as a page. The documents
// themselves come in here when they are written.

#include "control/names.h"
#include "message/web_view.h"

namespace duban::control {

/// Everything of the page but what stands around it. Pure.
message::WebReport report_page(std::span<const engine::PlanRun* const> plans, Instant now);

}  // namespace duban::control
