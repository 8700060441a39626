#pragma once
// A file that a person hands to the daemon, to be kept under its digest.

#include <expected>
#include <string>

#include "control/names.h"
#include "ctl/command.h"

namespace duban::ctl {

/// The bytes of a file, or of standard input (`-`), of limits::submitted_file_bytes at most.
control::Found<std::string> bytes_from(const std::string& from);

/// The daemon keeps them; their digest. Anything but a good answer is printed to err, and the exit
/// code says which.
std::expected<std::string, int> keep_file(const Command& command, const std::string& bytes,
                                          Console& console);

}  // namespace duban::ctl
