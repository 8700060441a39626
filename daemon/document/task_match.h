#pragma once
// Which task of the plan a row of a table is about.

#include <string_view>

#include "plan/plan.h"

namespace duban::document {

struct TaskMatch {
  /// Null: none, or more than one could be meant.
  const plan::Task* task = nullptr;
  /// Several could: the clause alone does not say which.
  bool several = false;
};

/// By the task's id, the clause as the document writes it, or the task's name, whichever of them
/// the two cells give; the rows of its own table (`own`) go before the other clauses of the plan.
TaskMatch match_task(const plan::Plan& plan, const std::vector<const plan::Task*>& own,
                     std::string_view clause, std::string_view task);

}  // namespace duban::document
