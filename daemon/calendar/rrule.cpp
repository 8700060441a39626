#include "calendar/rrule.h"

#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "base/limits.h"

namespace duban::calendar {
namespace {

using std::chrono::days;
using Freq = plan::RRule::Freq;

struct Span {
  Day first, last;
};

Span span_of(const plan::RRule& rule, int year) {
  auto within = [&](const std::optional<Day>& day) { return day && year_of(*day) == year; };
  return {within(rule.from) ? *rule.from : make_day(year, 1, 1),
          within(rule.to) ? *rule.to : make_day(year, 12, 31)};
}

unsigned from_monday(std::chrono::weekday day) { return day.iso_encoding() - 1; }

// Where libical is told to begin: the beginning of the first day's own week, month or year, so that
// an interval counts from there. In a week on the first day that the rule names: told to begin on
// a Monday, libical 3.0.16 puts a rule of Sundays alone into the week before.
Day begin_of(const plan::RRule& rule, Day first) {
  switch (rule.freq) {
    case Freq::daily: return first;
    case Freq::weekly: {
      auto earliest = std::ranges::min(rule.by_day, {}, [](const plan::RRule::Weekday& one) {
        return from_monday(one.day);
      });
      return monday_of(first) + days{from_monday(earliest.day)};
    }
    case Freq::monthly: return make_day(year_of(first), month_of(first), 1);
    case Freq::yearly: return make_day(year_of(first), 1, 1);
  }
  return first;
}

icaltimetype to_icaltime(Day day) {
  // Not icaltime_null_date(): the hour of that is -1, and days are lost.
  auto at = icaltime_null_time();
  at.is_date = 1;
  at.year = year_of(day);
  at.month = static_cast<int>(month_of(day));
  at.day = static_cast<int>(day_of_month(day));
  return at;
}

struct EndIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, EndIterator>;

// Nothing when libical finds no day in any year.
Iterator begin(const plan::RRule& rule, Day first) {
  // The count is ours: it begins within the span.
  auto uncounted = rule;
  uncounted.count.reset();
  auto recurrence = icalrecurrencetype_from_string(plan::format_rrule(uncounted).c_str());
  if (recurrence.freq == ICAL_NO_RECURRENCE) {
    throw std::logic_error{"libical does not read " + plan::format_rrule(uncounted)};
  }
  return Iterator{icalrecur_iterator_new(recurrence, to_icaltime(begin_of(rule, first)))};
}

}  // namespace

std::vector<Day> days_of(const plan::RRule& rule, int year) {
  auto [first, last] = span_of(rule, year);
  auto iterator = begin(rule, first);
  std::set<Day> found;
  for (std::size_t asked = 0; iterator && asked < limits::rrule_days; ++asked) {
    auto at = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(at) || at.year > year) break;
    auto day = make_day(at.year, static_cast<unsigned>(at.month), static_cast<unsigned>(at.day));
    if (day > last) break;
    if (day >= first) found.insert(day);
  }
  auto count = std::min<std::size_t>(rule.count.value_or(found.size()), found.size());
  return {found.begin(), std::next(found.begin(), static_cast<std::ptrdiff_t>(count))};
}

}  // namespace duban::calendar
