#include "schedule/draft_time.h"

#include "calendar/workdays.h"

namespace duban::schedule {

std::optional<Instant> draft_at(const Timetable& timetable, std::size_t occurrence) {
  const auto& one = timetable.occurrences().at(occurrence);
  const auto& document = timetable.plan().duties[one.duty].document;
  if (!document || !one.due) return std::nullopt;
  const auto& zone = timetable.zone();
  calendar::Workdays workdays{timetable.plan().calendar};
  return zone.to_instant(calendar::apply(document->draft, zone.to_civil(*one.due), workdays));
}

}  // namespace duban::schedule
