#include "document/standpoint.h"

#include <utility>

namespace duban::document {
namespace {

// Milestones and actions are written while the year runs: one that was not there yet is left out.
// Duties are there from the beginning, those that were not in force are judged by that.
bool was_there(const plan::Duty& duty, const schedule::Record& known) {
  return duty.origin == plan::Origin::duty || known.in_force_since(duty.id, "").has_value();
}

std::vector<schedule::Assignment> assignments_at(const schedule::Timetable& timetable,
                                                 const schedule::Record& known, Instant as_of) {
  auto all = schedule::assignments(timetable, known, as_of);
  std::erase_if(all, [&](const schedule::Assignment& one) {
    return !was_there(timetable.plan().duties[one.duty], known);
  });
  return all;
}

}  // namespace

Standpoint::Standpoint(std::shared_ptr<const plan::Plan> plan, const schedule::Record& record,
                       Instant as_of)
    : as_of_(as_of),
      known_(record.known_by(as_of - Seconds{1})),
      timetable_(plan, schedule::bearings_of(*plan, known_)),
      assignments_(assignments_at(timetable_, known_, as_of)) {}

Standpoint Standpoint::earlier(Instant as_of) const {
  return {timetable_.plan_ptr(), known_, as_of};
}

}  // namespace duban::document
