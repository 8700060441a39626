#include "message/plan_facts.h"

#include <algorithm>

#include "message/wording.h"

namespace duban::message {

PlanFacts::PlanFacts(const plan::Plan& plan)
    : plan_(plan),
      wording_(wording_of(plan.language)),
      workdays_(plan.calendar),
      plain_workdays_(plan.calendar, false) {
  for (const auto& duty : plan.duties) duties_.emplace(duty.id, &duty);
  for (const auto& unit : plan.units) units_[unit.id].unit = &unit;
  auto note = [&](const std::vector<std::string>& ids, const plan::Task& task,
                  std::vector<const plan::Task*> UnitFacts::*list) {
    for (const auto& id : ids) {
      auto found = units_.find(id);
      if (found == units_.end()) continue;
      auto& tasks = found->second.*list;
      if (tasks.empty() || tasks.back() != &task) tasks.push_back(&task);
    }
  };
  for (const auto& task : plan.tasks) {
    note(task.leads, task, &UnitFacts::named);
    note(task.responsible, task, &UnitFacts::named);
    note(task.reporters, task, &UnitFacts::reported);
  }
}

const plan::Duty* PlanFacts::duty(std::string_view id) const {
  auto found = duties_.find(id);
  return found == duties_.end() ? nullptr : found->second;
}

const UnitFacts* PlanFacts::unit(std::string_view id) const {
  auto found = units_.find(id);
  return found == units_.end() ? nullptr : &found->second;
}

std::vector<const plan::Task*> PlanFacts::rows(const plan::Duty& duty, std::string_view unit,
                                               std::string_view slice) const {
  if (!slice.empty()) {
    const auto* task = plan_.find_task(slice);
    return task ? std::vector{task} : std::vector<const plan::Task*>{};
  }
  const auto* facts = this->unit(unit);
  if (!facts || duty.rows == plan::Rows::none) return {};
  return duty.rows == plan::Rows::reporter ? facts->reported : facts->named;
}

std::string full_name(const plan::Plan& plan, const plan::Duty& duty, std::string_view period,
                      std::string_view slice, Tongue language) {
  const auto& wording = wording_of(language);
  auto name = wording.with_period(period, plan.year, duty.name);
  if (slice.empty()) return name;
  const auto* task = plan.find_task(slice);
  return name + wording.say().bracketed(task ? task->name : std::string{slice});
}

}  // namespace duban::message
