#include "document/dispatch_view.h"

#include <algorithm>
#include <optional>

#include "document/actions.h"
#include "document/asks.h"
#include "document/brief_text.h"
#include "document/coming_dates.h"
#include "document/cut_off.h"
#include "document/document_head.h"
#include "document/filing_figures.h"
#include "document/headed_tasks.h"
#include "document/lateness.h"
#include "document/milestones.h"
#include "document/row_words.h"
#include "document/standpoint_words.h"
#include "document/table_said.h"
#include "document/task_lamps.h"
#include "message/words.h"

namespace duban::document {
namespace {

using Lamps = std::vector<const plan::Lamp*>;

constexpr std::size_t cause_characters = 24, most_dates = 6;

// The period before, as its own document knew it.
struct Before {
  std::string period;
  Standpoint standpoint;
  Lamps lamps;
};

class DispatchFiller {
 public:
  DispatchFiller(const Standpoint& standpoint, const plan::Duty& duty, const plan::Duty& table,
                 std::string_view period)
      : standpoint_(standpoint), plan_(standpoint.plan()), duty_(duty), period_(period),
        said_(standpoint, table, period), lamps_(task_lamps(standpoint, said_)),
        before_(before()) {}

  DispatchView fill() {
    set_head(view_, document_head(standpoint_, duty_, period_));
    set_filings(view_, filing_figures(standpoint_, said_.table(), period_));
    view_.task_count = std::to_string(plan_.tasks.size());
    view_.lamps = lamp_figures(plan_, lamps_);
    add_sections();
    add_behind();
    add_coordination();
    add_settled();
    add_dates();
    add_last_issue();
    for (std::size_t at = 0; at < plan_.tasks.size(); ++at) add_rows(at);
    return std::move(view_);
  }

 private:
  std::string name_of(const std::string& unit) const {
    return unit_name(standpoint_, unit);
  }

  std::optional<Before> before() const {
    auto period = said_.period_before(period_);
    if (period.empty()) return std::nullopt;
    auto cut_off = cut_off_of(standpoint_.timetable(), standpoint_.known(), duty_, period,
                              standpoint_.as_of());
    auto then = standpoint_.earlier(std::min(cut_off, standpoint_.as_of()));
    auto lamps = task_lamps(then, TableSaid{then, said_.table(), period});
    return Before{period, std::move(then), std::move(lamps)};
  }

  void add_sections() {
    for (const auto& headed : headed_tasks(plan_)) {
      ProgressSectionView section{.heading = headed.heading, .entries = {}};
      for (const auto& one : said_.rows(period_)) {
        const auto* task = plan_.find_task(one.row.clause);
        bool here = std::ranges::find(headed.tasks, task) != headed.tasks.end();
        if (!here || !says_something_new(said_, period_, one)) continue;
        section.entries.push_back({task->name, name_of(one.about.unit), one.row.progress});
      }
      if (!section.entries.empty()) view_.sections.push_back(std::move(section));
    }
  }

  void add_behind() {
    for (const auto& task : plan_.tasks) {
      for (const auto& one : milestones_of(standpoint_, task.id)) {
        if (is_behind(one, standpoint_.as_of())) view_.behind.push_back(behind_of(task, one));
      }
    }
  }

  BehindView behind_of(const plan::Task& task, const Milestone& milestone) const {
    const auto& one = *milestone.assignment;
    auto day = [&](Instant at) { return day_words(standpoint_, at); };
    const auto* last = said_.last(milestone.unit(), task.id);
    auto cause = last ? brief_text(last->said.row.problem, cause_characters) : std::string{};
    return {.task = task.name,
            .unit = name_of(milestone.unit()),
            .milestone = milestone.duty->name + " " + day(one.first_due.value_or(*one.due)),
            .gap = gap_words(standpoint_, milestone),
            .cause = cause.empty() ? "未说明" : cause,
            .new_date = one.extended ? day(*one.due) : "待定"};
  }

  void add_coordination() {
    for (const auto& ask : asks_of(standpoint_, said_, period_)) {
      const auto& leads = ask.tasks.front()->leads;
      std::string clauses;
      for (const auto* task : ask.tasks) {
        // Several tasks stand in one clause.
        if (!clauses.ends_with(task->clause)) message::append_joined(clauses, task->clause);
      }
      view_.coordination.push_back(
          {.matter = ask.matter,
           .clause = clauses,
           .asked_by = name_of(ask.unit),
           .asked = ask.words(),
           .lead = leads.empty() ? plan_.office.short_name : name_of(leads.front()),
           .answer_by = ask.by});
    }
  }

