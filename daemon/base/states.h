#pragma once
// The closed sets of the design: what a notice, an attempt, an item and a fact can be, and the
// reasons that ledger, log, metric and API share. The words are written as they stand in the
// ledger.

#include <array>
#include <optional>
#include <string_view>

namespace duban {

/// The state of a notice. The last six are endings (`bounced` is a second ending after delivered).
enum class NoticeState {
  drafted, queued, sending, retrying,
  delivered, bounced, failed, expired, withdrawn, superseded
};

/// What an attempt came to.
enum class AttemptOutcome { delivered, retry, rejected, unknown };

/// What an item tells.
enum class ItemKind {
  stage, change, gone, correction, answer, handover, start, list, document, trouble
};

/// Who an item speaks to.
enum class Audience { liaison, leader, office, party };

/// The kinds of ladder points.
enum class StageKind { remind, due, overdue, escalate };

/// What can be recorded.
enum class FactKind {
  received, checked, held, extended, excused, released, deferred, voided, called,
  in_force, out_of_force, outage, plan_text, clock_accepted, trouble, silenced,
  // what units hand in and ask for, and what the office says to it
  submitted, accepted, returned, asked, declined, not_ours, reassigned, issued
};

/// How a row of a table stands by the unit's own milestones.
enum class RowState { unsaid, done, on_track, behind, undated };

/// Why something is as it is.
enum class Reason {
  none,
  // decisions of the schedule
  on_time, late, newly_known, due_moved, answered, excused, removed, contact_changed,
  waits_for_hours, waits_for_check, waits_for_release, no_contact, group_only,
  before_the_beginning, not_yet, plan_over, newer_stage, sense_ended, silenced, storm,
  asked, disputed, reassigned, returned, declined, called, time_spent,
  // outcomes of attempts
  accepted, connect_failed, resolve_failed, tls_failed, timed_out, reply_lost, reply_strange,
  server_error, rate_limited, refused, endpoint_gone, bad_address, bad_configuration,
  tries_exhausted, resent
};

std::string_view to_word(NoticeState state);
std::string_view to_word(AttemptOutcome outcome);
std::string_view to_word(ItemKind kind);
std::string_view to_word(Audience audience);
std::string_view to_word(StageKind kind);
std::string_view to_word(FactKind kind);
std::string_view to_word(Reason reason);
std::string_view to_word(RowState state);

/// The member a word names, or nothing.
template <class Set>
std::optional<Set> from_word(std::string_view word);

}  // namespace duban
