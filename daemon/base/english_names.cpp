#include "base/english_names.h"

#include <fmt/format.h>

namespace duban {

std::string english_day(Day day, int year) {
  auto text = fmt::format("{} {}", day_of_month(day), english_months.at(month_of(day) - 1));
  return year_of(day) == year ? text : fmt::format("{} {}", text, year_of(day));
}

std::string english_weekday(Day day, int year) {
  auto name = english_weekdays.at(std::chrono::weekday{day}.c_encoding());
  return fmt::format("{} {}", name, english_day(day, year));
}

}  // namespace duban
