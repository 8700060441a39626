#include "document/briefing_view.h"

#include <algorithm>
#include <map>
#include <optional>

#include "calendar/period.h"
#include "calendar/workdays.h"
#include "document/actions.h"
#include "document/asks.h"
#include "document/brief_text.h"
#include "document/coming_dates.h"
#include "document/cut_off.h"
#include "document/document_head.h"
#include "document/filing_figures.h"
#include "document/headed_tasks.h"
#include "document/lateness.h"
#include "document/standpoint_words.h"
#include "document/table_said.h"
#include "document/task_lamps.h"
#include "message/words.h"

namespace duban::document {
namespace {

using Lamps = std::vector<const plan::Lamp*>;
using schedule::Outcome;

constexpr std::size_t achievements_each = 3, most_difficulties = 12, most_dates = 16;

// The quarter that a briefing tells of.
calendar::Period quarter_of(const plan::Plan& plan, std::string_view period) {
  auto all = calendar::periods_in(plan::Every::quarter, plan.year);
  auto found = std::ranges::find(all, period, &calendar::Period::id);
  return found == all.end() ? all.front() : *found;
}

std::vector<std::string> months_of(const calendar::Period& quarter) {
  std::vector<std::string> months;
  auto month = calendar::period_of(plan::Every::month, quarter.first);
  for (; month.first <= quarter.last; month = calendar::period_after(plan::Every::month, month)) {
    months.push_back(month.id);
  }
  return months;
}

// The dispatch of the same tables: what was known of a month when it was told of.
const plan::Duty* dispatch_of(const plan::Plan& plan, const plan::Duty& table) {
  auto found = std::ranges::find_if(plan.duties, [&](const plan::Duty& duty) {
    return duty.document && duty.document->form == plan::Form::dispatch &&
           duty.document->of == table.id;
  });
  return found == plan.duties.end() ? nullptr : &*found;
}

bool has_figure(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class BriefingFiller {
 public:
  BriefingFiller(const Standpoint& standpoint, const plan::Duty& duty, const plan::Duty& table,
                 std::string_view period)
      : standpoint_(standpoint), plan_(standpoint.plan()), duty_(duty), period_(period),
        quarter_(quarter_of(plan_, period)), months_(months_of(quarter_)),
        said_(standpoint, table, months_.back()) {
    for (const auto& month : months_) asks_[month] = asks_of(standpoint, said_, month);
  }

  BriefingView fill() {
    set_head(view_, document_head(standpoint_, duty_, period_));
    // Beside the date.
    if (!plan_.office.short_name.empty()) view_.office = plan_.office.short_name;
    set_filings(view_, filing_figures(standpoint_, said_.table(), owed_months()));
    view_.task_count = std::to_string(plan_.tasks.size());
    view_.lamps = lamp_figures(plan_, task_lamps(standpoint_, said_));
    add_achievements();
    add_states();
    add_difficulties();
    add_opinions();
    add_filings();
    add_dates();
    return std::move(view_);
  }

 private:
  std::string name_of(const std::string& unit) const {
    return unit_name(standpoint_, unit);
  }
  std::string month_words(const std::string& month) const {
    return message::period_words(month, plan_.year);
  }

  // Those of the quarter that the table is asked for in.
  std::vector<std::string> owed_months() const {
    std::vector<std::string> owed;
    for (const auto& month : months_) {
      bool asked = std::ranges::find(said_.periods(), month) != said_.periods().end();
      if (asked) owed.push_back(month);
    }
    return owed;
  }

  // Its newest words with a figure in them, of the quarter.
  std::string achievement_of(const std::string& unit, const std::string& task) const {
    for (auto month = months_.rbegin(); month != months_.rend(); ++month) {
      const auto* row = said_.row(*month, unit, task);
      if (row != nullptr && has_figure(row->row.progress)) return brief_text(row->row.progress);
    }
    return {};
  }

  void add_achievements() {
    for (const auto& headed : headed_tasks(plan_)) {
      AchievementSectionView section{.heading = headed.heading, .entries = {}, .more = {}};
      std::size_t more = 0;
      for (const auto* task : headed.tasks) {
        for (const auto& unit : task->reporters) {
          auto text = achievement_of(unit, task->id);
          if (text.empty()) continue;
          if (section.entries.size() == achievements_each) ++more;
          else section.entries.push_back({task->name, name_of(unit), text});
        }
      }
      if (more > 0) section.more = std::to_string(more);
      if (!section.entries.empty()) view_.sections.push_back(std::move(section));
    }
  }

  // The lamps of a month as its own dispatch knew them; empty before the table was first asked for.
  Lamps lamps_of(const std::string& month) const {
    if (std::ranges::find(said_.periods(), month) == said_.periods().end()) return {};
    auto cut_off = standpoint_.as_of();
    if (const auto* dispatch = dispatch_of(plan_, said_.table())) {
      cut_off = std::min(cut_off, cut_off_of(standpoint_.timetable(), standpoint_.known(),
                                             *dispatch, month, cut_off));
    }
    auto then = standpoint_.earlier(cut_off);
    return task_lamps(then, TableSaid{then, said_.table(), month});
  }

  void add_states() {
    view_.first_month = month_words(months_.at(0));
    view_.second_month = month_words(months_.at(1));
    view_.third_month = month_words(months_.at(2));
    std::vector<Lamps> lamps;
    for (const auto& month : months_) lamps.push_back(lamps_of(month));
    for (std::size_t at = 0; at < plan_.tasks.size(); ++at) {
      const auto& task = plan_.tasks[at];
      auto word = [&](std::size_t month) {
        return lamps[month].empty() ? std::string{"—"} : lamps[month][at]->word;
      };
      QuarterRowView row{.serial = std::to_string(at + 1), .clause = task.clause,
                         .task = task.name};
      for (const auto& unit : task.reporters) message::append_joined(row.unit, name_of(unit));
      row.first = word(0);
      row.second = word(1);
      row.third = word(2);
      if (!lamps[2].empty()) row.colour = std::string{plan::colour_name(lamps[2][at]->colour)};
      view_.rows.push_back(std::move(row));
    }
  }

  void add_difficulties() {
    std::size_t more = 0;
    for (const auto& task : plan_.tasks) {
      for (const auto& unit : task.reporters) {
        auto difficulty = difficulty_of(unit, task);
        if (!difficulty) continue;
        if (view_.difficulties.size() == most_difficulties) ++more;
        else view_.difficulties.push_back(std::move(*difficulty));
      }
    }
    if (more > 0) view_.more_difficulties = std::to_string(more);
  }

  // The newest problem of the quarter, and whether the month after still had one.
  std::optional<DifficultyView> difficulty_of(const std::string& unit,
                                              const plan::Task& task) const {
    for (auto month = months_.rbegin(); month != months_.rend(); ++month) {
      const auto* row = said_.row(*month, unit, task.id);
      if (row == nullptr || row->row.problem.empty()) continue;
      return DifficultyView{.difficulty = task.name + ":" + brief_text(row->row.problem),
                            .raised_by = name_of(unit),
                            .outcome = outcome_of(unit, task, *month)};
    }
    return std::nullopt;
  }

  std::string outcome_of(const std::string& unit, const plan::Task& task,
                         const std::string& month) const {
    for (const auto& later : months_) {
      if (later > month && said_.row(later, unit, task.id) != nullptr) {
        return month_words(later) + "起未再提出";
      }
    }
    for (const auto& ask : asks_.at(month)) {
      bool asked = ask.unit == unit && std::ranges::find(ask.tasks, &task) != ask.tasks.end();
      if (asked) return month_words(month) + "已提出" + ask.words();
    }
    return "正在办理";
  }

  void add_opinions() {
    auto since = standpoint_.zone().to_instant(Civil{quarter_.first});
    for (const auto& line : action_lines(standpoint_, since)) {
      if (!is_opinion(*line.duty)) continue;
      view_.opinions.push_back({.opinion = line.duty->name,
                                .doer = line.doer,
                                .due = line.due,
                                .outcome = line.outcome});
    }
  }

  void add_filings() {
    for (const auto& month : owed_months()) {
      auto one = filing_figures(standpoint_, said_.table(), month);
      view_.months.push_back({.month = month_words(month),
                              .expected_count = one.expected.count,
                              .on_time_count = one.on_time.count,
                              .late_count = one.late.count,
                              .extended_count = one.extended.count,
                              .excused_count = one.excused.count,
                              .missing_count = one.missing.count});
    }
    auto names = [&](Outcome outcome) {
      return late_names(plan_, units_with(standpoint_, said_.table(), owed_months(), outcome),
                        standpoint_.today());
    };
    view_.late_names = names(Outcome::late);
    view_.missing_names = names(Outcome::missing);
    if (!view_.late_names.empty() || !view_.missing_names.empty()) add_checking();
  }

  // Units may object until the working day before it is due.
  void add_checking() {
    for (const auto& one : standpoint_.timetable().occurrences()) {
      bool itself = plan_.duties[one.duty].id == duty_.id && one.period == period_ && one.due;
      if (!itself) continue;
      calendar::Workdays workdays{plan_.calendar};
      auto last = workdays.add(standpoint_.zone().day_of(*one.due), -1);
      if (last >= standpoint_.today()) {
        view_.checked_until = message::weekday_words(last, plan_.year);
      }
    }
  }

  // Duties and actions all; milestones of units while there is room.
  void add_dates() {
    auto next = calendar::period_after(plan::Every::quarter, quarter_);
    auto coming = coming_dates(standpoint_, duty_, period_, next.last);
    std::size_t more = 0;
    for (const auto& one : coming) {
      if (view_.dates.size() == most_dates && !one.unit.empty()) ++more;
      else view_.dates.push_back({.when = one.when, .what = one.what, .unit = one.unit});
    }
    if (more > 0) view_.more_dates = std::to_string(more);
  }

  const Standpoint& standpoint_;
  const plan::Plan& plan_;
  const plan::Duty& duty_;
  std::string_view period_;
  calendar::Period quarter_;
  std::vector<std::string> months_;
  TableSaid said_;
  std::map<std::string, std::vector<Ask>> asks_;
  BriefingView view_;
};

}  // namespace

BriefingView briefing_view(const Standpoint& standpoint, const plan::Duty& duty,
                           std::string_view period) {
  const auto& table = *standpoint.plan().find_duty(duty.document.value().of);
  return BriefingFiller{standpoint, duty, table, period}.fill();
}

}  // namespace duban::document
