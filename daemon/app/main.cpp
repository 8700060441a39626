// duband: a list of constructors.

#include <iostream>
#include <memory>

#include "app/daemon.h"
#include "app/logging.h"

namespace {

using namespace duban;

std::unique_ptr<Clock> make_clock(const app::Options& options) {
  if (!options.pretend) return std::make_unique<SystemClock>();
  return std::make_unique<PretendedClock>(*options.pretend, options.speed);
}

void print(const engine::Tree& tree) {
  for (const auto& diagnostic : tree.diagnostics) {
    auto source = tree.sources.find(diagnostic.place.file);
    std::cerr << format_with_caret(diagnostic,
                                   source == tree.sources.end() ? "" : source->second)
              << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  auto options = app::parse_options(argc, argv);
  if (!options) return options.error();
  app::start_logging(options->pretend.has_value(), options->log_level);
  auto tree = engine::read_tree(options->config);
  if (has_errors(tree.diagnostics)) print(tree);
  if (!tree.settings) return 2;
  auto clock = make_clock(*options);
  if (options->check_only) return app::check_only(*clock, tree);
  return app::run_daemon(*options, *clock, std::move(tree));
}
