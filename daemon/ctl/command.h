#pragma once
// What a person asked for, taken from the command line, and the verbs that do it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ctl/console.h"

namespace duban::ctl {

struct Command {
  std::string verb;
  std::filesystem::path config = "/etc/duban/duband.toml";
  std::string plan;
  bool json = false;
  /// send-test: nothing is sent, only shown.
  bool show = false;
  /// agenda: from the files alone, even when the daemon answers.
  bool offline = false;

  // Words of the verbs, as typed; empty where not given.
  std::string duty, period, unit, clause, at, until, note, from, to, state, since, due, id;
  /// explain: zh or en; empty: the plan's.
  std::string lang;
  std::vector<std::string> units;
  /// milestone, action.
  std::string name, source, closes;
  /// silence: the kind of stage, why, and the number of one to end.
  std::string stage, why, end;
  /// rehearse: where the messages go, and how everybody behaves.
  std::filesystem::path out;
  std::string behave;
  /// diff: the trees, and every change in full. reload: only if the files have this hash.
  std::vector<std::filesystem::path> trees;
  bool all = false;
  /// calendar import: the published list, which of its years, for which calendar, the number of the
  /// notice; nothing is written in a dry run.
  std::filesystem::path file;
  std::string year, calendar, notice;
  bool dry_run = false;
  /// extend, not-ours: the unit asks; or the office says no. (reassign: `to` is the unit that owes
  /// it now.)
  bool asked = false, refuse = false;
  /// report issued: 期号, and the day it was issued.
  std::string number, date;
  /// submit: every row 无变化; or a paper whose file alone is kept.
  bool unchanged = false, paper = false;
  // ledger: `file` is the backup, `id` says backup or restore.
  std::string only_if;
};

/// Parses and does it; the answer is the exit code. `arguments` without the program's name.
int run(const std::vector<std::string>& arguments, Console& console);
/// Does what was asked.
int perform(const Command& command, Console& console);

// Verbs that need files only.
int check(const Command& command, Console& console);
int show(const Command& command, Console& console);
int agenda(const Command& command, Console& console);
int rehearse(const Command& command, Console& console);
/// Between two trees; with one or none it asks the daemon.
int diff(const Command& command, Console& console);
/// Edits the plan's file.
int set_due(const Command& command, Console& console);
/// Adds one, changes one, or lists those there are.
int milestone(const Command& command, Console& console);
int action(const Command& command, Console& console);
/// Edits a work calendar's file.
int calendar_import(const Command& command, Console& console);
/// Needs that no daemon runs.
int ledger_restore(const Command& command, Console& console);

// Verbs that ask the daemon.
int status(const Command& command, Console& console);
int notices(const Command& command, Console& console);
int explain(const Command& command, Console& console);
/// received, checked, held, extend, excuse, void, accept, return, called, not-ours, reassign.
int record(const Command& command, Console& console);
/// A unit's table, or paper, with the file itself.
int submit(const Command& command, Console& console);
/// A document, on the screen or in files; or that one was issued. `id` says which, `units` are its
/// words.
int report(const Command& command, Console& console);
int report_issued(const Command& command, Console& console);
/// What the office has to see and decide, now.
int today(const Command& command, Console& console);
/// Makes a silence, ends one, or lists those that stand.
int silence(const Command& command, Console& console);
/// release, defer, resend.
int draft(const Command& command, Console& console);
int send_test(const Command& command, Console& console);
int reload(const Command& command, Console& console);
int clock_accept(const Command& command, Console& console);
int ledger_backup(const Command& command, Console& console);

}  // namespace duban::ctl
