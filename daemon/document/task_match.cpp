#include "document/task_match.h"

#include <algorithm>
#include <iterator>

#include "document/table_words.h"

namespace duban::document {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 二(二)1 is no beginning of 二(二)12, nor 二(二) of 二(二)5.
bool begins_with_clause(std::string_view written, std::string_view clause) {
  if (!written.starts_with(clause)) return false;
  auto rest = written.substr(clause.size());
  return rest.empty() || !is_digit(rest.front());
}

}  // namespace

struct TaskMatcher::Row {
  std::string clause, task, clause_as_id, task_as_id;

  bool is_id(const Candidate& one) const { return clause_as_id == one.id || task_as_id == one.id; }
  bool is_clause(const Candidate& one) const {
    return !clause.empty() && begins_with_clause(clause, one.clause);
  }
  bool is_wholly(const Candidate& one) const {
    return !task.empty() && (task == one.name || task == one.text);
  }
  // The name, with words around it or not, or the clause's own words, whole or begun.
  bool is_name(const Candidate& one) const {
    if (!one.name.empty() && (task.contains(one.name) || clause.ends_with(one.name))) return true;
    // Eight Chinese characters.
    constexpr std::size_t said_enough = 24;
    return task.size() >= said_enough && (one.text.contains(task) || task.contains(one.text));
  }
};

TaskMatcher::TaskMatcher(const plan::Plan& plan, const std::vector<const plan::Task*>& own) {
  for (const auto& task : plan.tasks) {
    all_.push_back({&task, std::ranges::find(own, &task) != own.end(), folded(task.id),
                    folded_clause(task.clause), folded_clause(task.name),
                    folded_clause(task.text)});
  }
}

template <class Is>
TaskMatcher::Candidates TaskMatcher::those(bool own, Is&& is) const {
  Candidates some;
  for (const auto& one : all_) {
    if ((one.own || !own) && is(one)) some.push_back(&one);
  }
  return some;
}

TaskMatch TaskMatcher::only(const Candidates& candidates) {
  if (candidates.size() == 1) return {.task = candidates.front()->task};
  return {.several = candidates.size() > 1};
}

// The words of one clause may hold the name of another: who is wholly meant goes before.
TaskMatch TaskMatcher::only_by_name(const Candidates& candidates, const Row& row) {
  Candidates wholly;
  std::ranges::copy_if(candidates, std::back_inserter(wholly),
                       [&](const auto* one) { return row.is_wholly(*one); });
  return wholly.size() == 1 ? only(wholly) : only(candidates);
}

TaskMatch TaskMatcher::match(std::string_view clause, std::string_view task) const {
  Row row{folded_clause(clause), folded_clause(task), folded(clause), folded(task)};
  auto of_id = [&](const Candidate& one) { return row.is_id(one); };
  auto of_clause = [&](const Candidate& one) { return row.is_clause(one); };
  auto of_name = [&](const Candidate& one) { return row.is_name(one); };
  auto of_both = [&](const Candidate& one) { return row.is_clause(one) && row.is_name(one); };

  if (auto by_id = those(false, of_id); !by_id.empty()) return only(by_id);
  for (bool own : {true, false}) {
    if (auto by_both = those(own, of_both); !by_both.empty()) return only_by_name(by_both, row);
  }
  bool names_one = std::ranges::any_of(all_, of_name);
  for (bool own : {true, false}) {
    auto by_clause = those(own, of_clause);
    // Beside a clause, a name in the unit's own words; but where it is another's, the two
    // contradict each other, and it is not for us to choose.
    if (!by_clause.empty()) return names_one ? TaskMatch{} : only(by_clause);
  }
  for (bool own : {true, false}) {
    if (auto by_name = those(own, of_name); !by_name.empty()) return only_by_name(by_name, row);
  }
  return {};
}

}  // namespace duban::document
