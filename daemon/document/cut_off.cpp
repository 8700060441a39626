#include "document/cut_off.h"

#include <algorithm>
#include <optional>

#include "schedule/draft_time.h"

namespace duban::document {
namespace {

std::optional<Instant> newest_draft(const schedule::Record& record, const plan::Duty& duty,
                                    std::string_view period) {
  std::optional<Instant> newest;
  const auto* told =
      record.told_about({duty.id, std::string{period}, std::string{plan::office_id}, ""});
  if (told == nullptr) return newest;
  for (const auto& one : *told) {
    if (one.withdrawn || one.item.key.kind != ItemKind::document) continue;
    newest = std::max(newest.value_or(one.item.planned_at), one.item.planned_at);
  }
  return newest;
}

std::optional<Instant> planned_draft(const schedule::Timetable& timetable, const plan::Duty& duty,
                                     std::string_view period) {
  const auto& all = timetable.occurrences();
  for (std::size_t at = 0; at < all.size(); ++at) {
    bool same = all[at].period == period && timetable.plan().duties[all[at].duty].id == duty.id;
    if (same) return schedule::draft_at(timetable, at);
  }
  return std::nullopt;
}

}  // namespace

Instant cut_off_of(const schedule::Timetable& timetable, const schedule::Record& record,
                   const plan::Duty& duty, std::string_view period, Instant now) {
  if (auto told = newest_draft(record, duty, period)) return *told;
  auto planned = planned_draft(timetable, duty, period);
  return planned && *planned < now ? *planned : now;
}

}  // namespace duban::document
