#pragma once
// The shipped plan's whole year, with faults and with units that behave like units.

#include "sim/story.h"

namespace duban::sim {

Story story_of_shipped(std::uint64_t seed);

}  // namespace duban::sim
