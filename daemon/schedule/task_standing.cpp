#include "schedule/task_standing.h"

#include <algorithm>

namespace duban::schedule {
namespace {

bool is_chase(const Item& item) {
  return item.key.kind == ItemKind::stage &&
         (item.key.stage.starts_with("overdue") || item.key.stage.starts_with("escalate"));
}

bool has_arrived(const Record& record, const Told& told, Instant by) {
  return std::ranges::any_of(
      told.notices, [&](const std::string& notice) { return record.has_arrived(notice, by); });
}

void add_what_was_told(const Record& record, const AssignmentKey& key, Instant now,
                       TaskStanding& standing) {
  const auto* all = record.told_about(key);
  if (!all) return;
  for (const auto& told : *all) {
    if (!has_arrived(record, told, now)) continue;
    if (is_chase(told.item)) ++standing.reminders;
    bool moved = told.item.key.kind == ItemKind::change && told.item.due && told.item.was_due;
    if (moved && told.item.key.audience == Audience::liaison) ++standing.moved;
  }
}

}  // namespace

TaskStanding standing_of(const Timetable& timetable, const Record& record,
                         const std::vector<Assignment>& all, std::string_view task, Instant now) {
  TaskStanding standing;
  const Assignment* earliest = nullptr;
  bool open = false;
  for (const auto& one : all) {
    const auto& duty = timetable.plan().duties[one.duty];
    if (duty.origin != plan::Origin::milestone || duty.task != task) continue;
    bool answered = one.standing == Standing::answered;
    bool owed = one.standing == Standing::open || one.standing == Standing::dated_too_late;
    if (!answered && !owed) continue;
    if (one.due) standing.has_milestone = true;
    open = open || owed;
    if (owed && one.due && (!earliest || *one.due < *earliest->due)) earliest = &one;
  }
  standing.all_done = standing.has_milestone && !open;
  if (!earliest) return standing;
  const auto& zone = timetable.zone();
  auto days = zone.day_of(*earliest->due) - zone.day_of(now);
  standing.days_to_milestone = static_cast<int>(days.count());
  standing.extended = earliest->extended;
  add_what_was_told(record, earliest->key, now, standing);
  return standing;
}

}  // namespace duban::schedule
