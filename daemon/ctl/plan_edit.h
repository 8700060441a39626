#pragma once
// An edit of a plan's file by a verb: tried on a copy with the rest of the tree, shown, put in the
// file's place, and a running daemon told.

#include <string>
#include <vector>

#include "control/names.h"
#include "ctl/command.h"
#include "ctl/scratch_folder.h"
#include "settings/daemon_settings.h"

namespace duban::ctl {

/// What became of an edit.
struct AppliedEdit {
  /// Nothing to change; or only to be shown.
  bool changed = false, dry_run = false;
  /// A daemon answered; and it runs the edited files now.
  bool answered = false, reloaded = false;

  /// Wrong where a daemon did not take the edit.
  int exit_code() const { return answered && !reloaded ? wrong : well; }
};

/// Checks the edit and, but for a dry run, carries it out. What would not check is refused, its
/// mistakes printed. Blocks on the disk and for the daemon's answer.
control::Found<AppliedEdit> apply_edit(const FileEdit& edit,
                                       const settings::DaemonSettings& settings, bool dry_run,
                                       Console& console);

/// The diff, then what became of it.
void print_edit(const FileEdit& edit, const AppliedEdit& applied, const Console& console);
/// The diff as `diff -u` has it, the two lines that name the file too.
std::vector<std::string> diff_of(const FileEdit& edit);

}  // namespace duban::ctl
