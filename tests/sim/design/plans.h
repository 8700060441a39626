#pragma once
// Small plans with something to aim at: a holiday with made-up days, a month's end, a night in
// which clocks are set, several units due at once.

#include "sim/design/choice.h"
#include "sim/story.h"

namespace duban::sim::design {

Plan designed_plan(Choice& choice);
/// Makes an edited plan valid again: what names a unit or duty that has gone goes with it.
void mend(Plan& plan);
/// Most of its stages at this minute; in so many of a hundred its days are working days.
Ladder designed_ladder(Choice& choice, std::string id, int minute, int working_percent = 65);

}  // namespace duban::sim::design
