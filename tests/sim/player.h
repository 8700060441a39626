#pragma once
// Plays a story on the real parts and says what came of it.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/outcome.h"
#include "sim/story.h"

namespace duban::sim {

struct Played {
  Outcome outcome;
  /// What the simulator itself saw go wrong (a daemon that cannot start, a task that does not
  /// end).
  std::vector<std::string> complaints;
  /// Points passed, faults injected, decisions taken.
  std::map<std::string, std::int64_t, std::less<>> counts;
  std::uint64_t digest = 0;
};

/// `folder` is the story's own and is emptied; `shipped` is the repository's config/.
Played play(const Story& story, const std::filesystem::path& folder,
            const std::filesystem::path& shipped);

}  // namespace duban::sim
