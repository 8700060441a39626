#include "schedule/progress.h"

#include <algorithm>
#include <map>
#include <utility>

namespace duban::schedule {
namespace {

using Place = std::pair<std::size_t, std::size_t>;

std::size_t place_of(const std::vector<std::string>& ids, std::string_view id) {
  return static_cast<std::size_t>(std::ranges::find(ids, id) - ids.begin());
}

// Where a row stands: by its clause in the document, then by its unit among the reporters.
Place place_in(const plan::Plan& plan, const RowSaid& said) {
  auto task = std::ranges::find(plan.tasks, said.row.clause, &plan::Task::id);
  auto clause = static_cast<std::size_t>(task - plan.tasks.begin());
  return {clause, task == plan.tasks.end() ? 0 : place_of(task->reporters, said.about.unit)};
}

}  // namespace

std::vector<RowSaid> rows_said(const plan::Plan& plan, const Record& record, std::string_view duty,
                               std::string_view period) {
  // What each unit said last of each clause, with words.
  std::map<std::pair<std::string, std::string>, std::string> words;
  std::vector<RowSaid> said;
  for (const auto& fact : record.facts()) {
    bool counts = fact.kind == FactKind::submitted && fact.about.duty == duty &&
                  fact.about.period <= period && !record.is_voided(fact.seq);
    if (!counts) continue;
    for (const auto& row : fact.rows) {
      if (plan.find_task(row.clause) == nullptr) continue;
      auto& last = words[{fact.about.unit, row.clause}];
      if (!row.progress.empty()) last = row.progress;
      if (fact.about.period != period) continue;
      RowSaid one{fact.about, fact.seq, fact.at, row};
      if (row.progress.empty() && row.unchanged) one.row.progress = last;
      auto same = std::ranges::find_if(said, [&](const RowSaid& other) {
        return other.about.unit == one.about.unit && other.row.clause == one.row.clause;
      });
      if (same == said.end()) said.push_back(std::move(one));
      else *same = std::move(one);
    }
  }
  std::ranges::stable_sort(said, {}, [&](const RowSaid& one) { return place_in(plan, one); });
  return said;
}

std::vector<UnclearRows> unclear_rows(const plan::Plan& plan, const Record& record) {
  std::map<AssignmentKey, UnclearRows> found;
  for (const auto& fact : record.facts()) {
    if (record.is_voided(fact.seq)) continue;
    if (fact.kind == FactKind::accepted || fact.kind == FactKind::returned) {
      std::erase_if(found, [&](const auto& one) {
        const auto& key = one.first;
        return key.duty == fact.about.duty && key.period == fact.about.period &&
               (fact.about.unit.empty() || fact.about.unit == key.unit);
      });
    }
    if (fact.kind != FactKind::submitted) continue;
    UnclearRows unclear{fact.about, fact.seq, {}};
    for (std::size_t index = 0; index < fact.rows.size(); ++index) {
      if (plan.find_task(fact.rows[index].clause) == nullptr) unclear.rows.push_back(index);
    }
    if (unclear.rows.empty()) found.erase(fact.about);
    else found.insert_or_assign(fact.about, std::move(unclear));
  }
  std::vector<UnclearRows> list;
  for (auto& [key, one] : found) list.push_back(std::move(one));
  return list;
}

}  // namespace duban::schedule
