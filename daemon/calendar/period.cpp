#include "calendar/period.h"

#include <fmt/format.h>

namespace duban::calendar {
namespace {

using std::chrono::days;
using plan::Every;

Period week_of(Day day) {
  auto monday = monday_of(day);
  auto thursday = monday + days{3};
  int year = year_of(thursday);
  auto number = static_cast<unsigned>((thursday - make_day(year, 1, 1)).count() / 7 + 1);
  return {fmt::format("{}-W{:02}", year, number), monday, monday + days{6}, number};
}

Period single_day(Day day) {
  auto number = (day - make_day(year_of(day), 1, 1)).count() + 1;
  return {format_day(day), day, day, static_cast<unsigned>(number)};
}

unsigned months_of(Every every) {
  switch (every) {
    case Every::month: return 1;
    case Every::quarter: return 3;
    case Every::half_year: return 6;
    case Every::once:
    case Every::year:
    case Every::week:
    case Every::rule: break;
  }
  return 12;
}

std::string months_id(Every every, int year, unsigned number) {
  switch (every) {
    case Every::month: return fmt::format("{}-{:02}", year, number);
    case Every::quarter: return fmt::format("{}-Q{}", year, number);
    case Every::half_year: return fmt::format("{}-H{}", year, number);
    case Every::once:
    case Every::year:
    case Every::week:
    case Every::rule: break;
  }
  return fmt::format("{}", year);
}

}  // namespace

Period period_of(Every every, Day day) {
  if (every == Every::week) return week_of(day);
  if (every == Every::rule) return single_day(day);
  int year = year_of(day);
  auto months = months_of(every);
  auto number = (month_of(day) - 1) / months + 1;
  auto last_month = number * months;
  return {months_id(every, year, number), make_day(year, last_month - months + 1, 1),
          make_day(year, last_month, days_in_month(year, last_month)), number};
}

Period period_after(Every every, const Period& period) {
  return period_of(every, period.last + days{1});
}

Period period_before(Every every, const Period& period) {
  return period_of(every, period.first - days{1});
}

std::vector<Period> periods_in(Every every, int year) {
  std::vector<Period> periods;
  // 4 January always lies in the first week.
  auto period = period_of(every, make_day(year, 1, every == Every::week ? 4 : 1));
  auto end = period_of(every, make_day(year, 12, every == Every::week ? 28 : 31)).last;
  for (; period.first <= end; period = period_after(every, period)) periods.push_back(period);
  return periods;
}

}  // namespace duban::calendar
