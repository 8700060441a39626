#include "sim/design/dates.h"

#include <algorithm>
#include <chrono>

namespace duban::sim::design {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr Second minutes_a_day = 1440;

struct ZoneRule {
  const char* zone;
  int standard, summer;  // minutes east
  // First moment of summer and of winter time: the n-th Sunday of a month (0: its last), at so
  // many minutes UTC of that day.
  struct Night {
    int month, sunday, utc_minute;
  } spring, autumn;
};

constexpr ZoneRule rules[] = {
    {"Europe/Berlin", 60, 120, {3, 0, 60}, {10, 0, 60}},
    {"America/New_York", -300, -240, {3, 2, 420}, {11, 1, 360}},
    // The other half of the world, and half an hour: 02:00 there is the afternoon before in UTC.
    {"Australia/Lord_Howe", 630, 660, {10, 1, 930 - 1440}, {4, 1, 900 - 1440}},
};

const ZoneRule* rule_of(const std::string& zone) {
  auto found = std::ranges::find_if(rules, [&](const ZoneRule& rule) { return zone == rule.zone; });
  return found == std::end(rules) ? nullptr : found;
}

DayNumber sunday_of(int year, const ZoneRule::Night& night) {
  if (night.sunday == 0) {
    auto last = day_of(year, night.month, days_in(year, night.month));
    return last - weekday_of(last) % 7;
  }
  auto first = day_of(year, night.month, 1);
  return first + (7 - weekday_of(first)) % 7 + 7 * (night.sunday - 1);
}

// In UTC minutes since 1970.
Second turn_of(int year, const ZoneRule::Night& night) {
  return sunday_of(year, night) * minutes_a_day + night.utc_minute;
}

int offset_at(const ZoneRule& rule, Second utc_minute, int year) {
  auto spring = turn_of(year, rule.spring), autumn = turn_of(year, rule.autumn);
  bool summer = spring < autumn ? utc_minute >= spring && utc_minute < autumn
                                : utc_minute >= spring || utc_minute < autumn;
  return summer ? rule.summer : rule.standard;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

DayNumber day_of(int year, int month, int day) {
  return sys_days{std::chrono::year{year} / month / day}.time_since_epoch().count();
}

Date date_of(DayNumber day) {
  std::chrono::year_month_day date{sys_days{days{day}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int weekday_of(DayNumber day) {
  return static_cast<int>(std::chrono::weekday{sys_days{days{day}}}.iso_encoding());
}

int days_in(int year, int month) {
  auto next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
  return static_cast<int>(next - day_of(year, month, 1));
}

std::string week_name(DayNumber day) {
  auto thursday = day - weekday_of(day) + 4;
  auto year = date_of(thursday).year;
  auto week = (thursday - day_of(year, 1, 1)) / 7 + 1;
  return std::to_string(year) + "-W" + two_digits(static_cast<int>(week));
}

std::string month_name(int year, int month) {
  return std::to_string(year) + "-" + two_digits(month);
}

bool is_working(const Plan& plan, DayNumber day, bool skip_made_up) {
  const auto& calendar = plan.calendar;
  if (std::ranges::find(calendar.off, day) != calendar.off.end()) return false;
  if (weekday_of(day) <= 5) return true;
  return !skip_made_up && std::ranges::find(calendar.made_up, day) != calendar.made_up.end();
}

DayNumber working_days_from(const Plan& plan, DayNumber day, int count, bool skip_made_up) {
  int step = count < 0 ? -1 : 1;
  for (int left = count * step; left > 0;) {
    day += step;
    if (is_working(plan, day, skip_made_up)) --left;
  }
  return day;
}

DayNumber moved_off_days(const Plan& plan, OnDayOff rule, DayNumber day) {
  if (rule == OnDayOff::stay || is_working(plan, day)) return day;
  return working_days_from(plan, day, rule == OnDayOff::before ? -1 : 1, false);
}

std::vector<ClockNight> clock_nights(const std::string& zone, int year) {
  const auto* rule = rule_of(zone);
  if (!rule) return {};
  int length = rule->summer - rule->standard;
  auto night = [&](const ZoneRule::Night& at, bool gap) {
    // The minutes from the old wall clock on are missing; those before it come twice.
    auto local = turn_of(year, at) + rule->standard;
    auto day = local / minutes_a_day;
    return ClockNight{day, static_cast<int>(local % minutes_a_day), length, gap};
  };
  std::vector<ClockNight> nights{night(rule->spring, true), night(rule->autumn, false)};
  std::ranges::sort(nights, {}, &ClockNight::day);
  return nights;
}

Second instant_of(const std::string& zone, DayNumber day, int minute) {
  auto local = day * minutes_a_day + minute;
  const auto* rule = rule_of(zone);
  if (!rule) return (local - 480) * 60;
  auto year = date_of(day).year;
  auto early = local - rule->summer, late = local - rule->standard;
  if (offset_at(*rule, early, year) == rule->summer) return early * 60;
  if (offset_at(*rule, late, year) == rule->standard) return late * 60;
  return turn_of(year, rule->spring) * 60;
}

}  // namespace duban::sim::design
