#pragma once
// Stories by dice: anything at any time.

#include "sim/story.h"

namespace duban::sim {

Story story_by_dice(std::uint64_t seed);

}  // namespace duban::sim
