#pragma once
// The tree of files as the verbs that need no daemon see it.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "control/documents.h"
#include "ctl/command.h"
#include "engine/tree.h"

namespace duban::ctl {

/// The plans that were asked for, each with its dates as if nothing were recorded.
struct PlanFiles {
  engine::Tree tree;
  std::vector<std::unique_ptr<schedule::Timetable>> timetables;

  std::vector<const schedule::Timetable*> all() const;
  control::Zones zones() const;
  /// A plan by id, or null.
  const plan::Plan* find(const std::string& id) const;
  /// Its year, by which dates are said; `no_year` where it is not there.
  int year_of(const std::string& id) const;
};

/// A tree's plans with their timetables.
PlanFiles with_timetables(engine::Tree tree);
/// Reads what `--config` names; with an error in what was asked for prints it and is empty (exit
/// 2).
std::optional<PlanFiles> read_plans(const Command& command, Console& console);
/// The same without a word about what is wrong: for names beside ids.
PlanFiles read_names(const Command& command);

/// Each with its line and a caret, then how many there are; nothing when there are none.
void print_diagnostics(const Diagnostics& diagnostics, const plan::Sources& sources,
                       const Console& console, std::ostream& to);
/// `dubanctl: message`, and how to mend it.
void print_refusal(const engine::Refusal& refusal, Console& console);

}  // namespace duban::ctl
