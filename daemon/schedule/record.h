#pragma once
// What has been recorded, as the schedule sees it: facts, and what was told to whom. A Record is a
// fold over the ledger's immutable rows in the order of their sequence numbers.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/states.h"
#include "base/time.h"
#include "schedule/submission.h"

namespace duban::schedule {

/// duty × period × unit × slice: one thing to hand in.
struct AssignmentKey {
  std::string duty, period, unit, slice;
  auto operator<=>(const AssignmentKey&) const = default;
};

struct AssignmentKeyHash {
  std::size_t operator()(const AssignmentKey& key) const noexcept;
};

/// Something that happened. `at` is when it happened, `recorded_at` when duban heard of it;
/// lateness is judged by the first.
struct Fact {
  std::int64_t seq = 0;
  FactKind kind = FactKind::received;
  /// The assignment it is about; parts are empty where it is about more than one (checked: duty and
  /// period; held: duty and period; in_force: unit or duty; silenced: duty, unit or neither;
  /// outage: none).
  AssignmentKey about;
  /// silenced: its beginning, which may be to come.
  Instant at{}, recorded_at{};
  /// Who said so and by which way (`alice`, `dubanctl`; `duband`, `schedule`).
  std::string by, way;
  /// extended, returned: the new due time. asked: the one asked for, if any. reassigned: the new
  /// unit's, if it is another. deferred, silenced: until when. outage: its beginning (`at` is its
  /// end). extended: `at` is when it was asked for.
  std::optional<Instant> time;
  /// voided: the fact that does not hold.
  std::int64_t refers = 0;
  /// released, deferred: the notice (released: or `storm`, all that are held as one). plan_text:
  /// the digest. silenced: the kind of stage that is muted, or empty. reassigned: the unit that
  /// owes it now. issued: the file's digest.
  std::string subject;
  /// issued: its number (期号). Else why, or what was said.
  std::string note;
  /// submitted: what was handed in.
  std::vector<SubmittedRow> rows = {};
  std::vector<SubmittedFile> files = {};
  bool operator==(const Fact&) const = default;
};

/// Something came in from the unit itself, or from the office where that owes it.
inline bool hands_in(FactKind kind) {
  return kind == FactKind::received || kind == FactKind::submitted || kind == FactKind::issued;
}

/// What an item is: two with the same key are the same item (I1). `telling` rises when the due time
/// last told differs from the present one, or when a withdrawn thing is wanted again.
struct ItemKey {
  AssignmentKey about;
  ItemKind kind = ItemKind::stage;
  /// The stage's key, or empty.
  std::string stage;
  Audience audience = Audience::liaison;
  int telling = 1;
  auto operator<=>(const ItemKey&) const = default;
};

/// One thing told once to one audience.
struct Item {
  ItemKey key;
  /// When it was to be told (a stage's instant; for what is told at once, the moment it was known).
  Instant planned_at{};
  /// The due time it tells (absent: 待定), and for a change the one told before.
  std::optional<Instant> due, was_due;
  bool late = false;
  Reason reason = Reason::on_time;
  bool operator==(const Item&) const = default;
};

/// One person's own matter: it goes to no group.
bool is_in_person(const ItemKey& key);

/// A notice that is in the ledger, without its content.
struct NoticeHead {
  std::string id;
  std::string endpoint, channel;
  /// Empty where the endpoint serves several contacts.
  std::string contact;
  NoticeState state = NoticeState::queued;
  Reason reason = Reason::none;
  Instant queued_at{};
  std::optional<Instant> expires_at;
  bool attempted = false;
  std::vector<ItemKey> items;
};

/// Held with others until the office lets them all go (I5).
bool is_storm_draft(const NoticeHead& notice);

/// An item as it was told.
struct Told {
  Item item;
  /// Withdrawn: it does not stand for anything any more.
  bool withdrawn = false;
  /// The notices that carried it, in order.
  std::vector<std::string> notices;
};

/// The subject of a `released` fact that lets everything go that is held as one storm.
inline constexpr std::string_view storm_code = "storm";
/// The note of a `plan_text` fact whose effect the office saw before (reload --if).
inline constexpr std::string_view seen_in_diff = "diffed";

/// Everything of one plan. Not thread-safe; copied freely.
class Record {
 public:
  void apply(const Fact& fact);
  void apply(const NoticeHead& notice, const std::vector<Item>& items);
  void end_notice(const std::string& id, NoticeState state, Reason reason, Instant at);
  /// A delivered notice came back: from then on it counts as one that failed.
  void bounced(const NoticeHead& notice, Reason reason, Instant at);
  void end_item(const ItemKey& key, Reason reason);
  void attempted(const std::string& id, AttemptOutcome outcome, Reason reason, Instant at);

