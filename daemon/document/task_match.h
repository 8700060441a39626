#pragma once
// Which task of the plan a row of a table is about.

#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace duban::document {

struct TaskMatch {
  /// Null: none, or more than one could be meant.
  const plan::Task* task = nullptr;
  /// Several could: the clause alone does not say which.
  bool several = false;
};

/// The tasks of a plan as rows name them, once for a table of many rows. The plan must outlive it.
class TaskMatcher {
 public:
  /// `own`: the rows of the table itself, which go before the other clauses of the plan.
  TaskMatcher(const plan::Plan& plan, const std::vector<const plan::Task*>& own);

  /// By the task's id, the clause as the document writes it, or the task's name, whichever of them
  /// the two cells give.
  TaskMatch match(std::string_view clause, std::string_view task) const;

 private:
  struct Candidate {
    const plan::Task* task;
    bool own;
    std::string id, clause, name, text;
  };
  struct Row;
  using Candidates = std::vector<const Candidate*>;

  static TaskMatch only(const Candidates& candidates);
  static TaskMatch only_by_name(const Candidates& candidates, const Row& row);
  template <class Is>
  Candidates those(bool own, Is&& is) const;

  std::vector<Candidate> all_;
};

}  // namespace duban::document
