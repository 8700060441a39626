#pragma once
// A text file as people save it: bounded, UTF-8, with or without a byte order mark.

#include <filesystem>
#include <optional>
#include <string>

#include "base/diagnostic.h"

namespace duban::settings {

/// The text without its byte order mark; nothing, and one diagnostic at `shown`, when the file
/// cannot be read, is no ordinary file, is longer than `bound` bytes or is not UTF-8.
std::optional<std::string> read_text_file(const std::filesystem::path& path,
                                          const std::string& shown, std::size_t bound,
                                          Diagnostics& out);

/// The same for bytes already at hand.
std::optional<std::string> check_text(std::string bytes, const std::string& shown,
                                      Diagnostics& out);

}  // namespace duban::settings
