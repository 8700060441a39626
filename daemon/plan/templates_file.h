#pragma once
// Reads the *.mustache files of a folder. What stands in them is message's to check.

#include <filesystem>
#include <map>
#include <string>

#include "base/diagnostic.h"
#include "plan/load.h"

namespace duban::plan {

/// By file name. A file that is refused is reported and left out.
std::map<std::string, std::string> read_templates(const std::filesystem::path& folder,
                                                  Diagnostics& out, Sources& sources);

/// The entries of a folder in the order of their names; empty, and a diagnostic, when unreadable.
std::vector<std::filesystem::path> list_folder(const std::filesystem::path& folder,
                                               Diagnostics& out);
/// A path as diagnostics show it.
std::string shown_path(const std::filesystem::path& path);

}  // namespace duban::plan
