#include "document/cut_off.h"

#include <algorithm>
#include <optional>

#include "schedule/draft_time.h"

namespace duban::document {
namespace {

std::optional<Instant> newest_draft(const schedule::Record& record,
                                    const schedule::AssignmentKey& paper) {
  std::optional<Instant> newest;
  const auto* told = record.told_about(paper);
  if (told == nullptr) return newest;
  for (const auto& one : *told) {
    if (one.withdrawn || one.item.key.kind != ItemKind::document) continue;
    newest = std::max(newest.value_or(one.item.planned_at), one.item.planned_at);
  }
  return newest;
}

std::optional<Instant> planned_draft(const schedule::Timetable& timetable,
                                     const schedule::AssignmentKey& paper) {
  auto slot = timetable.slot_of(paper);
  if (!slot) return std::nullopt;
  return schedule::draft_at(timetable, timetable.slots()[*slot].occurrence);
}

}  // namespace

Instant cut_off_of(const schedule::Timetable& timetable, const schedule::Record& record,
                   const plan::Duty& duty, std::string_view period, Instant now) {
  schedule::AssignmentKey paper{duty.id, std::string{period}, std::string{plan::office_id}, ""};
  if (auto told = newest_draft(record, paper)) return *told;
  auto planned = planned_draft(timetable, paper);
  return planned && *planned < now ? *planned : now;
}

}  // namespace duban::document
