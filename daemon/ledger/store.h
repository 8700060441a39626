#pragma once
// The ledger, as the rest of the program sees it: whole batches, one transaction each,
// asynchronous, with a closed set of results. SQLite is one implementation (sqlite_store.h); every
// implementation passes tests/contract/store_contract.h.

#include <boost/asio/awaitable.hpp>
#include <compare>
#include <cstdint>
#include <expected>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/limits.h"
#include "base/states.h"
#include "base/time.h"
#include "schedule/decide.h"
#include "schedule/record.h"

namespace duban::ledger {

/// A file that goes out with a message (a mail's attachment).
struct Attachment {
  /// As a person would call it, UTF-8.
  std::string name;
  /// MIME type.
  std::string type;
  std::string bytes;
  bool operator==(const Attachment&) const = default;
};

/// What a notice says, rendered once; every attempt carries the same.
struct Content {
  std::string subject, text, html;
  /// The whole webhook body (JSON).
  std::string json;
  /// Bounded by limits::attachments and limits::attachment_bytes.
  std::vector<Attachment> attachments = {};
  bool operator==(const Content&) const = default;
};

/// Two plans may call different addresses by one id: an endpoint is a plan's own.
struct EndpointKey {
  std::string plan, endpoint;
  auto operator<=>(const EndpointKey&) const = default;
};

/// A notice as written. Immutable; what changes about it lives in the outbox.
struct Notice {
  schedule::NoticeHead head;
  std::vector<schedule::Item> items;
  Content content;
  /// The notice this one takes the place of, or empty. Its items may be carried on; an open one
  /// ends superseded in the same transaction, for `replaces_reason`.
  std::string replaces;
  Reason replaces_reason = Reason::newer_stage;
};

enum class StoreStatus {
  /// The expected cursor or epoch is gone: somebody else advanced.
  fenced,
  /// Busy, serialization failure: nothing happened, try again.
  retry,
  /// Connection lost, deadline, I/O error at commit: ask again with the call's proof.
  unknown,
  /// No longer the primary.
  moved,
  /// A constraint, or text that is no UTF-8: nothing happened, and would not the next time.
  refused,
  /// Disk or file damaged: stop.
  broken,
};

struct StoreError {
  StoreStatus status = StoreStatus::broken;
  std::string detail;
  /// The file itself is wrong: no waiting mends it, only a backup.
  bool damaged = false;
  /// Refused: the one notice of the step that it is for; without it the rest may be written. Empty
  /// where it is not one.
  std::string notice = {};
};
template <class T>
using StoreResult = std::expected<T, StoreError>;

struct Cursor {
  /// Absent: the plan was never looked at.
  std::optional<Instant> at;
  std::int64_t last_fact = 0;
  std::int64_t epoch = 1;
  /// The sequence number of the plan's newest row, of whatever kind.
  std::int64_t last_row = 0;
};

/// One step of a plan: everything or nothing (I1).
struct Advance {
  std::string plan;
  std::optional<Instant> expected;
  std::int64_t last_fact = 0;
  std::int64_t epoch = 1;
  /// The last row that the step was decided on; as it is: whatever there is.
  std::int64_t last_row = std::numeric_limits<std::int64_t>::max();
  Instant cursor{};
  std::vector<schedule::Fact> facts;
  std::vector<Notice> notices;
  std::vector<schedule::NoticeEnd> ended_notices;
  std::vector<schedule::ItemEnd> ended_items;
  /// Business time of the endings.
  Instant now{};
  /// Machine time from which the queued notices may be claimed (the epoch: at once).
  Instant machine_now{};
};

struct Advanced {
  /// Notices that were to be ended or replaced and go on whole: they are being sent right now, or
  /// were attempted or have ended since the step was decided. What was to replace them, or to tell
  /// the same audience of the same assignment, was not written, and of the item endings those of
  /// items they carry were not either: decide again.
  std::vector<std::string> in_flight;
};

/// A notice handed out for sending under a lease.
struct Claimed {
  std::string plan;
  /// Without its items, which nobody needs for sending: its content says it all.
  Notice notice;
  /// Attempts made before this one.
  int tries = 0;
  /// Machine time of the first of them.
  std::optional<Instant> first_attempt_at;
  /// How many of them came to `unknown`.
  int unknowns = 0;
  /// An earlier lease ran out unsettled: somebody may have sent it without writing that down.
  bool lease_lost = false;
};

/// What came of one attempt, to be written down.
struct Settlement {
  std::string plan, notice;
  Instant at{};              // machine time of the attempt
  Instant business_at{};     // business time, for what is shown
  AttemptOutcome outcome = AttemptOutcome::unknown;
  Reason reason = Reason::none;
  /// What the other side said, bounded, without secrets.
  std::string detail;
  /// `sha256:…` of what went over the wire; empty when nothing did.
  std::string wire_digest;
  /// The final state this attempt ended the notice in, or nothing: it is retried at `next_at`.
  std::optional<NoticeState> ends;
  Reason end_reason = Reason::none;
  std::optional<Instant> next_at;
  /// No attempt was made: only the ending is written (expired before it could be sent), or, with
  /// `next_at`, the notice is given back as it was.
  bool attempted = true;
  /// The attempt's number, Claimed::tries + 1: the proof that it is written once (0: the next one).
  int number = 0;
};

/// A mail system's word that a notice, which a server took, reached nobody.
struct Bounce {
  std::string notice;
  Reason reason = Reason::refused;
  /// Business time.
  Instant at{};
};
/// What was made of it.
enum class Bounced {
  written,
  /// Nothing: it was written before, or the notice has ended otherwise.
  settled,
  /// Nothing yet: the notice is under way. To be said again when it has ended.
  not_ended,
  /// Nothing: no such notice.
  unknown,
};
struct BounceAnswer {
  Bounced what = Bounced::unknown;
  /// The notice's; empty when it is unknown.
  std::string plan = {};
  /// What it told, where it was written now.
  std::vector<schedule::ItemKey> items = {};
};

struct Batch {
  std::vector<Claimed> claimed;
  /// When to ask again: when the earliest open notice that is not handed out falls due, or a lease
  /// runs out (machine time). In the past when more are due now than `limit` let through.
  std::optional<Instant> next_at;
  /// Settlements that came too late: another holder of the lease has settled or holds it.
  std::vector<std::string> stale;
};

/// Rows of a plan in the order of their sequence numbers: the fold that makes a schedule::Record.
struct FactRow { schedule::Fact fact; };
struct NoticeRow { schedule::NoticeHead head; std::vector<schedule::Item> items; };
struct AttemptRow { std::string notice; AttemptOutcome outcome; Reason reason; Instant at; };
struct NoticeEndRow { std::string notice; NoticeState state; Reason reason; Instant at; };
struct ItemEndRow { schedule::ItemKey item; Reason reason; Instant at; };
/// The second ending of a delivered notice, with its head, which nobody kept.
struct BounceRow { schedule::NoticeHead head; Reason reason; Instant at; };
using Row = std::variant<FactRow, NoticeRow, AttemptRow, NoticeEndRow, ItemEndRow, BounceRow>;

struct Rows {
  std::vector<Row> rows;
  /// The last sequence number read; the next call starts after it.
  std::int64_t last = 0;
};

/// What an attempt looks like to those who ask.
struct AttemptView {
  Instant at{};
  AttemptOutcome outcome = AttemptOutcome::unknown;
  Reason reason = Reason::none;
  std::string detail, wire_digest;
};
struct NoticeView {
  std::string plan;
  Notice notice;
  std::vector<AttemptView> attempts;
  std::optional<Instant> next_at;
  /// When it ended, in business time.
  std::optional<Instant> ended_at;
};
struct NoticeQuery {
  /// Empty: any.
  std::string plan, unit, id;
  std::optional<NoticeState> state;
  std::optional<Instant> since;
  std::size_t limit = limits::notices_shown;
};
/// A notice that has not ended, as the outbox has it: what moves about it. Machine time.
struct OutboxRow {
  /// The notice's sequence number.
  std::int64_t seq = 0;
  /// Empty: the outbox has a row, and the notice is not in the ledger.
  std::string notice;
  std::optional<Instant> next_at, lease;
  int tries = 0;
};
struct OutboxRows {
  std::vector<OutboxRow> rows;
  /// The last sequence number read; the next call starts after it.
  std::int64_t last = 0;
};
/// failed: and what bounced; with nothing sent in its place.
struct OutboxCounts {
  std::int64_t drafted = 0, queued = 0, retrying = 0, failed = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  /// Random, made with the ledger, for notice ids (I7).
  virtual const std::string& salt() const = 0;

