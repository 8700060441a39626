#include "ctl/show_parts.h"

#include <fmt/format.h>

#include <ostream>

#include "ctl/words.h"

namespace duban::ctl {

using schedule::Timetable;

std::vector<std::string> names_of(const plan::Plan& plan, const std::vector<std::string>& ids) {
  std::vector<std::string> names;
  for (const auto& id : ids) names.push_back(id == "@lead" ? "牵头单位" : plan.name_of(id));
  return names;
}

std::string due_words(const Timetable& timetable, const calendar::Occurrence& occurrence) {
  auto year = timetable.plan().year;
  switch (occurrence.dating) {
    case calendar::Dating::undecided: return "待定";
    case calendar::Dating::waiting: return "待前一件定";
    case calendar::Dating::never: return "有了就记,不催";
    case calendar::Dating::excused: return "免报:" + occurrence.excused;
    case calendar::Dating::dated: break;
  }
  auto text = when_words(*occurrence.due, timetable.zone(), year);
  if (occurrence.ask_by) {
    text = fmt::format("{},请于{}前", text,
                       when_words(*occurrence.ask_by, timetable.zone(), year));
  }
  return occurrence.provisional ? text + "(暂定)" : text;
}

std::vector<std::string> once_head(plan::Origin origin) {
  std::vector<std::string> head{"id", "条款", "名称", "谁办", "截止"};
  if (origin == plan::Origin::action) head.insert(head.end(), {"来源", "办结标准"});
  return head;
}

std::vector<std::string> once_cells(const Timetable& timetable,
                                    const calendar::Occurrence& occurrence) {
  const auto& plan = timetable.plan();
  const auto& duty = plan.duties[occurrence.duty];
  const auto* task = plan.find_task(duty.task);
  std::vector<std::string> cells{duty.id, task ? task->id + " " + task->name : duty.clause,
                                 duty.name, few_of(names_of(plan, duty.who), 2),
                                 due_words(timetable, occurrence)};
  if (duty.origin == plan::Origin::action) {
    cells.insert(cells.end(), {duty.source, duty.closes});
  }
  return cells;
}

void show_once(const Timetable& timetable, plan::Origin origin, const Console& console) {
  Table table{once_head(origin)};
  std::size_t count = 0;
  for (const auto& occurrence : timetable.occurrences()) {
    if (timetable.plan().duties[occurrence.duty].origin != origin) continue;
    table.add(once_cells(timetable, occurrence));
    ++count;
  }
  if (table.empty()) return;
  auto name = origin == plan::Origin::action ? "交办项" : "节点";
  console.out << fmt::format("\n{} {}项\n", name, count);
  table.print(console);
}

void show_lamps(const plan::Plan& plan, const Console& console) {
  if (plan.lamps.empty()) return;
  console.out << "\n任务的灯(从上往下,先合的先亮)\n";
  Table table{{"灯", "话", "什么时候"}};
  for (const auto& lamp : plan.lamps) {
    table.add({std::string{plan::colour_name(lamp.colour)}, lamp.word, plan::lamp_rule(lamp)});
  }
  table.print(console);
}

}  // namespace duban::ctl
