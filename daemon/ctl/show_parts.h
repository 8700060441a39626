#pragma once
// Parts of the screen of `show`, and words that several of them use. Internal to ctl.

#include <string>
#include <vector>

#include "ctl/console.h"
#include "schedule/assignment.h"

namespace duban::ctl {

/// The names of units, parties, the office; `@lead` too.
std::vector<std::string> names_of(const plan::Plan& plan, const std::vector<std::string>& ids);
/// When it is due, or why it has no date.
std::string due_words(const schedule::Timetable& timetable,
                      const calendar::Occurrence& occurrence);

/// A row of a table of milestones or actions, and its head.
std::vector<std::string> once_head(plan::Origin origin);
std::vector<std::string> once_cells(const schedule::Timetable& timetable,
                                    const calendar::Occurrence& occurrence);
/// The milestones, or the actions; nothing where there are none.
void show_once(const schedule::Timetable& timetable, plan::Origin origin, const Console& console);
/// Which lamps stand on tasks, and when.
void show_lamps(const plan::Plan& plan, const Console& console);

}  // namespace duban::ctl
