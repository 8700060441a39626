#pragma once
// What units ask and what the office says to it, added to a story: these kinds of sayings came
// after the generators, and what they rolled before stays.

#include "sim/story.h"

namespace duban::sim {

/// In some seeds: handed in, taken as it is, asked for more time, declined, granted, given back,
/// 不归我办, handed on, issued, called, around the moments of the plan's duties, and drafts to
/// leaders that are released, called about and answered. Not for the shipped plan.
void add_questions(Story& story, std::uint64_t seed);

}  // namespace duban::sim
