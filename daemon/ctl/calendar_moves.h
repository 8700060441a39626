#pragma once
// Which dates of a plan another work calendar moves.

#include <optional>
#include <string>
#include <vector>

#include "schedule/assignment.h"

namespace duban::ctl {

/// A date of one period of a duty before and after; absent where the period has none in the plan's
/// year.
struct Move {
  std::string plan, duty, period;
  /// `due`, `ask_by`, or the key of a stage of the ladder.
  std::string what;
  std::optional<Instant> from, to;
};

struct Moves {
  /// Duty by duty and period by period in the plan's order, the due date before its stages.
  std::vector<Move> all;
  /// Dates that were 暂定 and are not any more; and the other way round.
  std::size_t settled = 0, unsettled = 0;

  std::size_t dues() const;
};

/// Two timetables of one plan that differ in the work calendar alone.
Moves moves_between(const schedule::Timetable& before, const schedule::Timetable& after);

}  // namespace duban::ctl
