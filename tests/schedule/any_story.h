#pragma once
// Small lives by RapidCheck's dice: any plan, facts, edits and what people ask for.

#include <functional>
#include <vector>

#include "schedule/life.h"

namespace duban::tests {

inline constexpr auto half_hour = Seconds{1800};

/// Something that happens in a life, at a half hour.
struct Event {
  int half_hours;
  int what;
  int whom;
  int how_much;
};

struct Story {
  plan::Plan plan, edited;
  std::vector<Event> events;
};

/// When every story begins and ends.
extern const Instant beginning, end;

/// Inside a property.
Story any_story();

/// Until a moment; what was told.
using Between = std::function<Lines(Life&, Instant)>;
/// One event; what was told.
Lines happen(Life& life, const Story& story, const Event& event);
/// The whole story, `between` its events.
Lines live(Life& life, const Story& story, const Between& between);
Lines by_wakes(Life& life, Instant until);
/// A line each, for RapidCheck to show.
std::string joined(const Lines& lines);

}  // namespace duban::tests
