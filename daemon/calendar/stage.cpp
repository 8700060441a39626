#include "calendar/occurrence.h"
#include "calendar/workdays.h"

namespace duban::calendar {
namespace {

using Base = StageCount::Base;

struct Counting {
  Civil from;
  bool provisional;
  Base base = Base::due;
};

bool asks(const plan::Stage& stage) {
  return stage.kind == StageKind::remind || stage.kind == StageKind::due;
}

Counting counting_from(const plan::Stage& stage, const Occurrence& occurrence, const Zone& zone,
                       std::optional<Day> overdue_base) {
  if (asks(stage) && occurrence.ask_by) {
    return {zone.to_civil(*occurrence.ask_by), occurrence.ask_by_provisional, Base::asked};
  }
  auto due = zone.to_civil(occurrence.due.value());
  if (asks(stage) || !overdue_base) return {due, occurrence.provisional};
  return {*overdue_base + time_of(due), occurrence.provisional, Base::seen};
}

Workdays workdays_of(const plan::Ladder& ladder, const plan::Plan& plan) {
  return Workdays{plan.calendar, !ladder.skip_made_up};
}

}  // namespace

Instant stage_at(const plan::Ladder& ladder, const plan::Stage& stage, const Occurrence& occurrence,
                 const plan::Plan& plan, const Zone& zone, std::optional<Day> overdue_base) {
  auto counting = counting_from(stage, occurrence, zone, overdue_base);
  return zone.to_instant(apply(stage.offset, counting.from, workdays_of(ladder, plan)));
}

StageCount stage_count(const plan::Ladder& ladder, const plan::Stage& stage,
                       const Occurrence& occurrence, const plan::Plan& plan, const Zone& zone,
                       std::optional<Day> overdue_base) {
  auto counting = counting_from(stage, occurrence, zone, overdue_base);
  auto workdays = workdays_of(ladder, plan);
  StageCount count{.base = counting.base,
                   .from = counting.from,
                   .at = apply(stage.offset, counting.from, workdays),
                   .walked = {}};
  if (stage.offset.unit == plan::Offset::Unit::working_days) {
    count.walked = walk(day_of(counting.from), stage.offset.count, workdays);
  }
  return count;
}

bool stage_is_provisional(const plan::Ladder& ladder, const plan::Stage& stage,
                          const Occurrence& occurrence, const plan::Plan& plan, const Zone& zone,
                          std::optional<Day> overdue_base) {
  auto counting = counting_from(stage, occurrence, zone, overdue_base);
  if (counting.provisional) return true;
  if (stage.offset.unit != plan::Offset::Unit::working_days) return false;
  auto workdays = workdays_of(ladder, plan);
  auto at = apply(stage.offset, counting.from, workdays);
  return !workdays.is_published(day_of(counting.from), day_of(at));
}

}  // namespace duban::calendar
