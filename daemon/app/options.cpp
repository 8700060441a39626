#include "app/options.h"

#include <CLI/CLI.hpp>

#include "base/limits.h"

namespace duban::app {

std::expected<Options, int> parse_options(int argc, char** argv) {
  CLI::App cli{"duband 督办: tells each unit of a work plan what it owes, at the right minute"};
  cli.footer("Example: duband --config config/duband.toml --pretend 2022-03-28T08:59:50+08:00");
  Options options;
  std::string pretend;
  cli.add_option("--config", options.config, "the only file the daemon is given")
      ->capture_default_str();
  cli.add_flag("--check-only", options.check_only,
               "print what the first 24 hours would send, and start nothing");
  auto* pretended = cli.add_option("--pretend", pretend,
                                   "live at another business time (RFC 3339), with a ledger apart");
  cli.add_option("--speed", options.speed, "business seconds in a second of the machine")
      ->needs(pretended)
      ->check(CLI::Range(1, limits::pretended_speed));
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return std::unexpected(cli.exit(error) == 0 ? 0 : 2);
  }
  if (pretend.empty()) return options;
  options.pretend = parse_rfc3339(pretend);
  if (!options.pretend) {
    std::cerr << "duband: --pretend " << pretend
              << ": no such time; write it as 2022-03-28T08:59:50+08:00\n";
    return std::unexpected(2);
  }
  return options;
}

}  // namespace duban::app
