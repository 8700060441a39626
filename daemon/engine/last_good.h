#pragma once
// The last text of each plan that checked, kept in the state folder, so that a daemon that starts
// on broken files still runs what was agreed (I4).

#include <filesystem>
#include <string>
#include <vector>

#include "engine/tree.h"

namespace duban::engine {

/// Keeps a plan's files, the work calendars and the shared templates as one whole, replacing the
/// copy before only when the new one is complete; and the text by its digest (see kept_texts.h).
/// The error is for the log.
std::string keep_last_good(const std::filesystem::path& state, const Tree& tree,
                           const std::string& plan);

/// The plan as it was kept; nothing when none was, or when it does not check any more.
std::shared_ptr<const plan::Plan> read_last_good(const settings::DaemonSettings& settings,
                                                 const std::string& plan,
                                                 message::Templates& templates);

/// The plans of which a text is kept, in the order of their ids.
std::vector<std::string> kept_plans(const std::filesystem::path& state);
/// The plan has ended and its files are gone: it is not to run again.
void forget_last_good(const std::filesystem::path& state, const std::string& plan);

}  // namespace duban::engine
