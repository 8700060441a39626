#pragma once
// Texts put on the disk: many at once, and one in the place of another.

#include <filesystem>
#include <string>
#include <system_error>

#include "engine/tree_texts.h"

namespace duban::engine {

/// Each below `folder` by its path. Not yet safe from a power cut: see sync_disk_of.
std::error_code write_texts(const std::filesystem::path& folder, const Texts& texts);
/// Whatever was written to the file system that holds `folder` is on the disk.
std::error_code sync_disk_of(const std::filesystem::path& folder);
/// A file with another text, the old or the new one whatever happens.
std::error_code replace_text(const std::filesystem::path& file, const std::string& text);

}  // namespace duban::engine
