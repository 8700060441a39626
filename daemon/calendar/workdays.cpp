#include "calendar/workdays.h"

#include <algorithm>
#include <cstdlib>

namespace duban::calendar {
namespace {

using std::chrono::days;

bool is_weekend(Day day) {
  auto iso = std::chrono::weekday{day}.iso_encoding();
  return iso >= 6;
}

/// Mondays to Fridays in (from, to].
int weekdays_between(Day from, Day to) {
  // Days since a Sunday, so that a whole week holds five and the rest counts from Monday.
  auto up_to = [](Day day) {
    auto since = (day - Day{std::chrono::year{1899} / 12 / 31}).count();
    return since / 7 * 5 + std::min<decltype(since)>(since % 7, 5);
  };
  return static_cast<int>(up_to(to) - up_to(from));
}

}  // namespace

Workdays::Workdays(std::shared_ptr<const plan::WorkCalendar> calendar, bool made_up_counts)
    : calendar_(calendar ? std::move(calendar) : std::make_shared<const plan::WorkCalendar>()),
      made_up_counts_(made_up_counts) {}

bool Workdays::is_working(Day day) const {
  if (is_weekend(day)) return made_up_counts_ && is_made_up(day);
  return !is_holiday(day);
}

bool Workdays::is_made_up(Day day) const { return calendar_->made_up.contains(day); }

bool Workdays::is_holiday(Day day) const { return calendar_->off.contains(day); }

std::string_view Workdays::holiday_name(Day day) const {
  auto found = calendar_->off.find(day);
  return found == calendar_->off.end() ? std::string_view{} : found->second;
}

Day Workdays::add(Day day, int n) const {
  days step{n < 0 ? -1 : 1};
  for (int left = std::abs(n); left > 0;) {
    day += step;
    if (is_working(day)) --left;
  }
  return day;
}

Day Workdays::on_or_after(Day day) const { return is_working(day) ? day : add(day, 1); }

Day Workdays::on_or_before(Day day) const { return is_working(day) ? day : add(day, -1); }

Day Workdays::nth_in(Day first, Day last, unsigned n) const {
  auto day = first - days{1};
  for (unsigned found = 0; found < n; ++found) {
    auto next = add(day, 1);
    if (next > last) return found == 0 ? next : day;
    day = next;
  }
  return day;
}

Day Workdays::last_in(Day /*first*/, Day last) const { return on_or_before(last); }

int Workdays::count_between(Day from, Day to) const {
  if (to <= from) return 0;
  int count = weekdays_between(from, to);
  const auto& off = calendar_->off;
  for (auto at = off.upper_bound(from); at != off.end() && at->first <= to; ++at) {
    if (!is_weekend(at->first)) --count;
  }
  const auto& made_up = calendar_->made_up;
  if (!made_up_counts_) return count;
  for (auto at = made_up.upper_bound(from); at != made_up.end() && at->first <= to; ++at) {
    if (is_weekend(at->first)) ++count;
  }
  return count;
}

bool Workdays::is_published(Day day) const {
  auto found = std::ranges::find(calendar_->years, year_of(day), &plan::WorkYear::year);
  return found != calendar_->years.end() && found->status == plan::YearStatus::published;
}

bool Workdays::is_published(Day one, Day other) const {
  auto [from, to] = std::minmax(one, other);
  for (int year = year_of(from); year <= year_of(to); ++year) {
    if (!is_published(make_day(year, 1, 1))) return false;
  }
  return true;
}

Civil apply(const plan::Offset& offset, Civil from, const Workdays& workdays) {
  auto count = offset.count;
  if (offset.unit == plan::Offset::Unit::hours) return from + std::chrono::hours{count};
  auto day = day_of(from);
  day = offset.unit == plan::Offset::Unit::days ? day + days{count} : workdays.add(day, count);
  return day + offset.time.value_or(time_of(from));
}

}  // namespace duban::calendar
