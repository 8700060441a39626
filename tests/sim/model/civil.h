#pragma once
// Civil days by plain arithmetic: no library of the daemon's, none of the standard's.

#include <string>

#include "sim/story.h"

namespace duban::sim::model {

inline constexpr Second day_seconds = 24 * 3600;

struct Date {
  int year = 1970, month = 1, day = 1;
};

DayNumber number_of(Date date);
Date date_of(DayNumber day);
int days_in_month(int year, int month);
/// 1 Monday to 7 Sunday.
int weekday_of(DayNumber day);

/// Seconds since 1970-01-01 00:00 by a wall clock: no instant, no zone.
using WallTime = std::int64_t;

DayNumber day_of(WallTime at);
Second time_of(WallTime at);
inline WallTime wall(DayNumber day, Second time) { return day * day_seconds + time; }

/// `2030-05-25`.
std::string text_of(DayNumber day);
/// `2030-05-25 17:00:00`.
std::string text_of_wall(WallTime at);

}  // namespace duban::sim::model
