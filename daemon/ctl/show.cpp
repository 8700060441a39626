// `show`: the plan as understood, on a few screens.

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/plan_files.h"
#include "ctl/show_parts.h"
#include "ctl/words.h"

namespace duban::ctl {
namespace {

using schedule::Timetable;

void show_head(const plan::Plan& plan, const Console& console) {
  console.out << fmt::format("{} {}\n  {}\n  {}年,{},{}\n", plan.id, plan.document, plan.title,
                             plan.year, plan.zone, plan.office.name);
  for (const auto& phase : plan.phases) {
    auto from = phase.from ? format_day(*phase.from) : "";
    auto to = phase.to ? format_day(*phase.to) : "";
    console.out << fmt::format("  {} {}—{}\n", phase.name, from, to);
  }
}

std::string reach_of(const plan::Plan& plan, const plan::Unit& unit, plan::Role role) {
  const auto* contact = plan.reachable(unit.id, role);
  if (contact == nullptr) return role == plan::Role::liaison ? "人工送达" : "";
  return contact->name.empty() ? contact->id : contact->name;
}

void show_units(const plan::Plan& plan, const Console& console) {
  console.out << fmt::format("\n责任单位 {}家\n", plan.units.size());
  Table table{{"id", "名称", "填报条款", "联络员", "分管负责同志"}};
  for (const auto& unit : plan.units) {
    auto rows = std::ranges::count_if(plan.tasks, [&](const plan::Task& task) {
      return std::ranges::find(task.reporters, unit.id) != task.reporters.end();
    });
    table.add({unit.id, unit.name, rows == 0 ? "" : std::to_string(rows),
               reach_of(plan, unit, plan::Role::liaison),
               reach_of(plan, unit, plan::Role::leader)});
  }
  table.print(console);
}

void show_tasks(const plan::Plan& plan, const Console& console) {
  std::size_t leads = 0, responsible = 0;
  Table table{{"id", "条款", "名称", "牵头", "责任"}};
  for (const auto& task : plan.tasks) {
    leads += task.leads.size();
    responsible += task.responsible.size();
    table.add({task.id, task.clause, task.name, few_of(names_of(plan, task.leads), 2),
               few_of(names_of(plan, task.responsible), 3)});
  }
  console.out << fmt::format("\n任务 {}项,牵头 {},责任 {}\n", plan.tasks.size(), leads,
                             responsible);
  table.print(console);
}

void show_duties(const Timetable& timetable, const Console& console) {
  const auto& plan = timetable.plan();
  auto count = std::ranges::count(plan.duties, plan::Origin::duty, &plan::Duty::origin);
  console.out << fmt::format("\n事项 {}项\n", count);
  Table table{{"id", "名称", "依据", "谁办", "报给", "期", "截止"}};
  for (std::size_t index = 0; index < plan.duties.size(); ++index) {
    const auto& duty = plan.duties[index];
    if (duty.origin != plan::Origin::duty) continue;
    bool first = true;
    for (const auto& occurrence : timetable.occurrences()) {
      if (occurrence.duty != index) continue;
      auto due = due_words(timetable, occurrence);
      if (first) {
        table.add({duty.id, duty.name, duty.clause, few_of(names_of(plan, duty.who), 1),
                   few_of(names_of(plan, duty.to), 1), occurrence.period, due});
      } else {
        table.add({"", "", "", "", "", occurrence.period, due});
      }
      first = false;
    }
  }
  table.print(console);
}

}  // namespace

int show(const Command& command, Console& console) {
  auto files = read_plans(command, console);
  if (!files) return not_asked;
  if (command.json) {
    auto all = files->all();
    console.out << control::show_document(all) << '\n';
    return well;
  }
  for (const auto& timetable : files->timetables) {
    if (timetable != files->timetables.front()) console.out << '\n';
    show_head(timetable->plan(), console);
    show_units(timetable->plan(), console);
    show_tasks(timetable->plan(), console);
    show_duties(*timetable, console);
    show_once(*timetable, plan::Origin::milestone, console);
    show_once(*timetable, plan::Origin::action, console);
    show_lamps(timetable->plan(), console);
  }
  return well;
}

}  // namespace duban::ctl
