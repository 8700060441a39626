#pragma once
// One seed's story: a small plan and everything that happens to it. Plain data that shares nothing
// with the daemon: the simulator writes it out as plan files and plays it, the reference model
// reads the same values its own way.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace duban::sim {

/// UTC seconds since 1970.
using Second = std::int64_t;
/// Days since 1970-01-01, civil.
using DayNumber = std::int64_t;

/// A point of a ladder: `remind = "-3wd 09:00"`.
struct Stage {
  enum class Kind { remind, due, overdue, escalate };
  Kind kind = Kind::remind;
  int days = 0;
  /// Counted in working days (`wd`), else in days (`d`).
  bool working = false;
  /// Minutes of the day.
  int minute = 9 * 60;
  /// overdue: only after `checked`. escalate always goes to the leader and waits for release.
  bool after_checked = false;
};

inline std::string word_of(Stage::Kind kind) {
  switch (kind) {
    case Stage::Kind::remind: return "remind";
    case Stage::Kind::due: return "due";
    case Stage::Kind::overdue: return "overdue";
    case Stage::Kind::escalate: return "escalate";
  }
  return "";
}

struct Ladder {
  std::string id;
  /// In time order; escalate comes last.
  std::vector<Stage> stages;
  /// Its working days leave out made-up days.
  bool skip_made_up = false;
};

struct Unit {
  std::string id;
  /// Addresses by channel, in order (`hook:https://a.example.org/…`, `mail:a@example.org`); empty:
  /// nobody can be reached. Only the first one is used.
  std::vector<std::string> liaison;
  std::vector<std::string> leader;
  /// Who holds the liaison's post; another number is another contact.
  int holder = 1;
};

enum class Every { once, week, month };
enum class OnDayOff { stay, before, after };

/// When the draft of a duty's document is written, from its due time: `document = { …, draft =
/// "-2wd 10:00" }`.
struct Draft {
  int days = 0;
  /// Counted in working days (`wd`), else in days (`d`).
  bool working = true;
  /// Minutes of the day.
  int minute = 10 * 60;
  bool operator==(const Draft&) const = default;
};

struct Duty {
  std::string id;
  Every every = Every::once;
  /// once: the month; else the first and last month (`within`; week: the whole plan).
  int month = 5, last_month = 5;
  /// once, month: day of the month; week: 1 Monday to 7 Sunday.
  int day = 25;
  /// Absent: the end of the day.
  std::optional<int> due_minute;
  /// Softer and earlier, same day form; once and month only.
  std::optional<int> ask_by_day, ask_by_minute;
  OnDayOff on_day_off = OnDayOff::stay;
  std::vector<std::string> who;  // unit ids, or "office"
  std::string ladder;
  /// The office's alone: it writes a document.
  std::optional<Draft> draft = std::nullopt;
  bool operator==(const Duty&) const = default;
};

struct PlannedSilence {
  DayNumber from = 0, to = 0;  // both included
  std::vector<std::string> units, duties;  // empty: all
  std::optional<Stage::Kind> stage;
};

struct WorkCalendar {
  std::vector<DayNumber> off;      // holidays
  std::vector<DayNumber> made_up;  // Saturdays and Sundays that are worked
};

struct Plan {
  /// The repository's own plan, in place of all that stands below but id and year: the reference
  /// model holds it to the rules that need no dates.
  bool shipped = false;
  std::string id = "p";
  std::string zone = "Asia/Shanghai";
  int year = 2030;
  /// The first phase begins and the last ends: nothing is told before or after.
  DayNumber begins = 0, ends = 0;  // ends: included
  int hours_from = 8 * 60 + 30, hours_to = 17 * 60 + 30;
  int list_minute = 16 * 60 + 30;
  int storm = 20;
  WorkCalendar calendar;
  std::vector<Unit> units;
  std::vector<std::string> office;  // addresses
  std::vector<Ladder> ladders;
  std::vector<Duty> duties;
  std::vector<PlannedSilence> silences;
};

/// What is recorded through the daemon, as `dubanctl` would. `period` as the daemon names it:
/// `2030` (once), `2030-05` (month), `2030-W19` (week).
struct Said {
  enum class What { received, checked, extended, excused, silenced, release_draft, release_storm,
                    defer_draft, void_last_received, resend,
                    // what units hand in and ask for, and what the office says to it
                    submitted, accepted, asked, declined, returned, not_ours, reassigned, called,
                    issued };
  What what = What::received;
  std::string duty, period, unit;
  /// received, checked: so long before the moment it is recorded (never in the future).
  Second ago = 0;
  /// extended, returned: the new due time; asked, reassigned: the same, 0: none; silenced, defer:
  /// until when.
  Second until = 0;
  /// reassigned: who owes it now.
  std::string to = {};
  std::optional<Stage::Kind> stage;  // silenced
};

struct Edited {
  Plan plan;
  /// Seen in a diff (`reload --if`).
  bool diffed = false;
};

/// The daemon dies, or is stopped, and comes back.
struct Down {
  enum class How { killed, power_lost, stopped };
  How how = How::killed;
  Second back_after = 5;
  /// From this moment on it dies at the n-th await, or the n-th write or fsync of the ledger,
  /// whatever comes first; 0: at once.
  int at_await = 0, at_disk = 0;
  /// Only awaits of this step are counted; empty: all.
  std::string at_step;
  /// The same, at the n-th fsync; 0: not by that.
  int at_fsync = 0;
};

/// Somebody sets the wall clock.
struct ClockSet { Second by = 0; };
/// The wall clock runs so many parts per million fast (slow: negative), until the next such.
struct ClockDrift { int ppm = 0; };
/// The machine sleeps: nothing runs, both clocks go on.
struct Suspended { Second how_long = 0; };

/// How an endpoint's receiver behaves until `until`; empty address: all of them.
struct Weather {
  enum class Kind { refuses_connection, stalls, cuts_reply, takes_and_loses_reply, too_many, errors,
                    rejects, gone, lies, slow, name_server_hangs };
  Kind kind = Kind::errors;
  std::string address;
  Second how_long = 60;
  /// too_many, errors: what Retry-After says; negative: nothing; may be absurd.
  std::int64_t retry_after = -1;
  /// In a hundred attempts so many are hit.
  int percent = 100;
};

/// How the ledger's disk behaves for a while.
struct DiskTrouble {
  enum class Kind { full, write_fails, fsync_fails, read_fails };
  Kind kind = Kind::full;
  Second how_long = 10;
  int percent = 100;
};

/// The store answers `unknown` although it committed, or `unknown` and did not, now and then.
struct LostAnswers {
  Second how_long = 10;
  int percent = 30;
};

struct Happening {
  /// By the clock that only goes on (Moment::since).
  Second at = 0;
  std::variant<Said, Edited, Down, ClockSet, ClockDrift, Suspended, Weather, DiskTrouble,
               LostAnswers>
      what;
};

struct Story {
  std::uint64_t seed = 0;
  Plan plan;
  Second begins = 0;
  /// In time order, all before `faults_end`.
  std::vector<Happening> happenings;
  /// From here on nothing goes wrong any more, and nobody says anything.
  Second faults_end = 0;
  /// Until here it is lived; all must be done.
  Second ends = 0;
};

}  // namespace duban::sim
