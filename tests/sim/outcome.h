#pragma once
// What came of a story: when the daemon was up and what it took, what the ledger holds at the end,
// what arrived at the receivers. Plain data that shares nothing with the daemon.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/story.h"

namespace duban::sim {

/// A moment on both clocks, UTC seconds, equal at the beginning: `wall` is what the daemon sees
/// and a story can set, `since` only goes on (happenings are timed by it).
struct Moment {
  Second wall = 0, since = 0;
};

/// What happened to the daemon, in order.
struct Event {
  enum class Kind {
    /// Its first look is behind it: plans are lived. `text`: the plan in force (index, see plans).
    up,
    /// Dead or stopped; nothing is done from here to the next `up`.
    down,
    /// A fact was taken (`happening`: which one; `seq` its number in the ledger), refused by a
    /// check, or nobody knows (the answer was lost, or the daemon died over it).
    fact_taken, fact_refused, fact_unknown,
    /// An edit took effect; `text` is its index.
    edit_taken, edit_refused, edit_unknown,
    clock_set,
    /// Disk trouble, lost answers.
    trouble_begins, trouble_ends,
    /// The daemon looked at the plan and committed a cursor.
    looked,
    /// The clock step was held, or accepted (by the simulator's operator, a minute later).
    clock_held, clock_accepted,
    suspended, resumed
  };
  Kind kind = Kind::up;
  Moment at;
  std::optional<std::size_t> happening;
  std::size_t text = 0;
  std::int64_t seq = 0;
};

struct ItemRow {
  std::int64_t seq = 0;
  std::string duty, period, unit, slice, kind, stage, audience;
  int telling = 1;
  Second planned_at = 0;
  std::optional<Second> due, was_due;
  bool late = false;
  std::string reason;
  /// Withdrawn or the like.
  std::optional<std::string> ended_reason;
  std::optional<Second> ended_at;
  std::vector<std::string> notices;
};

struct AttemptRow {
  int number = 0;
  Second at = 0;
  std::string outcome, reason;
};

struct NoticeRow {
  std::int64_t seq = 0;
  std::string id, endpoint, channel, state, reason, replaces;
  Second queued_at = 0;
  std::optional<Second> expires_at;
  /// Of subject, text, HTML and JSON together.
  std::string content;
  /// What the office reads; kept where the notice carries its daily list.
  std::string text;
  std::vector<AttemptRow> attempts;
  /// Final state; absent: open (`outbox_next`: when it is tried next, absent for drafts).
  std::optional<std::string> ended;
  std::string end_reason;
  std::optional<Second> ended_at;
  std::optional<Second> outbox_next;
};

struct FactRow {
  std::int64_t seq = 0;
  std::string kind, duty, period, unit, subject, note;
  Second at = 0, recorded_at = 0;
  std::optional<Second> time;
  std::int64_t refers = 0;
};

/// One request that reached a receiver, whole or in part.
struct Arrival {
  Moment at;
  std::string channel, address, notice;
  /// Of what the receiver reads: webhook body; mail without its Date and attempt headers.
  std::string content;
  /// The receiver took it (a 2xx was sent, whether or not it arrived).
  bool taken = false;
  /// The daemon heard the reply. A death soon after can still lose it.
  bool answered = false;
  /// The store said that what came of this attempt is written: no loss of power undoes that.
  bool settled = false;
};

/// One try to reach a receiver, whatever came of it.
struct Exchange {
  std::string notice, channel, address;
  Moment began, ended;
  /// It ran to its end; else the daemon died over it, or cut it off when it was stopped.
  bool whole = false;
  /// All of the request had reached the receiver, which took it or did not.
  bool handed_over = false, taken = false;
  /// What the daemon heard: an HTTP status, or the mail server's last code; 0: nothing.
  int reply = 0;
  /// The reply's Retry-After; negative: there was none.
  std::int64_t retry_after = -1;
};

struct Outcome {
  /// The texts that were in force, by index: 0 is the story's plan.
  std::vector<Plan> plans;
  std::vector<Event> events;
  std::vector<ItemRow> items;
  std::vector<NoticeRow> notices;
  std::vector<FactRow> facts;
  std::vector<Arrival> arrivals;
  /// In the order in which they began.
  std::vector<Exchange> exchanges;
  std::optional<Second> cursor;
  /// Wake-ups after which nothing was told, recorded or ended, although nothing outside had
  /// changed.
  std::vector<Moment> idle_wakes;
};

/// A line of what is wrong for each mistake; empty: all is well. In model/, which includes nothing
/// of the daemon.
std::vector<std::string> judge(const Story& story, const Outcome& outcome);

}  // namespace duban::sim
