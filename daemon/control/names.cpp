#include "control/names.h"

#include <algorithm>

#include "settings/report.h"

namespace duban::control {
namespace {

using engine::Refusal;
using Words = std::vector<std::string>;

std::unexpected<Refusal> unknown(std::string code, BilingualView what, std::string_view word,
                                 const Words& candidates) {
  return std::unexpected(Refusal{std::move(code),
                                 both("没有{}{}", "there is no {} {}", what,
                                      settings::in_quotes(word)),
                                 settings::suggest(word, candidates)});
}

void append(Words& all, const Words& more) { all.insert(all.end(), more.begin(), more.end()); }

Words names_of(const plan::Unit& unit) {
  Words names{unit.id, unit.name};
  append(names, unit.aliases);
  for (const auto& dated : unit.names) names.push_back(dated.name);
  return names;
}

bool has(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

Words plan_ids(Timetables plans) {
  Words ids;
  for (const auto* one : plans) ids.push_back(one->plan().id);
  return ids;
}

Bilingual add_plan(Timetables plans) {
  return both("加上 --plan:{}", "add --plan, one of: {}", settings::listed(plan_ids(plans)));
}

Words period_ids(const FoundDuty& duty) {
  Words ids;
  const auto& all = duty.timetable->plan().duties;
  auto index = static_cast<std::size_t>(duty.duty - all.data());
  for (const auto& occurrence : duty.timetable->occurrences()) {
    if (occurrence.duty == index) ids.push_back(occurrence.period);
  }
  return ids;
}

// `2022-05` is also called 05 and 5.
bool is_short_for(std::string_view id, std::string_view word) {
  if (id.size() <= 5 || word.empty()) return false;
  auto tail = id.substr(5);
  return tail == word || (tail.front() == '0' && tail.substr(1) == word);
}

}  // namespace

std::vector<const schedule::Timetable*> timetables_of(
    std::span<const engine::PlanRun* const> plans) {
  std::vector<const schedule::Timetable*> all;
  for (const auto* one : plans) all.push_back(&one->timetable());
  return all;
}

Found<const schedule::Timetable*> find_plan(Timetables plans, std::string_view word) {
  if (word.empty() && plans.size() == 1) return plans.front();
  if (word.empty()) {
    return std::unexpected(Refusal{"which-plan",
                                   {"不止一个方案,没有说是哪一个",
                                    "there is more than one plan, and none is named"},
                                   add_plan(plans)});
  }
  auto found = std::ranges::find_if(plans, [&](const auto* one) { return one->plan().id == word; });
  if (found == plans.end()) {
    return unknown("unknown-plan", {"方案", "plan"}, word, plan_ids(plans));
  }
  return *found;
}

Found<FoundDuty> find_duty(Timetables plans, std::string_view plan, std::string_view word) {
  std::vector<FoundDuty> found;
  Words candidates;
  for (const auto* timetable : plans) {
    if (!plan.empty() && timetable->plan().id != plan) continue;
    for (const auto& duty : timetable->plan().duties) {
      candidates.push_back(duty.id);
      candidates.push_back(duty.name);
      if (duty.id == word || duty.name == word) found.push_back({timetable, &duty});
    }
  }
  if (candidates.empty() && !plan.empty()) {
    if (auto named = find_plan(plans, plan); !named) return std::unexpected(named.error());
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return unknown("unknown-duty", {"事项", "duty"}, word, candidates);
  bool one_plan = std::ranges::all_of(
      found, [&](const FoundDuty& one) { return one.timetable == found.front().timetable; });
  if (one_plan) {
    return std::unexpected(Refusal{"which-duty",
                                   both("不止一个事项叫{}", "more than one duty is called {}",
                                        settings::in_quotes(word)),
                                   {"请写它的 id", "write its id"}});
  }
  return std::unexpected(Refusal{"which-plan",
                                 both("不止一个方案有事项{}", "more than one plan has a duty {}",
                                      settings::in_quotes(word)),
                                 add_plan(plans)});
}

Found<std::string> find_unit(const plan::Plan& plan, std::string_view word) {
  Words candidates{std::string{plan::office_id}, plan.office.name};
  if (!plan.office.short_name.empty()) candidates.push_back(plan.office.short_name);
  if (has(candidates, word)) return std::string{plan::office_id};
  // An id before any name, a name before another unit's alias.
  if (const auto* unit = plan.find_unit(word)) return unit->id;
  for (const auto& unit : plan.units) {
    auto names = names_of(unit);
    if (has(names, word)) return unit.id;
    append(candidates, names);
  }
  return unknown("unknown-unit", {"单位", "unit"}, word, candidates);
}

Found<FoundUnit> find_unit(Timetables plans, std::string_view plan, std::string_view word) {
  if (!plan.empty() || plans.size() == 1) {
    auto timetable = find_plan(plans, plan);
    if (!timetable) return std::unexpected(timetable.error());
    auto unit = find_unit((*timetable)->plan(), word);
    if (!unit) return std::unexpected(unit.error());
    return FoundUnit{*timetable, std::move(*unit)};
  }
  std::vector<FoundUnit> found;
  std::vector<const schedule::Timetable*> where;
  std::optional<Refusal> refusal;
  for (const auto* timetable : plans) {
    auto unit = find_unit(timetable->plan(), word);
    if (unit) {
      found.push_back({timetable, std::move(*unit)});
      where.push_back(timetable);
    } else if (!refusal || refusal->mend.empty()) {
      refusal = unit.error();
    }
  }
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) {
    return std::unexpected(
        refusal.value_or(Refusal{"unknown-unit", {"没有方案", "there is no plan"}, {}}));
  }
  return std::unexpected(Refusal{"which-plan",
                                 both("不止一个方案有单位{}", "more than one plan has a unit {}",
                                      settings::in_quotes(word)),
                                 add_plan(where)});
}

Found<std::string> find_period(const FoundDuty& duty, std::string_view word) {
  auto ids = period_ids(duty);
  bool once = ids.size() == 1 && ids.front().size() == 4;
  if (once && (word.empty() || word == "year")) return ids.front();
  auto found = std::ranges::find_if(
      ids, [&](const std::string& id) { return id == word || is_short_for(id, word); });
  if (found != ids.end()) return *found;
  auto mend = settings::suggest(word, ids);
  if (mend.empty() && !ids.empty()) {
    mend = both("可用:{} 至 {}", "write one from {} to {}", ids.front(), ids.back());
  }
  return std::unexpected(Refusal{"unknown-period",
                                 both("{}没有这一期:{}", "{} has no period {}",
                                      settings::in_quotes(duty.duty->name),
                                      settings::in_quotes(word)),
                                 std::move(mend)});
}

Found<std::string> find_clause(const plan::Plan& plan, std::string_view word) {
  Words candidates;
  for (const auto& task : plan.tasks) {
    if (task.id == word) return task.id;
    candidates.push_back(task.id);
  }
  return unknown("unknown-clause", {"条款", "clause"}, word, candidates);
}

}  // namespace duban::control
