#include "sim/design/plans.h"

#include <algorithm>
#include <string>

#include "sim/design/dates.h"

namespace duban::sim::design {
namespace {

constexpr int year = 2030;
constexpr int half_past_two = 150;

// What the plan is laid around.
struct Scene {
  DayNumber middle = 0;
  std::optional<ClockNight> night;
};

Scene scene_of(Plan& plan, Choice& choice) {
  if (!choice.percent(60)) {
    plan.zone = choice.of({"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"});
  }
  auto nights = clock_nights(plan.zone, year);
  if (!nights.empty() && choice.percent(85)) {
    auto night = choice.of(nights);
    return {night.day, night};
  }
  // A month's end or its middle; the year's end now and then.
  auto month = choice.percent(10) ? 12 : choice.between(2, 11);
  auto day = choice.percent(50) ? days_in(year, month) : choice.between(10, 20);
  return {day_of(year, month, day), std::nullopt};
}

void lay_phase(Plan& plan, const Scene& scene, Choice& choice) {
  plan.begins = scene.middle - choice.between(8, 25);
  plan.ends = std::min(scene.middle + choice.between(12, 40), day_of(year, 12, 31));
  plan.hours_from = choice.of({510, 510, 480, 0});
  plan.hours_to = choice.of({1050, 1050, 1020, 1439});
  plan.list_minute = choice.of({990, 990, 600, 1439});
  plan.storm = choice.of({20, 20, 3, 2, 1});
}

// Three to seven days off, and weekend days before and after that are worked for them.
void lay_holiday(Plan& plan, const Scene& scene, Choice& choice) {
  if (!choice.percent(65)) return;
  auto first = scene.middle + choice.between(-4, 6);
  auto length = choice.between(1, 7);
  for (int i = 0; i < length; ++i) plan.calendar.off.push_back(first + i);
  for (auto day : {first - 1, first - 2, first + length, first + length + 1}) {
    if (weekday_of(day) > 5 && choice.percent(60)) plan.calendar.made_up.push_back(day);
  }
  std::ranges::sort(plan.calendar.made_up);
}

int stage_minute(const Scene& scene, Choice& choice) {
  if (scene.night && choice.percent(60)) {
    const auto& night = *scene.night;
    auto from = night.gap ? night.minute : night.minute - night.length;
    return std::max(0, from + choice.of({0, night.length / 2, night.length - 1, night.length}));
  }
  return choice.of({540, 540, 510, 1050, 0, 1439, half_past_two});
}

std::string address(Choice& choice, const std::string& who) {
  return choice.percent(70) ? "hook:https://" + who + ".example.org/hook/" + who
                            : "mail:" + who + "@example.org";
}

void lay_units(Plan& plan, Choice& choice) {
  auto count = choice.between(1, 4);
  for (int i = 0; i < count; ++i) {
    std::string id{static_cast<char>('a' + i)};
    Unit unit{.id = id, .liaison = {}, .leader = {}};
    if (!choice.percent(6)) unit.liaison.push_back(address(choice, id));
    if (!choice.percent(15)) unit.leader.push_back(address(choice, id + "-head"));
    plan.units.push_back(std::move(unit));
  }
  plan.office = {choice.percent(50) ? "mail:office@example.org"
                                    : "hook:https://office.example.org/hook/office"};
}

// A day of every month from the first to the last.
int common_day(const Duty& duty, int day) {
  for (int month = duty.month; month <= duty.last_month; ++month) {
    day = std::min(day, days_in(year, month));
  }
  return std::max(day, 1);
}

void lay_dates(Duty& duty, const Plan& plan, DayNumber due, Choice& choice) {
  auto date = date_of(due);
  duty.month = duty.last_month = date.month;
  duty.day = date.day;
  if (duty.every == Every::week) {
    duty.day = weekday_of(due);
    return;
  }
  if (duty.every == Every::month) {
    duty.month = date_of(plan.begins).month;
    duty.last_month = std::max(date.month, date_of(plan.ends).month);
    duty.day = common_day(duty, duty.day);
  }
  if (duty.day > 4 && choice.percent(30)) {
    duty.ask_by_day = duty.day - choice.between(1, 4);
    if (choice.percent(60)) duty.ask_by_minute = choice.of({540, 720, 1050});
  }
}

std::vector<std::string> owing(const Plan& plan, Choice& choice) {
  if (choice.percent(8)) return {"office"};
  std::vector<std::string> ids;
  for (const auto& unit : plan.units) {
    if (choice.percent(75)) ids.push_back(unit.id);
  }
  if (ids.empty()) ids.push_back(plan.units.front().id);
  return ids;
}

void lay_duties(Plan& plan, const Scene& scene, Choice& choice) {
  auto count = choice.between(1, 4);
  auto together = scene.middle + choice.between(-2, 3);
  auto minute = stage_minute(scene, choice);
  for (int i = 0; i < count; ++i) {
    // Some owe at the same time, so that messages fall together.
    if (i > 0 && choice.percent(50)) {
      together = choice.between(plan.begins + 3, plan.ends - 3);
      minute = stage_minute(scene, choice);
    }
    // A stage in the night itself: its ladder counts plain days.
    bool at_night = scene.night && choice.percent(50);
    if (at_night) together = scene.night->day + choice.of({0, 0, 1, 3, -1, -3});
    Duty duty;
    duty.id = "d" + std::to_string(i + 1);
    duty.ladder = "l" + std::to_string(i + 1);
    duty.every = choice.of({Every::once, Every::once, Every::month, Every::week});
    duty.who = owing(plan, choice);
    duty.on_day_off = choice.of({OnDayOff::stay, OnDayOff::before, OnDayOff::after});
    if (choice.percent(60)) duty.due_minute = choice.of({minute, 1020, 720, 1439});
    lay_dates(duty, plan, together, choice);
    plan.duties.push_back(duty);
    plan.ladders.push_back(designed_ladder(choice, duty.ladder, minute, at_night ? 0 : 65));
  }
}

void lay_silence(Plan& plan, Choice& choice) {
  if (!choice.percent(25)) return;
  PlannedSilence silence;
  silence.from = choice.between(plan.begins, plan.ends - 5);
  silence.to = silence.from + choice.between(0, 4);
  if (choice.percent(40)) silence.units = {plan.units.front().id};
  if (choice.percent(40)) silence.duties = {plan.duties.front().id};
  if (choice.percent(30)) {
    silence.stage = choice.of({Stage::Kind::remind, Stage::Kind::due, Stage::Kind::overdue,
                               Stage::Kind::escalate});
  }
  plan.silences.push_back(silence);
}

// A holiday can move both to the same day.
bool asks_too_late(const Plan& plan, const Duty& duty) {
  auto moment = [&](int month, int day, std::optional<int> minute) {
    auto moved = moved_off_days(plan, duty.on_day_off, day_of(plan.year, month, day));
    return instant_of(plan.zone, moved, minute.value_or(1440));
  };
  for (int month = duty.month; month <= duty.last_month; ++month) {
    auto asked = moment(month, *duty.ask_by_day, duty.ask_by_minute);
    if (asked >= moment(month, duty.day, duty.due_minute)) return true;
  }
  return false;
}

}  // namespace

Ladder designed_ladder(Choice& choice, std::string id, int minute, int working_percent) {
  Ladder ladder{.id = std::move(id), .stages = {}, .skip_made_up = choice.percent(30)};
  bool working = choice.percent(working_percent);
  auto add = [&](Stage::Kind kind, int days, bool after_checked = false) {
    auto at = choice.percent(70) ? minute : choice.of({540, 600});
    ladder.stages.push_back({kind, days, working && days != 0, at, after_checked});
  };
  for (int days : {-7, -3, -1}) {
    if (choice.percent(55)) add(Stage::Kind::remind, days);
  }
  if (choice.percent(50)) add(Stage::Kind::due, 0);
  if (choice.percent(70)) add(Stage::Kind::overdue, choice.of({1, 1, 3}), choice.percent(35));
  if (choice.percent(55)) add(Stage::Kind::escalate, choice.of({4, 5, 7}));
  if (ladder.stages.empty()) add(Stage::Kind::remind, -2);
  return ladder;
}

void mend(Plan& plan) {
  auto has_unit = [&](const std::string& id) {
    return id == "office" || std::ranges::find(plan.units, id, &Unit::id) != plan.units.end();
  };
  auto has_duty = [&](const std::string& id) {
    return std::ranges::find(plan.duties, id, &Duty::id) != plan.duties.end();
  };
  for (auto& duty : plan.duties) {
    std::erase_if(duty.who, [&](const auto& id) { return !has_unit(id); });
  }
  std::erase_if(plan.duties, [](const Duty& duty) { return duty.who.empty(); });
  for (auto& duty : plan.duties) {
    if (duty.ask_by_day && asks_too_late(plan, duty)) {
      duty.ask_by_day.reset();
      duty.ask_by_minute.reset();
    }
  }
  std::erase_if(plan.silences, [&](PlannedSilence& silence) {
    auto units = std::erase_if(silence.units, [&](const auto& id) { return !has_unit(id); });
    auto duties = std::erase_if(silence.duties, [&](const auto& id) { return !has_duty(id); });
    return units + duties > 0 && silence.units.empty() && silence.duties.empty();
  });
}

Plan designed_plan(Choice& choice) {
  Plan plan;
  plan.year = year;
  auto scene = scene_of(plan, choice);
  lay_phase(plan, scene, choice);
  lay_holiday(plan, scene, choice);
  lay_units(plan, choice);
  lay_duties(plan, scene, choice);
  lay_silence(plan, choice);
  mend(plan);
  return plan;
}

}  // namespace duban::sim::design
