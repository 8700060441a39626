#pragma once
// Counting in working days of one work calendar (holidays and make-up days, 调休).

#include <memory>
#include <string_view>

#include "base/time.h"
#include "plan/due_rule.h"
#include "plan/work_calendar.h"

namespace duban::calendar {

/// A view that holds its calendar; copied freely, any thread may use it. Asking about a day costs a
/// search in a calendar of some 200 days.
class Workdays {
 public:
  /// A missing calendar is one without holidays in which no year is published.
  /// `made_up_counts = false`: make-up days are no working days (a ladder with made_up = "skip").
  explicit Workdays(std::shared_ptr<const plan::WorkCalendar> calendar, bool made_up_counts = true);

  bool is_working(Day day) const;
  /// A Saturday or Sunday that is worked by a notice, whether or not it counts here.
  bool is_made_up(Day day) const;
  /// A day of a public holiday by a notice.
  bool is_holiday(Day day) const;
  /// The holiday's name (国庆节) on such a day, else empty. Lives as long as the calendar.
  std::string_view holiday_name(Day day) const;
  /// The n-th working day after (n > 0) or before (n < 0) `day`, which is day 0: from a day off, +1
  /// is the next working day and -1 the one before. n = 0 is `day` itself. Beyond the years of the
  /// calendar every Monday to Friday is worked (see `is_published`).
  Day add(Day day, int n) const;
  /// `day` itself if worked, else the next (previous) working day.
  Day on_or_after(Day day) const;
  Day on_or_before(Day day) const;
  /// The n-th (from 1) working day in [first, last]; the last one when there are fewer, and the
  /// next one after `last` when there is none (a week that is all holiday).
  Day nth_in(Day first, Day last, unsigned n) const;
  /// The last working day in [first, last]; the one before `first` when there is none.
  Day last_in(Day first, Day last) const;
  /// Working days after `from` up to and with `to` (0 when to <= from): the days that are left.
  int count_between(Day from, Day to) const;
  /// The year of `day` stands in the calendar as published.
  bool is_published(Day day) const;
  /// Every year from one day's to the other's (in either order) is published.
  bool is_published(Day one, Day other) const;

 private:
  std::shared_ptr<const plan::WorkCalendar> calendar_;
  bool made_up_counts_;
};

/// An offset applied to a point in civil time: `d` and `wd` keep the time of day of `from` unless
/// the offset names one; `h` adds hours.
Civil apply(const plan::Offset& offset, Civil from, const Workdays& workdays);

}  // namespace duban::calendar
