#pragma once
// The second generator, written apart from the first: a plan is made, its interesting moments are
// found, and one to four situations aim trouble at them.

#include <string>
#include <vector>

#include "sim/story.h"

namespace duban::sim {

Story story_by_design(std::uint64_t seed);
/// The names of the situations that a seed's story is made of.
std::vector<std::string> situations_by_design(std::uint64_t seed);
/// All there are.
std::vector<std::string> all_situations_by_design();

}  // namespace duban::sim
