#pragma once
// The plan's tasks under its documents' headings.

#include <string>
#include <vector>

#include "plan/plan.h"

namespace duban::document {

struct HeadedTasks {
  std::string heading;
  /// In the document's order.
  std::vector<const plan::Task*> tasks;
};

/// In the headings' order; what stands under none comes last, under 其他 (all of it where the plan
/// has no headings: 各项任务).
std::vector<HeadedTasks> headed_tasks(const plan::Plan& plan);

}  // namespace duban::document
