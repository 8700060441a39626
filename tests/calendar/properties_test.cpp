// What holds for any date: RapidCheck over the real calendar.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "calendar/due.h"
#include "calendar/fixture.h"
#include "calendar/occurrence.h"
#include "calendar/workdays.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using plan::OnDayOff;

Day any_day() {
  return make_day(2021, 6, 1) + std::chrono::days{*rc::gen::inRange(0, 365 * 7)};
}

Workdays any_workdays() { return Workdays{china(), *rc::gen::arbitrary<bool>()}; }

RC_GTEST_PROP(WorkdaysProperty, AddGoesForwardToAWorkedDayAndBackAgain, ()) {
  auto workdays = any_workdays();
  auto from = workdays.on_or_after(any_day());
  auto n = *rc::gen::inRange(-400, 400);
  auto to = workdays.add(from, n);
  RC_ASSERT(workdays.is_working(to));
  RC_ASSERT((n > 0) == (to > from));
  RC_ASSERT(workdays.add(to, -n) == from);
}

RC_GTEST_PROP(WorkdaysProperty, AddIsDoneInAsManyStepsAsOneLikes, ()) {
  auto workdays = any_workdays();
  auto from = any_day();
  auto one = *rc::gen::inRange(1, 60);
  auto two = *rc::gen::inRange(1, 60);
  RC_ASSERT(workdays.add(workdays.add(from, one), two) == workdays.add(from, one + two));
  RC_ASSERT(workdays.add(workdays.add(from, -one), -two) == workdays.add(from, -one - two));
}

RC_GTEST_PROP(WorkdaysProperty, CountAgreesWithAddAndWithCountingOneByOne, ()) {
  auto workdays = any_workdays();
  auto from = any_day();
  auto n = *rc::gen::inRange(0, 300);
  RC_ASSERT(workdays.count_between(from, workdays.add(from, n)) == n);
  auto to = from + std::chrono::days{*rc::gen::inRange(0, 500)};
  int counted = 0;
  for (auto at = from + std::chrono::days{1}; at <= to; at += std::chrono::days{1}) {
    counted += workdays.is_working(at) ? 1 : 0;
  }
  RC_ASSERT(workdays.count_between(from, to) == counted);
}

RC_GTEST_PROP(WorkdaysProperty, TheNextAndThePreviousWorkedDayEmbraceTheDay, ()) {
  auto workdays = any_workdays();
  auto at = any_day();
  RC_ASSERT(workdays.on_or_before(at) <= at);
  RC_ASSERT(workdays.on_or_after(at) >= at);
  RC_ASSERT((workdays.on_or_after(at) == at) == workdays.is_working(at));
  RC_ASSERT(workdays.add(at, 1) > at);
  RC_ASSERT(workdays.add(at, -1) < at);
}

// A rule for a duty that recurs, possible in each of its periods.
plan::Duty any_duty() {
  auto every = *rc::gen::element(Every::week, Every::month, Every::quarter, Every::half_year);
  auto due = last();
  switch (*rc::gen::inRange(0, 4)) {
    case 0: due = last_wd("17:00"); break;
    case 1: due = nth_wd(*rc::gen::inRange(1U, 6U)); break;
    case 2:
      due = every == Every::week ? on_weekday(std::chrono::weekday{*rc::gen::inRange(0U, 7U)})
                                 : on_day(*rc::gen::inRange(1U, 29U));
      break;
    default: break;
  }
  auto made = duty("any", every, due);
  made.on_day_off =
      *rc::gen::element(OnDayOff::stay, OnDayOff::before, OnDayOff::after, OnDayOff::after_2wd);
  made.about = *rc::gen::element(plan::About::this_period, plan::About::period_before);
  return made;
}

plan::Plan any_plan() {
  auto plan = plan_of(*rc::gen::inRange(2022, 2028), {any_duty()});
  const auto& duty = plan.duties[0];
  RC_LOG() << plan.year << ", every " << static_cast<int>(duty.every) << ", due " << duty.due.text
           << ", on_day_off " << static_cast<int>(duty.on_day_off) << ", about "
           << static_cast<int>(duty.about);
  return plan;
}

