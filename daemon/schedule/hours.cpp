#include "schedule/hours.h"

namespace duban::schedule {
namespace {

Instant list_on(const plan::Plan& plan, const calendar::Zone& zone, Day day) {
  return zone.to_instant(day + plan.office.list);
}

}  // namespace

Instant within_hours(const plan::Plan& plan, const calendar::Zone& zone, Instant now,
                     std::optional<Instant> due) {
  calendar::Workdays workdays{plan.calendar};
  auto civil = zone.to_civil(now);
  auto day = day_of(civil);
  auto time = time_of(civil);
  const auto& hours = plan.office.hours;
  if (workdays.is_working(day) && time >= hours.from && time < hours.to) return now;
  bool later_today = workdays.is_working(day) && time < hours.from;
  auto next = later_today ? day : workdays.add(day, 1);
  auto opens = zone.to_instant(next + hours.from);
  bool too_late = due && *due > now && opens >= *due;
  return too_late ? now : opens;
}

Instant list_at_or_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at) {
  return list_before(plan, zone, at + Seconds{1});
}

Instant list_before(const plan::Plan& plan, const calendar::Zone& zone, Instant at) {
  calendar::Workdays workdays{plan.calendar};
  auto day = workdays.on_or_before(zone.day_of(at));
  if (list_on(plan, zone, day) >= at) day = workdays.add(day, -1);
  return list_on(plan, zone, day);
}

Instant list_after(const plan::Plan& plan, const calendar::Zone& zone, Instant at) {
  calendar::Workdays workdays{plan.calendar};
  auto day = workdays.on_or_after(zone.day_of(at));
  if (list_on(plan, zone, day) <= at) day = workdays.add(day, 1);
  return list_on(plan, zone, day);
}

}  // namespace duban::schedule
