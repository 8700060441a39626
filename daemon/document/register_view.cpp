#include "document/register_view.h"

#include <algorithm>

#include "document/asks.h"
#include "document/document_head.h"
#include "document/milestones.h"
#include "document/standpoint_words.h"
#include "document/table_said.h"
#include "document/task_lamps.h"
#include "message/words.h"

namespace duban::document {
namespace {

class RegisterFiller {
 public:
  RegisterFiller(const Standpoint& standpoint, const plan::Duty& table)
      : standpoint_(standpoint), plan_(standpoint.plan()), said_(standpoint, table),
        lamps_(task_lamps(standpoint, said_)) {
    const auto& periods = said_.periods();
    auto newest = std::find_if(periods.rbegin(), periods.rend(), [&](const std::string& period) {
      return !said_.rows(period).empty();
    });
    if (newest != periods.rend()) asks_ = asks_of(standpoint, said_, *newest);
  }

  std::vector<RegisterRowView> rows() const {
    std::vector<RegisterRowView> all;
    for (std::size_t at = 0; at < plan_.tasks.size(); ++at) {
      const auto& task = plan_.tasks[at];
      auto milestones = milestones_of(standpoint_, task.id);
      for (const auto& one : milestones) all.push_back(milestone_row(at, one));
      if (milestones.empty()) all.push_back(clause_row(at));
    }
    return all;
  }

 private:
  using Ids = std::vector<std::string>;

  std::string names_of(const Ids& ids) const {
    std::string names;
    for (const auto& id : ids) {
      message::append_joined(names, unit_name(standpoint_, id));
    }
    return names;
  }

  RegisterRowView row_of(std::size_t at) const {
    const auto& task = plan_.tasks[at];
    return {.serial = std::to_string(at + 1),
            .clause = task.clause,
            .task = task.name,
            .leads = names_of(task.leads),
            .responsible = names_of(task.responsible),
            .reporters = names_of(task.reporters),
            .due = "未定",
            .state = lamps_[at]->word,
            .colour = std::string{plan::colour_name(lamps_[at]->colour)}};
  }

  // By its reporters; each with its name where there are several.
  RegisterRowView clause_row(std::size_t at) const {
    auto row = row_of(at);
    const auto& reporters = plan_.tasks[at].reporters;
    for (const auto& unit : reporters) {
      auto who = reporters.size() > 1 ? names_of({unit}) + ":" : std::string{};
      add_said(row, unit, plan_.tasks[at].id, who);
    }
    return row;
  }

  RegisterRowView milestone_row(std::size_t at, const Milestone& milestone) const {
    auto row = row_of(at);
    const auto& one = *milestone.assignment;
    const auto& zone = standpoint_.zone();
    row.milestone = milestone.duty->name + "(" + names_of({milestone.unit()}) + ")";
    if (one.due) row.due = format_day(zone.day_of(*one.due));
    if (one.answered_at) row.closed = format_day(zone.day_of(*one.answered_at));
    if (one.extended && one.first_due) {
      row.note = "延期,原定" + day_words(standpoint_, *one.first_due);
    }
    add_said(row, milestone.unit(), plan_.tasks[at].id, "");
    return row;
  }

  static void add_line(std::string& text, const std::string& who, const std::string& said) {
    if (said.empty()) return;
    if (!text.empty()) text += '\n';
    text += who + said;
  }

  void add_said(RegisterRowView& row, const std::string& unit, const std::string& task,
                const std::string& who) const {
    const auto* last = said_.last(unit, task);
    if (last == nullptr) return;
    std::string month;
    if (!last->progress.empty()) {
      month = message::period_words(last->progress_period, plan_.year);
    }
    // Of several reporters each says in which month.
    if (who.empty()) row.said_in = month;
    add_line(row.progress, who.empty() ? who : month + who, last->progress);
    add_line(row.problem, who, last->said.row.problem);
    for (const auto& ask : asks_) {
      bool here = ask.unit == unit &&
                  std::ranges::find(ask.tasks, task, &plan::Task::id) != ask.tasks.end();
      if (!here) continue;
      add_line(row.asked, "", ask.words() + (ask.by.empty() ? "" : "," + ask.by + "前"));
    }
  }

  const Standpoint& standpoint_;
  const plan::Plan& plan_;
  TableSaid said_;
  std::vector<const plan::Lamp*> lamps_;
  /// Of the newest period in which anything was said.
  std::vector<Ask> asks_;
};

}  // namespace

RegisterView register_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period) {
  const auto& plan = standpoint.plan();
  auto head = document_head(standpoint, duty, period);
  const auto& table = *plan.find_duty(duty.document.value().of);
  auto civil = standpoint.zone().to_civil(standpoint.as_of());
  // Of no year: the year is said.
  return {.title = head.title,
          .source = plan.document,
          .as_of = message::moment_words(civil, 0),
          .office = plan.office.name,
          .rows = RegisterFiller{standpoint, table}.rows()};
}

}  // namespace duban::document
