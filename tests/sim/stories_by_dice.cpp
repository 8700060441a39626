#include "sim/stories_by_dice.h"

#include <algorithm>
#include <chrono>

#include "sim/dice.h"

namespace duban::sim {
namespace {

constexpr Second minute = 60, hour = 3600, day = 86400;

DayNumber day_number(int year, int month, int of_month) {
  std::chrono::year_month_day date{std::chrono::year{year},
                                   std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(of_month)}};
  return std::chrono::sys_days{date}.time_since_epoch().count();
}
// 1 Monday to 7 Sunday; 1970-01-01 was a Thursday.
int weekday(DayNumber number) { return static_cast<int>((number + 3) % 7) + 1; }

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : dice_(seed), papers_(~seed) { story_.seed = seed; }
  Story write();

 private:
  Plan any_plan();
  WorkCalendar any_calendar();
  Ladder any_ladder(std::string id);
  Duty any_duty(std::string id, const Plan& plan);
  Plan edited(Plan plan);
  Said any_said();
  Weather any_weather();
  Down any_down();
  std::string any_address();
  int any_minute() { return static_cast<int>(dice_.between(0, 47) * 30); }
  int office_minute() { return static_cast<int>(dice_.between(16, 36) * 30); }
  void happen(Second at);

  Dice dice_;
  /// What documents hang on: rolled apart, so that a seed's story is otherwise what it was.
  Dice papers_;
  Story story_;
  Plan latest_;
};

constexpr int year = 2030;

WorkCalendar Writer::any_calendar() {
  WorkCalendar calendar;
  for (int i = 0; i < 3; ++i) {
    auto from = day_number(year, 4, 25) + dice_.between(0, 40);
    for (int more = 0; more < static_cast<int>(dice_.between(1, 4)); ++more) {
      auto off = from + more;
      if (std::ranges::find(calendar.off, off) == calendar.off.end()) calendar.off.push_back(off);
    }
  }
  for (int i = 0; i < 3; ++i) {
    auto made_up = day_number(year, 4, 20) + dice_.between(0, 45);
    while (weekday(made_up) < 6) ++made_up;
    bool known = std::ranges::find(calendar.off, made_up) != calendar.off.end() ||
                 std::ranges::find(calendar.made_up, made_up) != calendar.made_up.end();
    if (!known) calendar.made_up.push_back(made_up);
  }
  std::ranges::sort(calendar.off);
  std::ranges::sort(calendar.made_up);
  return calendar;
}

Ladder Writer::any_ladder(std::string id) {
  Ladder ladder;
  ladder.id = std::move(id);
  using enum Stage::Kind;
  auto reminders = dice_.between(0, 2);
  if (reminders == 2) ladder.stages.push_back({remind, -5, true, office_minute()});
  if (reminders >= 1) ladder.stages.push_back({remind, -2, dice_.in_hundred(50), 9 * 60});
  if (dice_.in_hundred(60)) ladder.stages.push_back({due, 0, false, 9 * 60});
  auto chase = dice_.between(0, 2);
  if (chase >= 1) {
    ladder.stages.push_back({overdue, 1, true, 14 * 60, dice_.in_hundred(50)});
  }
  if (chase == 2) ladder.stages.push_back({escalate, 2, true, 9 * 60});
  if (ladder.stages.empty()) ladder.stages.push_back({remind, -1, true, 9 * 60});
  ladder.skip_made_up = dice_.in_hundred(50);
  return ladder;
}

Duty Writer::any_duty(std::string id, const Plan& plan) {
  Duty duty;
  duty.id = std::move(id);
  auto kind = dice_.between(0, 9);
  duty.every = kind < 6 ? Every::once : kind < 8 ? Every::month : Every::week;
  duty.month = duty.every == Every::month ? 4 : 5;
  duty.last_month = 6;
  duty.day = duty.every == Every::week ? static_cast<int>(dice_.between(1, 7))
                                       : static_cast<int>(dice_.between(3, 28));
  if (dice_.in_hundred(75)) duty.due_minute = dice_.in_hundred(70) ? 17 * 60 : office_minute();
  auto off = dice_.between(0, 5);
  duty.on_day_off = off == 0 ? OnDayOff::before : off == 1 ? OnDayOff::after : OnDayOff::stay;
  for (const auto& unit : plan.units) {
    if (dice_.in_hundred(70)) duty.who.push_back(unit.id);
  }
  if (duty.who.empty()) duty.who.push_back(plan.units.front().id);
  if (dice_.in_hundred(10)) duty.who = {"office"};
  duty.ladder = dice_.one_of(plan.ladders).id;
  bool writes = duty.who.front() == "office" && papers_.in_hundred(60);
  if (writes) {
    duty.draft = Draft{.days = -static_cast<int>(papers_.between(0, 4)),
                       .working = papers_.in_hundred(70),
                       .minute = static_cast<int>(papers_.between(14, 38) * 30)};
  }
  return duty;
}

