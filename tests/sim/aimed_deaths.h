#pragma once
// Deaths where a story would hardly die by chance: in one seed of seven those that wait for an
// await wait for one of a named step, and in half of these the daemon dies as it puts off what a
// failing endpoint has to get. Both generators' stories, after they are made.

#include <cstdint>

#include "sim/story.h"

namespace duban::sim {

void aim_deaths(Story& story, std::uint64_t seed);

}  // namespace duban::sim
