#pragma once
// Files that are whole or not there, and stay after a power cut.

#include <filesystem>
#include <string_view>
#include <system_error>

namespace duban::channel {

/// Makes the folder and what is missing above it (mode 0750), each on disk when it returns.
std::error_code make_folders(const std::filesystem::path& folder);

/// Writes `bytes` to `temporary`, syncs, renames it to `final` (over what stands there), syncs the
/// folder of `final`. Both on one file system; links are not followed. Blocks.
std::error_code drop_file(const std::filesystem::path& temporary,
                          const std::filesystem::path& final, std::string_view bytes);

}  // namespace duban::channel
