#pragma once
// Makes a failing story smaller, and tells it.

#include <functional>
#include <vector>

#include "sim/player.h"
#include "sim/story.h"

namespace duban::sim {

/// The story without some of its happenings (numbered as in the whole).
Story without(Story story, const std::vector<std::size_t>& happenings);

/// The happenings without which it still fails, as many as are found one after another.
std::vector<std::size_t> shrink(const Story& story, const std::function<bool(const Story&)>& fails);

/// What was to happen and what did, a line each.
void tell(const Story& story, const Played& played);

}  // namespace duban::sim
