// tasks.toml: the clauses, word for word, and what is added while the year runs: milestones and
// actions, which are duties that happen once.

#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

TaskDraft read_task(Section& section, Ids& ids) {
  TaskDraft draft;
  auto& task = draft.task;
  auto id = read_id(section, ids);
  if (id) task.id = id->value;
  task.place = id ? id->place : section.place();
  task.clause = read_required(section, "clause");
  task.name = read_required(section, "name");
  task.text = read_required(section, "text");
  auto leads = section.texts("lead");
  auto responsible = section.texts("responsible");
  bool refused = (section.has("lead") && !leads) || (section.has("responsible") && !responsible);
  draft.leads = leads.value_or(Words{});
  draft.responsible = responsible.value_or(Words{});
  draft.reporters = section.texts("reporter");
  if (!refused && draft.leads.empty() && draft.responsible.empty()) {
    settings::error(section.diagnostics(), task.place, "empty-who",
                    {"这一条既没有牵头单位,也没有责任单位",
                     "this clause has neither a lead unit nor a responsible one"},
                    {"写 lead 或 responsible", "write lead or responsible"});
  }
  section.finish();
  return draft;
}

DutyDraft read_once(Section& section, Ids& ids) {
  DutyDraft draft;
  auto& duty = draft.duty;
  auto id = read_id(section, ids);
  if (id) duty.id = id->value;
  duty.place = id ? id->place : section.place();
  duty.name = read_required(section, "name");
  draft.clause = section.required_text("clause");
  draft.once_ladder = true;
  draft.due = read_due_key(section, "due", draft.due_refused);
  if (!section.has("due")) {
    section.missing("due", {"写 due = \"MM-DD\";没有日期写 \"tbd\"",
                            "write due = \"MM-DD\", or \"tbd\" where there is no date"});
  }
  return draft;
}

DutyDraft read_milestone(Section& section, Ids& ids) {
  auto draft = read_once(section, ids);
  draft.duty.origin = Origin::milestone;
  draft.duty.basis = Basis::unit;
  draft.clause_is_task = true;
  if (auto unit = section.required_text("unit")) draft.who = Words{*unit};
  section.finish();
  return draft;
}

DutyDraft read_action(Section& section, Ids& ids) {
  auto draft = read_once(section, ids);
  auto& duty = draft.duty;
  duty.origin = Origin::action;
  duty.source = read_word(section, "source");
  if (duty.source.empty()) {
    settings::warning(section.diagnostics(), duty.place, "no-source",
                      {"交办项没有写是哪里定的,单位会来问",
                       "the action does not say where it was ordered, and the unit will ask"},
                      {"写 source,如 \"6月10日协商会议定\"",
                       "write source, such as \"the meeting of June 10\""});
  }
  duty.closes = read_word(section, "closes");
  duty.not_ours = section.boolean("not_ours").value_or(true);
  draft.who = section.required_texts("who");
  draft.to = section.texts("to");
  section.finish();
  return draft;
}

}  // namespace

void read_tasks_file(Section& root, Draft& draft) {
  draft.tasks_read = true;
  Ids tasks{Bilingual{"任务", "task"}};
  for (auto& section : read_entries(root, "task")) draft.tasks.push_back(read_task(section, tasks));
  read_headings(root, draft);
  Ids duties{Bilingual{"事项", "duty"}};
  for (const auto& known : draft.duties) {
    if (known.duty.id.empty()) continue;
    Diagnostics reported_before;
    duties.add({known.duty.id, known.duty.place}, reported_before);
  }
  auto add = [&](DutyDraft duty) {
    if (duty.who && !duty.to) {
      const auto& place = duty.who->empty() ? duty.duty.place : duty.who->front().place;
      duty.to = Words{{std::string{office_id}, place}};
    }
    draft.duties.push_back(std::move(duty));
  };
  for (auto& section : read_entries(root, "milestone")) add(read_milestone(section, duties));
  for (auto& section : read_entries(root, "action")) add(read_action(section, duties));
  root.finish();
}

}  // namespace duban::plan
