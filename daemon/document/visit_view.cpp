#include "document/visit_view.h"

#include <algorithm>
#include <map>

#include "document/asks.h"
#include "document/brief_text.h"
#include "document/document_head.h"
#include "document/milestones.h"
#include "document/row_words.h"
#include "document/standpoint_words.h"
#include "document/table_said.h"
#include "document/task_lamps.h"
#include "message/plan_facts.h"
#include "message/words.h"

namespace duban::document {
namespace {

constexpr std::size_t months_shown = 3, tasks_on_a_page = 2, asked_characters = 30;

// Room for a task: characters of what was said in a month, and things asked.
struct TaskRoom {
  std::size_t said, asks;
};
constexpr TaskRoom whole_page{48, 3}, half_page{26, 1};

class VisitFiller {
 public:
  VisitFiller(const Standpoint& standpoint, const plan::Duty& table)
      : standpoint_(standpoint), plan_(standpoint.plan()), said_(standpoint, table),
        lamps_(task_lamps(standpoint, said_)), periods_(newest_periods()) {
    for (const auto& period : periods_) asks_[period] = asks_of(standpoint, said_, period);
  }

  StopView stop(const std::string& unit) const {
    StopView stop{.unit = unit_name(standpoint_, unit)};
    auto tasks = tasks_of(unit);
    auto last = [&](const plan::Task* task) { return !is_stuck(unit, *task); };
    std::ranges::stable_sort(tasks, {}, last);
    auto shown = std::min(tasks.size(), tasks_on_a_page);
    std::sort(tasks.begin(), tasks.begin() + static_cast<std::ptrdiff_t>(shown));
    std::sort(tasks.begin() + static_cast<std::ptrdiff_t>(shown), tasks.end());
    for (std::size_t at = 0; at < tasks.size(); ++at) {
      const auto& task = *tasks[at];
      const auto& room = shown > 1 ? half_page : whole_page;
      if (at < shown) stop.tasks.push_back(task_of(unit, task, room));
      else message::append_joined(stop.others, task.name + "(" + lamp_of(task).word + ")");
    }
    return stop;
  }

 private:
  // The newest that are due or that something was said in.
  std::vector<std::string> newest_periods() const {
    std::vector<std::string> begun;
    for (const auto& period : said_.periods()) {
      bool due = std::ranges::any_of(standpoint_.timetable().occurrences(), [&](const auto& one) {
        return plan_.duties[one.duty].id == said_.table().id && one.period == period && one.due &&
               *one.due <= standpoint_.as_of();
      });
      if (due || !said_.rows(period).empty()) begun.push_back(period);
    }
    if (begun.size() > months_shown) begun.erase(begun.begin(), begun.end() - months_shown);
    return begun;
  }

  // Pointers into Plan::tasks: their order is the document's.
  std::vector<const plan::Task*> tasks_of(const std::string& unit) const {
    std::vector<const plan::Task*> reported, named;
    auto has = [&](const std::vector<std::string>& ids) {
      return std::ranges::find(ids, unit) != ids.end();
    };
    for (const auto& task : plan_.tasks) {
      if (has(task.reporters)) reported.push_back(&task);
      if (has(task.leads) || has(task.responsible)) named.push_back(&task);
    }
    return reported.empty() ? named : reported;
  }

  const plan::Lamp& lamp_of(const plan::Task& task) const {
    return *lamps_[static_cast<std::size_t>(&task - plan_.tasks.data())];
  }

  bool is_stuck(const std::string& unit, const plan::Task& task) const {
    auto colour = lamp_of(task).colour;
    bool late = colour == plan::Colour::yellow || colour == plan::Colour::orange ||
                colour == plan::Colour::red;
    return late || !asks_from(unit, task, 1).empty();
  }

  VisitTaskView task_of(const std::string& unit, const plan::Task& task,
                        const TaskRoom& room) const {
    const auto& lamp = lamp_of(task);
    VisitTaskView view{.clause = task.clause,
                       .task = task.name,
                       .milestone = milestone_words(standpoint_, task.id, unit),
                       .state = lamp.word,
                       .colour = std::string{plan::colour_name(lamp.colour)},
                       .asks = asks_from(unit, task, room.asks)};
    if (view.milestone.empty()) view.milestone = "未定";
    else view.milestone_source = milestone_source(standpoint_, unit);
    for (const auto& period : periods_) {
      view.months.push_back(month_of(unit, task, period, room.said));
    }
    return view;
  }

  VisitMonthView month_of(const std::string& unit, const plan::Task& task,
                          const std::string& period, std::size_t characters) const {
    VisitMonthView view{.month = message::period_words(period, plan_.year)};
    const auto* row = said_.row(period, unit, task.id);
    auto words = row_words(standpoint_, said_, period, unit, task);
    view.said = brief_text(words.progress, characters);
    if (view.said.empty()) view.said = words.not_in ? "未报" : "由牵头单位填报";
    if (row != nullptr) {
      view.source = day_words(standpoint_, row->at) + "报";
    }
    return view;
  }

  // The newest first; what was asked in several months is asked once.
  std::vector<VisitAskView> asks_from(const std::string& unit, const plan::Task& task,
                                      std::size_t most) const {
    std::vector<VisitAskView> found;
    for (auto at = periods_.rbegin(); at != periods_.rend(); ++at) {
      const auto& period = *at;
      for (const auto& ask : asks_.at(period)) {
        bool here = ask.unit == unit && std::ranges::find(ask.tasks, &task) != ask.tasks.end();
        auto asked = brief_text(ask.what.empty() ? ask.matter : ask.what, asked_characters);
        bool again = std::ranges::find(found, asked, &VisitAskView::asked) != found.end();
        if (!here || again || found.size() == most) continue;
        found.push_back(
            {.asked = asked,
             .giver = ask.whom.empty() ? plan_.office.short_name : ask.whom,
             .answer_by = ask.by,
             .raised_in = message::full_name(plan_, said_.table(), period, "")});
      }
    }
    return found;
  }

  const Standpoint& standpoint_;
  const plan::Plan& plan_;
  TableSaid said_;
  std::vector<const plan::Lamp*> lamps_;
  std::vector<std::string> periods_;
  std::map<std::string, std::vector<Ask>> asks_;
};

}  // namespace

VisitView visit_view(const Standpoint& standpoint, const std::vector<std::string>& units) {
  const auto& plan = standpoint.plan();
  auto civil = standpoint.zone().to_civil(standpoint.as_of());
  VisitView view{.draft = true,
                 .title = "办理情况一页纸",
                 .day = message::day_words(day_of(civil), 0),
                 .as_of = message::moment_words(civil, plan.year),
                 .office = plan.office.short_name};
  const auto* table = table_of(plan);
  if (table == nullptr) return view;
  VisitFiller filler{standpoint, *table};
  for (const auto& unit : units) view.stops.push_back(filler.stop(unit));
  return view;
}

}  // namespace duban::document
