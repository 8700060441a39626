#pragma once
// The lamps of the plan's tasks from a standpoint, how many stand under each, and how one changed.

#include <string>
#include <string_view>
#include <vector>

#include "document/figure_view.h"
#include "document/standpoint.h"
#include "document/table_said.h"

namespace duban::document {

/// A lamp for each of Plan::tasks, in its order. What its reporters said of a task counts by the
/// worst: one that is behind says so for all.
std::vector<const plan::Lamp*> task_lamps(const Standpoint& standpoint, const TableSaid& said);

/// Green, blue, yellow, orange, red, grey; those that no task stands under are left out. Names are
/// the tasks', the source is the lamp's rule.
std::vector<LampView> lamp_figures(const plan::Plan& plan,
                                   const std::vector<const plan::Lamp*>& lamps);

/// 较上月: an arrow and a word.
std::string change_words(const plan::Lamp& before, const plan::Lamp& now);

}  // namespace duban::document