Plan Writer::any_plan() {
  Plan plan;
  plan.zone = dice_.in_hundred(70) ? "Asia/Shanghai"
                                   : dice_.one_of(std::vector<std::string>{
                                         "Europe/Berlin", "America/New_York", "Asia/Kolkata"});
  plan.year = year;
  plan.begins = day_number(year, 4, 20);
  plan.ends = day_number(year, 6, dice_.in_hundred(50) ? 5 : 30);
  plan.storm = static_cast<int>(dice_.one_of(std::vector<int>{1, 2, 20, 20, 20}));
  plan.calendar = any_calendar();
  auto units = dice_.between(1, 4);
  for (int i = 0; i < units; ++i) {
    Unit unit;
    unit.id = std::string(1, static_cast<char>('a' + i));
    auto host = "https://" + unit.id + ".example.org/hook";
    if (dice_.in_hundred(90)) {
      unit.liaison.push_back(dice_.in_hundred(70) ? "hook:" + host
                                                  : "mail:" + unit.id + "@example.org");
    }
    if (dice_.in_hundred(60)) unit.leader.push_back("mail:lead-" + unit.id + "@example.org");
    plan.units.push_back(std::move(unit));
  }
  plan.office = {"hook:https://office.example.org/desk", "mail:desk@example.org"};
  plan.ladders.push_back(any_ladder("one"));
  plan.ladders.push_back(any_ladder("two"));
  auto duties = dice_.between(1, 4);
  for (int i = 0; i < duties; ++i) {
    plan.duties.push_back(any_duty(std::string(1, static_cast<char>('p' + i)), plan));
  }
  if (dice_.in_hundred(20)) {
    PlannedSilence silence;
    silence.from = day_number(year, 5, 1) + dice_.between(0, 20);
    silence.to = silence.from + dice_.between(0, 8);
    if (dice_.in_hundred(50)) silence.units = {plan.units.front().id};
    if (dice_.in_hundred(30)) silence.stage = Stage::Kind::remind;
    plan.silences.push_back(std::move(silence));
  }
  return plan;
}

Plan Writer::edited(Plan plan) {
  auto edits = dice_.between(1, 2);
  for (int i = 0; i < edits; ++i) {
    auto index = static_cast<std::size_t>(
        dice_.between(0, static_cast<std::int64_t>(plan.duties.size()) - 1));
    auto& duty = plan.duties[index];
    switch (dice_.between(0, 6)) {
      case 0:
        if (duty.every != Every::week) duty.day = static_cast<int>(dice_.between(3, 28));
        break;
      case 1: duty.due_minute = office_minute(); break;
      case 2: plan.ladders[0] = any_ladder("one"); break;
      case 3:
        if (plan.duties.size() > 1) plan.duties.erase(plan.duties.begin() +
                                                      static_cast<std::ptrdiff_t>(index));
        break;
      case 4:
        duty.who = {dice_.one_of(plan.units).id};
        duty.draft.reset();
        break;
      case 5: {
        auto& unit = plan.units[static_cast<std::size_t>(
            dice_.between(0, static_cast<std::int64_t>(plan.units.size()) - 1))];
        unit.liaison = {"hook:https://new-" + unit.id + ".example.org/hook"};
        break;
      }
      default: plan = story_.plan; break;
    }
  }
  return plan;
}

std::string Writer::any_address() {
  if (dice_.in_hundred(30)) return "";
  const auto& unit = dice_.one_of(latest_.units);
  return unit.liaison.empty() ? "" : unit.liaison.front();
}

Said Writer::any_said() {
  Said said;
  using enum Said::What;
  const auto& duty = dice_.one_of(latest_.duties);
  said.duty = duty.id;
  said.unit = dice_.one_of(duty.who);
  said.period = duty.every == Every::once
                    ? "2030"
                    : duty.every == Every::month
                          ? "2030-0" + std::to_string(dice_.between(4, 6))
                          : "2030-W" + std::to_string(dice_.between(18, 24));
  said.what = dice_.one_of(std::vector<Said::What>{
      received, received, received, received, checked, checked, checked, extended, excused,
      silenced, release_draft, release_storm, defer_draft, void_last_received, resend});
  said.ago = dice_.in_hundred(50) ? 0 : dice_.between(0, 3 * day);
  auto now = story_.begins;
  said.until = now + dice_.between(2, 40) * day + office_minute() * minute;
  if (said.what == silenced && said.unit == "office") said.what = checked;
  if (said.what == silenced && dice_.in_hundred(50)) said.duty.clear();
  if (said.what == silenced && dice_.in_hundred(25)) said.stage = Stage::Kind::remind;
  return said;
}

