#include "control/today_page.h"

#include <fmt/format.h>
#include <algorithm>

#include "base/limits.h"
#include "control/page_parts.h"
#include "control/state_words.h"
#include "message/page.h"
#include "message/plan_facts.h"
#include "message/words.h"

namespace duban::control {
namespace {

void name_units(const engine::AgendaRow& row, const plan::Plan& plan, message::WebStage& view) {
  std::string names;
  for (const auto& unit : row.units) message::append_joined(names, plan.name_of(unit));
  if (row.units.size() <= 1) {
    view.who = std::move(names);
  } else {
    view.who_count = fmt::format("{}家", row.units.size());
    view.who_all = std::move(names);
  }
}

message::WebStage stage_view(const engine::AgendaRow& row, const schedule::Timetable& timetable,
                             Timetables plans) {
  const auto& plan = timetable.plan();
  message::WebStage view;
  auto civil = timetable.zone().to_civil(row.at);
  view.hour = message::hour_words(time_of(civil));
  view.hour_time = timetable.zone().format(row.at);
  view.stage = stage_words(row.stage);
  const auto* duty = plan.find_duty(row.duty);
  view.matter = plan_prefix(plans, timetable) +
                (duty == nullptr ? row.duty : message::full_name(plan, *duty, row.period, ""));
  auto till = moment_of(row.due, timetable.zone(), plan.year);
  view.till = till.words;
  view.till_time = till.machine;
  // Else the name says it all.
  if (row.audience == Audience::leader) view.audience = audience_words(to_word(row.audience));
  view.state = state_words(row.state);
  view.provisional = row.provisional;
  name_units(row, plan, view);
  return view;
}

// Without the message's small print, which has the office's telephone.
message::WebList list_view(const Today::List& list) {
  message::WebList view{.list_title = list.subject, .nothing_to_do = list.empty, .blocks = {}};
  if (list.empty) return view;
  view.blocks = message::page_of(list.subject, list.text, {}).blocks;
  std::erase_if(view.blocks, [](const auto& block) { return block.rule || block.note; });
  return view;
}

}  // namespace

message::WebToday today_page(const Today& today, Timetables plans) {
  message::WebToday page;
  static_cast<message::WebHealth&>(page) = health_of(today.status, plans);
  for (const auto& list : today.lists) page.lists.push_back(list_view(list));
  auto rows = today.week;
  // Nobody hears of what is answered, nor of what is not chased.
  std::erase_if(rows, [](const auto& row) {
    return row.state == "answered" || row.state == "silent";
  });
  std::ranges::stable_sort(rows, {}, &engine::AgendaRow::at);
  if (rows.size() > limits::page_rows) {
    page.more_stages = std::to_string(rows.size() - limits::page_rows);
    rows.resize(limits::page_rows);
  }
  for (const auto& row : rows) {
    const auto* timetable = timetable_of(plans, row.plan);
    if (timetable == nullptr) continue;
    auto day = timetable->zone().day_of(row.at);
    if (page.days.empty() || page.days.back().day_time != format_day(day)) {
      message::WebDay fresh{.day = message::weekday_words(day, timetable->plan().year),
                            .day_time = format_day(day)};
      fresh.is_today = day == timetable->zone().day_of(today.now);
      page.days.push_back(std::move(fresh));
    }
    page.days.back().stages.push_back(stage_view(row, *timetable, plans));
  }
  return page;
}

}  // namespace duban::control
