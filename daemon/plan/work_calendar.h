#pragma once
// Which days are worked, as published each year by the State Council (holidays and make-up days,
// 调休). A plain value; calendar/workdays.h counts with it.

#include <map>
#include <string>
#include <vector>

#include "base/time.h"

namespace duban::plan {

enum class YearStatus { published, provisional, unknown };

struct WorkYear {
  int year = 0;
  YearStatus status = YearStatus::unknown;
  /// Number of the State Council's notice, may be empty.
  std::string notice;
};

struct WorkCalendar {
  std::string id, name;
  std::vector<WorkYear> years;
  /// Days off by a notice, with the holiday's name (weekends that are off anyway may be among
  /// them).
  std::map<Day, std::string> off;
  /// Saturdays and Sundays that are worked.
  std::map<Day, std::string> made_up;
};

}  // namespace duban::plan
