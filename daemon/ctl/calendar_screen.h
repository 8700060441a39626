#pragma once
// An imported notice on the screen and as a document.

#include <string>
#include <vector>

#include "ctl/calendar_moves.h"
#include "ctl/console.h"
#include "ctl/holiday_list.h"
#include "ctl/plan_files.h"
#include "ctl/scratch_folder.h"

namespace duban::ctl {

/// What an import came to.
struct Import {
  std::string calendar;
  HolidayFile list;
  FileEdit edit;
  /// The plans that use the calendar, and what moves in each.
  struct Moved {
    const schedule::Timetable* timetable;
    Moves moves;
  };
  std::vector<Moved> plans;
  /// The file was written.
  bool applied = false;

  bool changes() const { return edit.before != edit.after; }
};

/// The edit as a unified diff, then the dates that move; the stages one by one only with `all`.
void print_import(const Import& import, bool all, const Console& console);
/// {"calendar","file","years":[{"year","notice","off":[{"name","from","to"}],"work":[day]}],
/// "moved":[{"plan","duty","period","what","from","to"}],"settled","unsettled","set_aside":[name],
/// "changed","applied"}; what: due, ask_by or a stage's key.
std::string import_document(const Import& import);

}  // namespace duban::ctl
