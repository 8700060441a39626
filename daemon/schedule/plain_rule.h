#pragma once
// What must have been told, worked out a second time by a plainer rule that shares no code with
// `decide`: the audit holds the one against the other. It judges only assignments about which
// nothing is special (nothing handed in, extended or silenced, no outage, no closed hours), and of
// these it says nothing that is not certain: a false alarm would have somebody chased wrongly.

#include <string>
#include <vector>

#include "schedule/assignment.h"
#include "schedule/record.h"

namespace duban::schedule {

/// Somebody who should have heard of it by now and has not.
struct Unheard {
  AssignmentKey about;
  Audience audience = Audience::liaison;
  /// The stage's key; empty: that it is owed at all, and by when.
  std::string stage;
  /// When it should have been told at the latest.
  Instant at{};
  bool operator==(const Unheard&) const = default;
};

/// `undisturbed_since`: since when this text has been lived without a break; what came before that
/// is not judged. Something counts as missed `limits::late_after` after its time.
std::vector<Unheard> plainly_unheard(const Timetable& timetable, const Record& record,
                                     Instant undisturbed_since, Instant now);

}  // namespace duban::schedule