  void add_settled() {
    auto since = before_ ? std::optional{before_->standpoint.as_of()} : std::nullopt;
    for (const auto& line : action_lines(standpoint_, since)) {
      view_.settled.push_back({.action = line.duty->name,
                               .doer = line.doer,
                               .due = line.due,
                               .outcome = line.outcome});
    }
  }

  // Duties and actions all; milestones of units while there is room.
  void add_dates() {
    auto coming = coming_dates(standpoint_, duty_, period_, end_of_next_month(standpoint_.today()));
    auto owed = static_cast<std::size_t>(
        std::ranges::count_if(coming, [](const auto& one) { return one.unit.empty(); }));
    auto room = most_dates - std::min(owed, most_dates);
    std::size_t more = 0;
    for (const auto& one : coming) {
      if (!one.unit.empty() && room == 0) {
        ++more;
        continue;
      }
      if (!one.unit.empty()) --room;
      auto what = one.unit.empty() ? one.what : one.what + "(" + one.unit + ")";
      view_.dates.push_back({one.when, what});
    }
    if (more > 0) view_.more_dates = std::to_string(more);
  }

  void add_last_issue() {
    if (!before_) return;
    auto month = message::period_words(before_->period, 0);
    for (const auto& fact : standpoint_.known().facts()) {
      bool issued = fact.kind == FactKind::issued && fact.about.duty == duty_.id &&
                    fact.about.period == before_->period &&
                    !standpoint_.known().is_voided(fact.seq);
      if (issued) view_.last_issue = "第" + fact.note + "期(" + month + ")";
    }
  }

  void add_rows(std::size_t at) {
    const auto& task = plan_.tasks[at];
    DispatchRowView common{.serial = std::to_string(at + 1),
                           .clause = task.clause,
                           .task = task.name,
                           .state = lamps_[at]->word,
                           .colour = std::string{plan::colour_name(lamps_[at]->colour)},
                           .change = before_ ? change_words(*before_->lamps[at], *lamps_[at])
                                             : std::string{"首期"}};
    for (const auto& unit : task.reporters) {
      auto words = row_words(standpoint_, said_, period_, unit, task);
      auto row = common;
      row.unit = name_of(unit);
      row.progress = words.progress;
      row.problem = words.problem;
      row.not_in = words.not_in;
      row.milestone = milestone_words(standpoint_, task.id, unit);
      if (row.milestone.empty()) row.milestone = "未定";
      view_.rows.push_back(std::move(row));
    }
    add_other_rows(task, common);
  }

  // What other units said of the clause, and what did not come to the one who fills its row.
  void add_other_rows(const plan::Task& task, const DispatchRowView& common) {
    auto add = [&](const std::string& unit, std::string progress, std::string problem) {
      auto row = common;
      row.unit = unit;
      row.progress = std::move(progress);
      row.problem = std::move(problem);
      view_.rows.push_back(std::move(row));
    };
    for (const auto& one : said_.rows(period_)) {
      if (one.row.clause != task.id) continue;
      bool reporter = std::ranges::find(task.reporters, one.about.unit) != task.reporters.end();
      auto words = row_words(standpoint_, said_, period_, one.about.unit, task);
      if (!reporter) add(name_of(one.about.unit), words.progress, words.problem);
      auto unnamed = add_lacking(one, add);
      if (unnamed == 0) continue;
      add("其他单位", std::to_string(unnamed) + "家" + lacking_words(name_of(one.about.unit)), "");
    }
  }

  // Laid at who did not give it; of those that may not be named only how many they are.
  template <class Add>
  std::size_t add_lacking(const schedule::RowSaid& said, const Add& add) const {
    std::size_t unnamed = 0;
    for (const auto& id : said.row.lacks) {
      const auto* unit = plan_.find_unit(id);
      if (unit != nullptr && !may_be_named_late(*unit)) ++unnamed;
      else add(unit ? name_of(id) : id, lacking_words(name_of(said.about.unit)), "");
    }
    return unnamed;
  }

  const Standpoint& standpoint_;
  const plan::Plan& plan_;
  const plan::Duty& duty_;
  std::string_view period_;
  TableSaid said_;
  Lamps lamps_;
  std::optional<Before> before_;
  DispatchView view_;
};

}  // namespace

DispatchView dispatch_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period) {
  const auto& table = *standpoint.plan().find_duty(duty.document.value().of);
  return DispatchFiller{standpoint, duty, table, period}.fill();
}

}  // namespace duban::document
