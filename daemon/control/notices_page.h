#pragma once
// What went out in the last days, as a page: to whom, what it was called, what came of it. Never
// its text, nor an address, nor what a server said.

#include <vector>

#include "control/names.h"
#include "ledger/store.h"
#include "message/web_view.h"

namespace duban::control {

/// Everything of the page but what stands around it; `sent` in any order. Pure.
message::WebNotices notices_page(std::vector<ledger::NoticeView> sent, Timetables plans);

}  // namespace duban::control