Weather Writer::any_weather() {
  Weather weather;
  weather.kind = static_cast<Weather::Kind>(
      dice_.between(0, static_cast<int>(Weather::Kind::name_server_hangs)));
  weather.address = any_address();
  weather.how_long = dice_.in_hundred(30) ? dice_.between(1, 2 * hour)
                                          : dice_.between(hour, 6 * day);
  weather.percent = dice_.in_hundred(50) ? 100 : static_cast<int>(dice_.between(10, 90));
  if (dice_.in_hundred(40)) {
    weather.retry_after = dice_.one_of(std::vector<std::int64_t>{0, 1, 30, 3600, 86400, 10'000'000,
                                                                 1'000'000'000'000'000});
  }
  return weather;
}

Down Writer::any_down() {
  Down down;
  auto how = dice_.between(0, 9);
  down.how = how < 5   ? Down::How::killed
             : how < 9 ? Down::How::power_lost
                       : Down::How::stopped;
  auto gone = dice_.between(0, 9);
  down.back_after = gone < 6 ? dice_.between(1, 30)
                    : gone < 8 ? dice_.between(minute, 4 * hour)
                               : dice_.between(hour, 10 * day);
  if (dice_.in_hundred(80)) {
    auto by = dice_.between(0, 2);
    if (by == 0) down.at_await = static_cast<int>(dice_.between(1, 120));
    if (by == 1) down.at_disk = static_cast<int>(dice_.between(1, 120));
    if (by == 2) down.at_fsync = static_cast<int>(dice_.between(1, 12));
  }
  return down;
}

void Writer::happen(Second at) {
  Happening happening;
  happening.at = at;
  auto what = dice_.between(0, 99);
  if (what < 30) {
    happening.what = any_said();
  } else if (what < 40) {
    latest_ = edited(latest_);
    happening.what = Edited{latest_, dice_.in_hundred(40)};
  } else if (what < 65) {
    happening.what = any_down();
  } else if (what < 82) {
    happening.what = any_weather();
  } else if (what < 88) {
    DiskTrouble trouble;
    trouble.kind = static_cast<DiskTrouble::Kind>(dice_.between(0, 3));
    trouble.how_long = dice_.in_hundred(60) ? dice_.between(1, 600) : dice_.between(hour, 8 * hour);
    trouble.percent = dice_.in_hundred(30) ? 100 : static_cast<int>(dice_.between(1, 30));
    happening.what = trouble;
  } else if (what < 93) {
    auto how_long = dice_.between(hour, 2 * day);
    happening.what = LostAnswers{how_long, static_cast<int>(dice_.between(5, 60))};
  } else if (what < 96) {
    auto by = dice_.in_hundred(50) ? dice_.between(-7200, 7200) : dice_.between(-2 * day, 2 * day);
    happening.what = ClockSet{by == 0 ? 60 : by};
  } else if (what < 98) {
    happening.what = ClockDrift{static_cast<int>(dice_.between(-500, 500))};
  } else {
    happening.what = Suspended{dice_.between(1, 2 * day)};
  }
  story_.happenings.push_back(std::move(happening));
}

Story Writer::write() {
  story_.plan = latest_ = any_plan();
  story_.begins = day_number(year, 4, 26) * day + dice_.between(0, 23) * hour;
  story_.faults_end = story_.begins + dice_.between(15, 40) * day;
  story_.ends = story_.faults_end + 8 * day;
  auto count = dice_.between(3, 14);
  std::vector<Second> times;
  for (int i = 0; i < count; ++i) {
    auto at = story_.begins + dice_.between(1, story_.faults_end - story_.begins - 1);
    // Where things fall due.
    if (dice_.in_hundred(60)) {
      at = at / day * day + dice_.one_of(std::vector<Second>{1, 6, 8}) * hour +
           dice_.between(-2, 20);
    }
    times.push_back(std::clamp(at, story_.begins + 1, story_.faults_end - 1));
  }
  std::ranges::sort(times);
  for (auto at : times) happen(at);
  return std::move(story_);
}

}  // namespace

Story story_by_dice(std::uint64_t seed) { return Writer{seed}.write(); }

}  // namespace duban::sim
