#include "app/options.h"

#include <CLI/CLI.hpp>

#include "base/limits.h"

namespace duban::app {

std::expected<Options, int> parse_options(int argc, char** argv) {
  CLI::App cli{"duband 督办:到时间就告诉方案里的每个单位该交什么,直到交来为止"};
  cli.footer("例:duband --config config/duband.toml --pretend 2022-03-28T08:59:50+08:00");
  Options options;
  std::string pretend;
  cli.add_option("--config", options.config, "总配置,只有这个文件是直接交给 duband 的")
      ->capture_default_str();
  cli.add_flag("--check-only", options.check_only,
               "只打印头24小时会发什么,不启动");
  auto* pretended = cli.add_option("--pretend", pretend,
                                   "假设现在是另一个时间(RFC 3339),台账另记");
  cli.add_option("--speed", options.speed, "机器的一秒当几秒过")
      ->needs(pretended)
      ->check(CLI::Range(1, limits::pretended_speed));
  cli.add_option("--log-level", options.log_level, "日志从哪一级记起")
      ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error"}))
      ->capture_default_str();
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return std::unexpected(cli.exit(error) == 0 ? 0 : 2);
  }
  if (pretend.empty()) return options;
  options.pretend = parse_rfc3339(pretend);
  if (!options.pretend) {
    std::cerr << "duband: --pretend " << pretend
              << ":没有这样的时间;写成 2022-03-28T08:59:50+08:00\n";
    return std::unexpected(2);
  }
  return options;
}

}  // namespace duban::app