  virtual boost::asio::awaitable<StoreResult<Cursor>> cursor(std::string plan) = 0;
  /// Of every plan in the ledger, by plan.
  virtual boost::asio::awaitable<StoreResult<std::map<std::string, Cursor>>> cursors() = 0;
  /// At most `limit` rows after sequence number `after`.
  virtual boost::asio::awaitable<StoreResult<Rows>> read(std::string plan, std::int64_t after,
                                                         std::size_t limit) = 0;
  virtual boost::asio::awaitable<StoreResult<Advanced>> advance(Advance step) = 0;
  /// Writes facts; the answer is their sequence numbers.
  virtual boost::asio::awaitable<StoreResult<std::vector<std::int64_t>>> record(
      std::string plan, std::vector<schedule::Fact> facts) = 0;
  /// Writes the settlements made under `token`, then hands out at most `limit` due notices under a
  /// lease for the same token; of one endpoint never more than a few at once, so that none takes
  /// all places. `now` is machine time. Notices of an endpoint in `held_back` are not handed out.
  /// After `unknown`: repeat with the same settlements (what is written is known by its number) and
  /// take up what `leased` shows beside what is in hand.
  virtual boost::asio::awaitable<StoreResult<Batch>> settle_and_claim(
      std::vector<Settlement> settled, std::string token, std::size_t limit, Seconds lease,
      Instant now, std::vector<EndpointKey> held_back) = 0;
  /// What is under a lease of this token and not settled: the proof of a claim.
  virtual boost::asio::awaitable<StoreResult<std::vector<Claimed>>> leased(std::string token) = 0;
  /// Says that a delivered notice came back. After `unknown`: say it again.
  virtual boost::asio::awaitable<StoreResult<BounceAnswer>> bounce(Bounce bounce) = 0;
  /// The due notices of an endpoint wait until `next_at` (machine time) at the earliest.
  virtual boost::asio::awaitable<StoreResult<void>> postpone(EndpointKey endpoint,
                                                             Instant next_at) = 0;
  virtual boost::asio::awaitable<StoreResult<std::vector<NoticeView>>> notices(
      NoticeQuery query) = 0;
  virtual boost::asio::awaitable<StoreResult<OutboxCounts>> counts(std::string plan) = 0;
  /// The outbox's rows of a plan, at most `limit`, in the order of their notices after the one of
  /// sequence number `after`.
  virtual boost::asio::awaitable<StoreResult<OutboxRows>> outbox(std::string plan,
                                                                 std::int64_t after,
                                                                 std::size_t limit) = 0;
  /// Moves every pending next_at and lease by a step of the machine's clock.
  virtual boost::asio::awaitable<StoreResult<void>> shift(Seconds by) = 0;
  /// Returns when something may have become claimable since the last claim; may wake late or for
  /// nothing.
  virtual boost::asio::awaitable<void> wait() = 0;
};

}  // namespace duban::ledger
