#pragma once
// What was known of a plan at a moment: all that a document is written from. What was recorded
// later changes nothing, so the same moment gives the same document whenever it is asked.

#include <memory>
#include <string_view>
#include <vector>

#include "plan/plan.h"
#include "schedule/assignment.h"
#include "schedule/record.h"

namespace duban::document {

/// Immutable after construction; keeps the plan alive.
class Standpoint {
 public:
  /// `record` may know more than was known before `as_of`: that is left out. So is what was
  /// recorded in its own second: some of that may have come after the draft was written.
  Standpoint(std::shared_ptr<const plan::Plan> plan, const schedule::Record& record, Instant as_of);

  const plan::Plan& plan() const { return timetable_.plan(); }
  Instant as_of() const { return as_of_; }
  const schedule::Record& known() const { return known_; }
  const schedule::Timetable& timetable() const { return timetable_; }
  const calendar::Zone& zone() const { return timetable_.zone(); }
  /// As they stood then, in the order of the timetable's slots; without milestones and actions that
  /// came into force later.
  const std::vector<schedule::Assignment>& assignments() const { return assignments_; }
  /// The plan's day, by whose names a document calls units.
  Day today() const { return zone().day_of(as_of_); }
  /// The same plan at an earlier moment.
  Standpoint earlier(Instant as_of) const;

 private:
  Instant as_of_;
  schedule::Record known_;
  schedule::Timetable timetable_;
  std::vector<schedule::Assignment> assignments_;
};

}  // namespace duban::document
