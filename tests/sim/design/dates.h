#pragma once
// Dates of a plan, as far as aiming needs them: near enough to hit a moment, never a judge of it.

#include <string>
#include <vector>

#include "sim/story.h"

namespace duban::sim::design {

struct Date {
  int year = 0, month = 0, day = 0;
};
DayNumber day_of(int year, int month, int day);
Date date_of(DayNumber day);
/// 1 Monday to 7 Sunday.
int weekday_of(DayNumber day);
int days_in(int year, int month);
/// `2030-W19`, `2030-05`.
std::string week_name(DayNumber day);
std::string month_name(int year, int month);

bool is_working(const Plan& plan, DayNumber day, bool skip_made_up = false);
/// So many working days on (back: negative); 0 is the day itself.
DayNumber working_days_from(const Plan& plan, DayNumber day, int count, bool skip_made_up);
/// Where a due day goes that is a day off.
DayNumber moved_off_days(const Plan& plan, OnDayOff rule, DayNumber day);

/// A night in which the zone's clocks are set.
struct ClockNight {
  DayNumber day = 0;
  /// Where the missing or doubled minutes begin, and how many they are.
  int minute = 0, length = 0;
  bool gap = false;
};
/// Both of a year, in order; none for Asia/Shanghai.
std::vector<ClockNight> clock_nights(const std::string& zone, int year);
/// A minute of a civil day, from 0 to 1440; a missing one is the first after the gap, a doubled
/// one the first of the two.
Second instant_of(const std::string& zone, DayNumber day, int minute);

}  // namespace duban::sim::design
