#include "schedule/list_hour.h"

namespace duban::schedule {

Instant list_on(const plan::Plan& plan, const calendar::Zone& zone, Day day) {
  return zone.to_instant(day + plan.office.list);
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
