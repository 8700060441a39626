#pragma once
// An edited plan as it came over the socket, read by the ordinary loader.

#include <string>
#include <vector>

#include "engine/tree_texts.h"

namespace duban::engine {

/// One plan's texts, not yet in any file of the daemon's.
struct Edited {
  std::string plan;
  /// What texts_of_plan has; every path must be one by is_text_path.
  Texts texts;
  /// The channels of the edited duband.toml.
  std::vector<std::string> channels;
};

/// Lays the texts out in a private folder below the state folder, which is gone afterwards, with
/// the daemon's own private contacts beside them, and loads them. Diagnostics name paths within the
/// tree. Throws std::filesystem::filesystem_error where the state folder cannot be written.
Tree read_edited(const settings::DaemonSettings& settings, const Edited& edited);

}  // namespace duban::engine
