#pragma once
// What the body of 月调度通报 has room for: two pages (office page, chapter 5), the rest stands in
// its annexes.

#include "document/dispatch.h"

namespace duban::document {

/// Fills `pressing`, cuts `behind`, `settled` and `sections` to what fits, and says how much more
/// there is. Every heading keeps an entry before any gets a second one; entries are cut to fewer
/// characters rather than left out, down to some thirty.
void keep_to_two_pages(DispatchView& view);

}  // namespace duban::document
