#pragma once
// What is to be there after the power has gone.

#include <filesystem>
#include <system_error>

namespace duban::io {

/// Waits until what was written to a file, or which names stand in a folder, is on the disk.
std::error_code sync_to_disk(const std::filesystem::path& file_or_folder);

}  // namespace duban::io
