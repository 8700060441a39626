#pragma once
// A file replaced whole or not at all.

#include <filesystem>
#include <string>

#include "base/bilingual.h"

namespace duban::ctl {

/// Puts `text` in the place of a file: written beside it, synced, renamed over it. Mode and owner
/// stay; a link's target is what is replaced. Nothing happens, and the error says why, when it
/// cannot be written or its content is not `expected` any more. Empty: done.
Bilingual replace_file(const std::filesystem::path& file, const std::string& expected,
                       const std::string& text);

/// The bytes of a file of at most limits::plan_file_bytes, or empty.
std::string bytes_of(const std::filesystem::path& file);

}  // namespace duban::ctl
