#include "document/task_match.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "document/table_words.h"

namespace duban::document {
namespace {

using Tasks = std::vector<const plan::Task*>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 二(二)1 is no beginning of 二(二)12, nor 二(二) of 二(二)5.
bool begins_with_clause(std::string_view written, std::string_view clause) {
  if (!written.starts_with(clause)) return false;
  auto rest = written.substr(clause.size());
  return rest.empty() || !is_digit(rest.front());
}

class Row {
 public:
  Row(std::string_view clause, std::string_view task)
      : clause_(folded_clause(clause)),
        id_(folded(clause)),
        task_(folded_clause(task)),
        task_id_(folded(task)) {}

  bool gives_clause() const { return !clause_.empty(); }

  bool is_id(const plan::Task& task) const {
    auto id = folded(task.id);
    return id_ == id || task_id_ == id;
  }
  bool is_clause(const plan::Task& task) const {
    return begins_with_clause(clause_, folded_clause(task.clause));
  }
  bool is_wholly(const plan::Task& task) const {
    bool named = task_ == folded_clause(task.name) || task_ == folded_clause(task.text);
    return named && !task_.empty();
  }
  // The name, with words around it or not, or the clause's own words, whole or begun.
  bool is_name(const plan::Task& task) const {
    auto name = folded_clause(task.name);
    if (!name.empty() && (task_.contains(name) || clause_.ends_with(name))) return true;
    constexpr std::size_t said_enough = 8;
    auto text = folded_clause(task.text);
    return decode_utf8(task_).size() >= said_enough &&
           (text.contains(task_) || task_.contains(text));
  }

 private:
  std::string clause_, id_, task_, task_id_;
};

template <class Is>
Tasks those(const Tasks& all, Is&& is) {
  Tasks some;
  std::ranges::copy_if(all, std::back_inserter(some), [&](const auto* task) { return is(*task); });
  return some;
}

TaskMatch only(const Tasks& tasks) {
  if (tasks.size() == 1) return {.task = tasks.front()};
  return {.several = tasks.size() > 1};
}

// The words of one clause may hold the name of another: who is wholly meant goes before.
TaskMatch only_by_name(const Tasks& tasks, const Row& row) {
  auto wholly = those(tasks, [&](const auto& task) { return row.is_wholly(task); });
  return wholly.size() == 1 ? only(wholly) : only(tasks);
}

}  // namespace

TaskMatch match_task(const plan::Plan& plan, const std::vector<const plan::Task*>& own,
                     std::string_view clause, std::string_view task) {
  Row row{clause, task};
  Tasks all;
  for (const auto& one : plan.tasks) all.push_back(&one);
  auto of_id = [&](const auto& one) { return row.is_id(one); };
  auto of_clause = [&](const auto& one) { return row.gives_clause() && row.is_clause(one); };
  auto of_name = [&](const auto& one) { return row.is_name(one); };
  auto of_both = [&](const auto& one) { return of_clause(one) && of_name(one); };

  if (auto by_id = those(all, of_id); !by_id.empty()) return only(by_id);
  for (const auto& tasks : {own, all}) {
    if (auto by_both = those(tasks, of_both); !by_both.empty()) return only_by_name(by_both, row);
  }
  bool names_one = std::ranges::any_of(plan.tasks, of_name);
  for (const auto& tasks : {own, all}) {
    auto by_clause = those(tasks, of_clause);
    // Beside a clause, a name in the unit's own words; but where it is another's, the two
    // contradict each other, and it is not for us to choose.
    if (!by_clause.empty()) return names_one ? TaskMatch{} : only(by_clause);
  }
  for (const auto& tasks : {own, all}) {
    if (auto by_name = those(tasks, of_name); !by_name.empty()) return only_by_name(by_name, row);
  }
  return {};
}

}  // namespace duban::document
