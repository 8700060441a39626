#pragma once
// The documents that the office owes, with their dates and states and the drafts of those that
// write themselves, as a page.

#include "control/names.h"
#include "message/web_view.h"

namespace duban::control {

/// Everything of the page but what stands around it. Pure.
message::WebReport report_page(std::span<const engine::PlanRun* const> plans, Instant now);

}  // namespace duban::control