RC_GTEST_PROP(OccurrenceProperty, DueDatesRiseWithTheirPeriodsAndStayInTheYear, ()) {
  auto plan = any_plan();
  auto zone = Zone::find(plan.zone).value();
  auto found = occurrences(plan, zone, {});
  RC_ASSERT(!found.empty());
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(found[i].dating == Dating::dated);
    RC_ASSERT(year_of(zone.day_of(*found[i].due)) == plan.year);
    if (i > 0) RC_ASSERT(found[i - 1].period < found[i].period);
    // A weekly date pushed over a feast may meet the next week's, never pass it, unless it goes to
    // the second day after, when the next week's may be the first.
    bool may_pass = plan.duties[0].on_day_off == OnDayOff::after_2wd;
    if (i > 0 && !may_pass) RC_ASSERT(*found[i - 1].due <= *found[i].due);
  }
}

RC_GTEST_PROP(OccurrenceProperty, EveryDueDateBelongsToExactlyOneYear, ()) {
  auto plan = any_plan();
  auto in = [&](int year) {
    plan.year = year;
    std::vector<std::string> periods;
    for (const auto& each : expand(plan)) periods.push_back(each.period);
    return periods;
  };
  auto year = plan.year;
  auto all = in(year);
  std::ranges::copy(in(year + 1), std::back_inserter(all));
  auto count = all.size();
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  RC_ASSERT(all.size() == count);
  // None is missing of those that can lie in neither neighbour of the two years.
  auto every = plan.duties[0].every;
  auto period = period_after(every, period_of(every, make_day(year, 1, 7)));
  for (; period.last < make_day(year + 1, 6, 1); period = period_after(every, period)) {
    RC_ASSERT(std::ranges::binary_search(all, period.id));
  }
}

RC_GTEST_PROP(OccurrenceProperty, ADueDateMovedOffDaysOffIsWorked, ()) {
  auto plan = any_plan();
  RC_PRE(plan.duties[0].on_day_off != OnDayOff::stay);
  Workdays workdays{plan.calendar};
  auto zone = Zone::find(plan.zone).value();
  for (const auto& each : expand(plan)) {
    RC_ASSERT(workdays.is_working(zone.day_of(*each.due)));
    RC_ASSERT(each.provisional == (plan.year == 2027));
  }
}

RC_GTEST_PROP(OccurrenceProperty, TheSamePlanGivesTheSameOccurrences, ()) {
  auto plan = any_plan();
  auto one = expand(plan);
  auto other = expand(plan);
  RC_ASSERT(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    RC_ASSERT(one[i].due == other[i].due);
    RC_ASSERT(one[i].why == other[i].why);
  }
}

RC_GTEST_PROP(OccurrenceProperty, AnExtendedTermIsNeverShorterAndGrowsByTheDaysInIt, ()) {
  auto from = any_day() + std::chrono::hours{10};
  auto rule = held_of("visit", "+" + std::to_string(*rc::gen::inRange(1, 90)) + "d");
  Workdays workdays{china()};
  auto plain = count_from(from, rule, false, workdays).day;
  auto grown = count_from(from, rule, true, workdays).day;
  RC_ASSERT(grown >= plain);
  int holidays = 0;
  for (auto at = day_of(from) + std::chrono::days{1}; at <= grown; at += std::chrono::days{1}) {
    holidays += workdays.is_holiday(at) ? 1 : 0;
  }
  RC_ASSERT((grown - plain).count() <= holidays);
}

RC_GTEST_PROP(ZoneProperty, InstantsRiseWithCivilTimesOutsideFolds, ()) {
  auto name = *rc::gen::element<std::string>("Europe/Berlin", "America/New_York",
                                             "Australia/Lord_Howe", "Asia/Shanghai",
                                             "Pacific/Apia");
  auto zone = Zone::find(name).value();
  Instant one{std::chrono::seconds{*rc::gen::inRange(0, 2'000'000'000)}};
  auto later = one + std::chrono::seconds{*rc::gen::inRange(1, 200'000)};
  // Back from civil time, an instant is itself or, in the second half of a fold, the first of two.
  auto back = zone.to_instant(zone.to_civil(one));
  RC_ASSERT(back == one || (back < one && zone.to_civil(back) == zone.to_civil(one)));
  RC_ASSERT(zone.to_instant(zone.to_civil(later)) > back - std::chrono::hours{1});
  // No civil time, existing or not, is read as a day before its own.
  auto civil = Civil{one.time_since_epoch()};
  RC_ASSERT(zone.to_civil(zone.to_instant(civil)) >= civil);
}

}  // namespace
}  // namespace duban::calendar
