#pragma once
// The daemon: its parts owned by value, started in order, stopped in reverse within a deadline.

#include "app/options.h"
#include "base/clock.h"
#include "engine/tree.h"

namespace duban::app {

/// Runs until SIGTERM; the answer is the exit code: 0 stopped, 1 something failed that the program
/// cannot go on from, 2 it could not start (bad files, state in use) and need not be tried again.
int run_daemon(const Options& options, const Clock& clock, engine::Tree tree);

/// Prints what the first 24 hours would send; the exit code.
int check_only(const Clock& clock, const engine::Tree& tree);

}  // namespace duban::app