  /// Whom or what each change was about, in order; and how many changes were about everything
  /// (outages, what is in force). For those who keep something worked out from a record.
  const std::vector<AssignmentKey>& touched() const { return touched_; }
  std::size_t general_changes() const { return general_changes_; }
  /// The office has released this draft; or has put it off until then.
  bool is_released(const std::string& notice) const;
  std::optional<Instant> deferred_until(const std::string& notice) const;
  /// All facts by sequence; voided ones are left out of the other views.
  const std::vector<Fact>& facts() const { return facts_; }
  std::int64_t last_fact() const { return facts_.empty() ? 0 : facts_.back().seq; }
  /// Facts about exactly this assignment, that hold, by sequence.
  std::vector<const Fact*> facts_about(const AssignmentKey& key) const;
  bool is_voided(std::int64_t seq) const;
  /// A stretch in which nobody looked at the plan although something fell due: (from, to].
  struct Outage {
    Instant from, to;
    bool contains(Instant at) const { return from < at && at <= to; }
  };
  const std::vector<Outage>& outages() const { return outages_; }
  /// Silences that hold, by sequence, those that are over too.
  std::vector<const Fact*> silenced() const;
  /// Since when the plan (both empty), a unit or a duty is in force without a break; nothing where
  /// it is not, or is not known yet.
  std::optional<Instant> in_force_since(const std::string& duty, const std::string& unit) const;
  /// The duties and units in force by the record, as (duty, unit).
  const std::map<std::pair<std::string, std::string>, Instant>& in_force() const {
    return in_force_;
  }
  /// Items told about an assignment, by time told.
  const std::vector<Told>* told_about(const AssignmentKey& key) const;
  /// An item as it was told; null: it never was.
  const Told* told_item(const ItemKey& key) const;
  const std::unordered_map<AssignmentKey, std::vector<Told>, AssignmentKeyHash>& told() const {
    return told_;
  }
  /// Notices that have not ended (drafted, queued, retrying), by id.
  const std::map<std::string, NoticeHead>& open_notices() const { return open_; }
  /// How many of them are held as a storm.
  std::size_t storm_drafts() const;
  /// The liaisons' contacts to whom anything about a unit was written; null: none.
  const std::set<std::string>* contacts_told(const std::string& unit) const;
  /// Where a notice stands: open, or its ending. Unknown ids are superseded.
  NoticeState state_of(const std::string& notice) const;
  /// Notices that ended failed or came back, in order, for the trouble the office hears of.
  struct Failure {
    std::string notice, endpoint;
    Reason reason;
    Instant at;
    std::vector<ItemKey> items;
    Instant queued_at;
    std::optional<Instant> expires_at;
  };
  const std::vector<Failure>& failures() const { return failures_; }
  /// Why it failed or came back; else none.
  Reason reason_of(const std::string& notice) const;
  /// At that moment or before.
  bool has_failed(const std::string& notice, Instant by) const;
  /// It was delivered and has not come back, or is being tried.
  bool may_have_arrived(const std::string& notice) const;
  /// It was delivered at that moment or before, and had not come back by then.
  bool has_arrived(const std::string& notice, Instant by) const;
  /// The record as it was known at a moment: facts recorded by then, and what had reached somebody
  /// by then (as told, whatever was withdrawn since).
  Record known_by(Instant as_of) const;
  /// Attempts on an endpoint since its last success that failed, and since when.
  struct Failing {
    int attempts = 0;
    Instant since{};
    Reason reason = Reason::none;
  };
  const std::map<std::string, Failing>& failing_endpoints() const { return failing_; }

 private:
  bool was_silenced(std::int64_t seq) const;
  std::optional<Told> arrived(const Told& told, Instant by) const;

  struct Ending {
    NoticeState state;
    Instant at;
    /// When it came back, of what was delivered.
    std::optional<Instant> bounced_at = std::nullopt;
  };

  std::vector<Fact> facts_;
  std::map<std::int64_t, bool> voided_;
  std::vector<Outage> outages_;
  /// Indexes into facts_.
  std::vector<std::size_t> silenced_;
  std::vector<AssignmentKey> touched_;
  std::size_t general_changes_ = 0;
  /// Indexes into facts_.
  std::unordered_map<std::string, std::vector<std::size_t>> facts_of_notice_;
  std::map<std::pair<std::string, std::string>, Instant> in_force_;
  std::unordered_map<AssignmentKey, std::vector<std::size_t>, AssignmentKeyHash> facts_of_;
  std::unordered_map<AssignmentKey, std::vector<Told>, AssignmentKeyHash> told_;
  std::map<std::string, NoticeHead> open_;
  /// Storm drafts that the office has let go.
  std::set<std::string> freed_;
  std::unordered_map<std::string, std::set<std::string>> contacts_told_;
  std::unordered_map<std::string, Ending> ended_;
  std::vector<Failure> failures_;
  std::map<std::string, Failing> failing_;
};

}  // namespace duban::schedule
