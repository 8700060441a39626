#pragma once
// duband's command line.

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "base/time.h"

namespace duban::app {

struct Options {
  std::filesystem::path config = "/etc/duban/duband.toml";
  bool check_only = false;
  /// Business time to live at, and how fast it runs.
  std::optional<Instant> pretend;
  int speed = 1;
  /// The least of what is logged: trace, debug, info, warning, error.
  std::string log_level = "info";
};

/// The options, or the exit code (0 after --help, 2 after a mistake, told on stderr).
std::expected<Options, int> parse_options(int argc, char** argv);

}  // namespace duban::app
