#include "sim/model/civil.h"

#include <array>
#include <cstdio>

namespace duban::sim::model {
namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Days from 1970-01-01 to 1 January of the year.
DayNumber new_year(int year) {
  DayNumber before = year - 1;
  constexpr DayNumber of_1970 = 1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400;
  return before * 365 + before / 4 - before / 100 + before / 400 - of_1970;
}

std::string two(int number) {
  return std::string{number < 10 ? "0" : ""} + std::to_string(number);
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr std::array<int, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days.at(static_cast<std::size_t>(month));
}

DayNumber number_of(Date date) {
  auto number = new_year(date.year);
  for (int month = 1; month < date.month; ++month) number += days_in_month(date.year, month);
  return number + date.day - 1;
}

Date date_of(DayNumber day) {
  Date date{.year = static_cast<int>(1970 + day / 366)};
  while (new_year(date.year + 1) <= day) ++date.year;
  auto left = static_cast<int>(day - new_year(date.year));
  while (left >= days_in_month(date.year, date.month)) {
    left -= days_in_month(date.year, date.month);
    ++date.month;
  }
  date.day = left + 1;
  return date;
}

// 1970-01-01 was a Thursday.
int weekday_of(DayNumber day) { return static_cast<int>(((day + 3) % 7 + 7) % 7) + 1; }

DayNumber day_of(WallTime at) {
  auto day = at / day_seconds;
  return at % day_seconds < 0 ? day - 1 : day;
}

Second time_of(WallTime at) { return at - day_of(at) * day_seconds; }

std::string text_of(DayNumber day) {
  auto date = date_of(day);
  return std::to_string(date.year) + '-' + two(date.month) + '-' + two(date.day);
}

std::string text_of_wall(WallTime at) {
  auto time = static_cast<int>(time_of(at));
  return text_of(day_of(at)) + ' ' + two(time / 3600) + ':' + two(time / 60 % 60) + ':' +
         two(time % 60);
}

}  // namespace duban::sim::model
