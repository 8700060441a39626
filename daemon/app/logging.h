#pragma once
// Where log lines go: the journal when systemd started the daemon, else the console.

namespace duban::app {

/// Sets spdlog's default logger. A daemon at a pretended time says so in every line.
void start_logging(bool pretended);

}  // namespace duban::app
