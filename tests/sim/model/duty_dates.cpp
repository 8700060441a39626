#include "sim/model/duty_dates.h"

#include <algorithm>

namespace duban::sim::model {
namespace {

constexpr Second end_of_day = day_seconds - 1;

std::string two(int number) {
  return std::string{number < 10 ? "0" : ""} + std::to_string(number);
}

Second time_or_end(const std::optional<int>& minute) {
  return minute ? Second{*minute} * 60 : end_of_day;
}

template <class Counted>
std::string offset_of(const Counted& counted) {
  return (counted.days > 0 ? "+" : "") + std::to_string(counted.days) +
         (counted.working ? "wd " : "d ") + two(counted.minute / 60) + ':' +
         two(counted.minute % 60);
}

}  // namespace

std::string key_of(const Draft& draft) { return "draft " + offset_of(draft); }

std::string key_of(const Stage& stage) { return word_of(stage.kind) + ' ' + offset_of(stage); }

Text::Text(const Plan& plan)
    : plan_(&plan),
      zone_(&Zone::named(plan.zone)),
      workdays_(plan.calendar, plan.year, true),
      without_made_up_(plan.calendar, plan.year, false),
      begins_(zone_->instant_of(plan.begins, 0)),
      ends_(zone_->instant_of(plan.ends + 1, 0)) {
  for (const auto& duty : plan.duties) {
    if (duty.every == Every::week) {
      add_weeks(duty);
      continue;
    }
    bool once = duty.every == Every::once;
    for (int month = duty.month; month <= (once ? duty.month : duty.last_month); ++month) {
      auto first = number_of({.year = plan.year, .month = month});
      auto period = std::to_string(plan.year) + (once ? "" : '-' + two(month));
      auto ask = duty.ask_by_day ? std::optional{first + *duty.ask_by_day - 1} : std::nullopt;
      add(duty, period, first + duty.day - 1, ask);
    }
  }
}

// Weeks as ISO 8601 counts them; one of the year before or after whose day falls into this one too.
void Text::add_weeks(const Duty& duty) {
  auto monday = number_of({.year = plan_->year});
  monday -= weekday_of(monday) - 1 + 7;
  auto end = number_of({.year = plan_->year + 1}) + 7;
  for (; monday < end; monday += 7) {
    auto thursday = date_of(monday + 3);
    auto week = (monday + 3 - number_of({.year = thursday.year})) / 7 + 1;
    auto period = std::to_string(thursday.year) + "-W" + two(static_cast<int>(week));
    add(duty, period, monday + duty.day - 1, std::nullopt);
  }
}

DayNumber Text::moved(DayNumber day, OnDayOff rule) const {
  if (rule == OnDayOff::before) return workdays_.at_or_before(day);
  return rule == OnDayOff::after ? workdays_.at_or_after(day) : day;
}

void Text::add(const Duty& duty, const std::string& period, DayNumber due,
               std::optional<DayNumber> ask_by) {
  due = moved(due, duty.on_day_off);
  if (date_of(due).year != plan_->year) return;
  Dates dates{zone_->instant_of(due, time_or_end(duty.due_minute)), std::nullopt};
  if (ask_by) {
    dates.ask_by = zone_->instant_of(moved(*ask_by, duty.on_day_off),
                                     time_or_end(duty.ask_by_minute));
  }
  for (const auto& unit : duty.who) owed_[{duty.id, period, unit}] = dates;
}

const Dates* Text::dates_of(const Owed& owed) const {
  auto found = owed_.find(owed);
  return found == owed_.end() ? nullptr : &found->second;
}

const Dates* Text::dates_of_period(const std::string& duty, const std::string& period) const {
  auto found = owed_.lower_bound({duty, period, ""});
  bool same = found != owed_.end() && std::get<0>(found->first) == duty &&
              std::get<1>(found->first) == period;
  return same ? &found->second : nullptr;
}

const Ladder* Text::ladder_of(const std::string& duty) const {
  auto found = std::ranges::find(plan_->duties, duty, &Duty::id);
  if (found == plan_->duties.end()) return nullptr;
  auto ladder = std::ranges::find(plan_->ladders, found->ladder, &Ladder::id);
  return ladder == plan_->ladders.end() ? nullptr : &*ladder;
}

const Draft* Text::draft_of(const std::string& duty) const {
  auto found = std::ranges::find(plan_->duties, duty, &Duty::id);
  bool writes = found != plan_->duties.end() && found->draft;
  return writes ? &*found->draft : nullptr;
}

Second Text::draft_at(const Draft& draft, Second due) const {
  auto day = zone_->day_at(due);
  day = draft.working ? workdays_.counted(day, draft.days) : day + draft.days;
  return zone_->instant_of(day, Second{draft.minute} * 60);
}

bool Text::reaches(const std::string& unit, bool leader) const {
  if (unit == "office") return !leader && !plan_->office.empty();
  auto found = std::ranges::find(plan_->units, unit, &Unit::id);
  if (found == plan_->units.end()) return false;
  return !(leader ? found->leader : found->liaison).empty();
}

Second Text::opens(Second at) const {
  auto day = zone_->day_at(at);
  auto from = Second{plan_->hours_from} * 60, to = Second{plan_->hours_to} * 60;
  auto time = time_of(zone_->wall_at(at));
  if (workdays_.works(day) && from <= time && time < to) return at;
  if (!workdays_.works(day) || time >= to) day = workdays_.at_or_after(day + 1);
  return zone_->instant_of(day, from);
}

Second Text::list_before(Second at) const {
  auto day = workdays_.at_or_before(zone_->day_at(at));
  auto list = zone_->instant_of(day, Second{plan_->list_minute} * 60);
  if (list < at) return list;
  return zone_->instant_of(workdays_.at_or_before(day - 1), Second{plan_->list_minute} * 60);
}

}  // namespace duban::sim::model
