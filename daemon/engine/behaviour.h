#pragma once
// How units and office behave while a plan is lived in virtual time: what they do, as the facts
// that will then be recorded.

#include <cstdint>
#include <set>
#include <vector>

#include "engine/manner.h"
#include "schedule/assignment.h"

namespace duban::engine {

/// Whatever else, the office records 收件已核 at the ladder's hour where it is awaited and no event
/// records it.
struct Behaviour {
  /// Who is not spoken for, and has no manner, hands in, or holds, at 08:00 of the
  /// day asked for; else never.
  bool punctual = false;
  /// How units behave as a rule, where no event speaks for them: drawn by the seed.
  std::vector<Manner> manners = {};
  std::uint64_t seed = 0;
  /// What happens in particular, in the order of time.
  std::vector<schedule::Fact> events;
  /// The assignments that the events speak for.
  std::set<schedule::AssignmentKey> spoken_for;
};

/// What is done by the behaviour and recorded from `from` on, in the order in which it is recorded,
/// given what is recorded by then.
std::vector<schedule::Fact> deeds(const schedule::Timetable& timetable,
                                  const schedule::Record& record, Instant from,
                                  const Behaviour& behaviour);

}  // namespace duban::engine
