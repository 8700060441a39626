#pragma once
// Where log lines go: the journal when systemd started the daemon, else the console. What a line is
// about (base/line_fields.h) are fields in the one, ` key=value` at the line's end on the other.

#include <string>

namespace duban::app {

/// Sets spdlog's default logger. `level`: trace, debug, info, warning, error; lines below it are
/// not written. A daemon at a pretended time says so in every line.
void start_logging(bool pretended, const std::string& level = "info");

}  // namespace duban::app
