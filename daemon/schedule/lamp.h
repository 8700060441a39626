#pragma once
// Which lamp stands on a task: a pure function of the plan's lamps and of what is known of the task
// at a moment.

#include <optional>
#include <string>
#include <string_view>

#include "base/states.h"
#include "base/time.h"
#include "plan/plan.h"

namespace duban::schedule {

/// What is known of a task at a moment.
struct TaskStanding {
  /// It has a milestone with a date.
  bool has_milestone = false;
  /// Days from today to the due day of the earliest milestone that is open: 0 on the day itself,
  /// negative behind it. Absent: none is open, or none has a date.
  std::optional<int> days_to_milestone;
  /// It has milestones, and all of them are done.
  bool all_done = false;
  /// An extension of that milestone was approved and stands.
  bool extended = false;
  /// How often that milestone was given a new date, and how many written reminders of it were sent.
  int moved = 0, reminders = 0;
  /// What its reporter said of it last.
  RowState reported = RowState::unsaid;
  /// The word of the lamp that the office has set by hand, and when; empty: none.
  std::string by_hand;
  std::optional<Day> by_hand_on;
};

/// The first of the plan's lamps that applies to a task (by id); 灰 未定节点 where none does. The
/// lamp is the plan's, or static.
const plan::Lamp& lamp_of(const plan::Plan& plan, std::string_view task,
                          const TaskStanding& standing, Day today);

}  // namespace duban::schedule
