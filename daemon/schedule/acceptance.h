#pragma once
// Received is not accepted: what was handed in is accepted by the office's word, or by its silence
// when the document that tells of it is drafted (office page, chapter 3). Pure; computed, never
// kept.

#include <cstdint>
#include <optional>

#include "schedule/assignment.h"

namespace duban::schedule {

/// The first draft not before `known` of a document that tells of this duty's tables, of this
/// period or a later one: what comes in after its own dispatch is told in the next. Nothing where
/// no such document is dated.
std::optional<Instant> cut_off(const Timetable& timetable, const AssignmentKey& key,
                               Instant known = Instant::min());

struct Acceptance {
  Instant at{};
  /// The office's word; 0: silence at the cut-off.
  std::int64_t fact = 0;
  bool operator==(const Acceptance&) const = default;
};

/// Nothing where nothing is handed in, or the cut-off is still to come. What was given back before
/// is accepted when it came in again.
std::optional<Acceptance> acceptance_of(const Timetable& timetable, const Record& record,
                                        const Assignment& assignment, Instant now);

/// When silence will accept what is handed in, or has; nothing where nothing is handed in.
std::optional<Instant> silence_accepts_at(const Timetable& timetable, const Record& record,
                                          const Assignment& assignment);

}  // namespace duban::schedule
