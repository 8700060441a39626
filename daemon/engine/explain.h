#pragma once
// Why a message was sent, or why nothing was, as one page: a value that any language can say
// (control/explain_text.h) and JSON can carry. From the message back to the line in the file.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar/occurrence.h"
#include "engine/kept_texts.h"
#include "ledger/store.h"
#include "schedule/assignment.h"
#include "schedule/decide.h"

namespace duban::engine {

/// A line of a file. `text` is empty where what the file said then is not known.
struct Cited {
  std::string file;
  unsigned line = 0;
  std::string text;
};

/// The text of the plan that something followed from.
struct TextInForce {
  std::string digest;
  /// The record of its coming into force: when, and by whom.
  std::optional<schedule::Fact> since;
  /// It was not kept: the lines cited are those of the present text.
  bool missing = false;
};

/// How an instant of a ladder's stage came about.
struct StagePart {
  std::string key;
  StageKind kind = StageKind::remind;
  Cited line;
  /// The ladder's own instant, counted out.
  std::optional<calendar::StageCount> count;
  /// It is heard at another instant than the ladder's, and why.
  std::optional<Instant> moved_to;
  Reason moved_because = Reason::none;
};

/// What was told once: to one audience of one unit, or of several alike.
struct ItemPart {
  ItemKind kind = ItemKind::stage;
  Audience audience = Audience::liaison;
  /// Names, in the document's order.
  std::vector<std::string> units;
  /// Of a list its day, of a trouble the endpoint or the code of what was met, of a handover the
  /// new contact; else empty.
  std::string subject;
  /// What is wrong with the endpoint.
  Reason subject_fails = Reason::none;
  Instant planned_at{};
  /// When it was told, where that is after its time.
  std::optional<Instant> told_at;
  std::optional<Instant> due, was_due;
  int telling = 1;
  /// A start or a stage that was told before, of another due time or taken back.
  bool again = false;
  bool late = false;
  Reason reason = Reason::none;
  /// What ends it: a paper, or a meeting held.
  plan::Ends ends = plan::Ends::received;
  std::optional<StagePart> stage;
  /// What it follows from: a fact, or the coming into force of an edited text. Absent: the clock
  /// alone.
  std::optional<schedule::Fact> cause;
  /// 收件已核, where it was waited for.
  std::optional<schedule::Fact> checked;
  /// It could not be told at once: `cause` was known before, and it waited until it was told.
  Reason waited_because = Reason::none;
};

/// One period of a duty: how its due time came about, and what was told of it.
struct PeriodPart {
  /// The duty's period and, where it is owed clause by clause, the clause.
  std::string period, slice;
  calendar::Dating dating = calendar::Dating::never;
  std::optional<Instant> due, ask_by;
  bool due_has_hour = false, ask_by_has_hour = false, provisional = false;
  std::vector<calendar::Step> steps;
  /// The fact that moved the due time for this unit.
  std::optional<schedule::Fact> extended;
  std::optional<Day> decide_by;
  std::vector<ItemPart> items;
};

struct DutyPart {
  std::string id, name, clause;
  plan::Basis basis = plan::Basis::office;
  /// The lines that say who it is and when it is due; empty for lists and trouble.
  std::vector<Cited> lines;
  std::vector<PeriodPart> periods;
};

/// Which way a notice went, and why that way.
struct RoutePart {
  enum class Choice {
    /// The first of the contact's channels; a group before it was passed over, as this is for one
    /// person.
    first, past_groups,
    /// Trouble goes by another channel than the one that is in trouble.
    around,
    /// The channel before it could not deliver.
    fallback,
    /// The plan has no such way any more.
    unknown,
  };
  Choice choice = Choice::unknown;
  std::string endpoint, channel;
  /// Who reads it: posts with their units, in the order of the file.
  std::vector<std::string> contacts;
  bool group = false;
  std::vector<std::string> groups_passed;
  Cited line;
};

/// A notice that stands before or after another.
struct OtherNotice {
  std::string id;
  NoticeState state = NoticeState::queued;
  Reason reason = Reason::none;
};

struct NoticePart {
  std::string id, subject;
  NoticeState state = NoticeState::queued;
  Reason reason = Reason::none;
  Instant queued_at{};
  std::optional<Instant> expires_at, ended_at;
  std::size_t items = 0;
  RoutePart route;
  std::vector<ledger::AttemptView> attempts;
  /// What people decided about it while it was a draft: released, deferred.
  std::vector<schedule::Fact> decisions;
  std::optional<OtherNotice> replaces;
  std::vector<OtherNotice> replaced_by;
};

/// A stage of the ladder for one assignment: told, or why not.
struct StageRow {
  std::string slice;
  Audience audience = Audience::liaison;
  std::optional<Instant> at;
  StagePart stage;
  /// The notice that tells it, and where that stands; empty: not told.
  std::string notice;
  NoticeState state = NoticeState::queued;
  /// Why it is not told, or (with a notice) why its draft does not go: the first reason that holds.
  Reason reason = Reason::none;
  std::optional<Instant> until;
  std::optional<schedule::Fact> fact;
  /// The newer stage that took its place.
  std::string newer;
  /// With due_moved: the date was past when it became known, and the office has to set another.
  bool dated_too_late = false;
};

/// What else was told about an assignment: its start, changes, that it fell away, a correction.
struct ToldRow {
  std::string slice;
  ItemKind kind = ItemKind::start;
  Audience audience = Audience::liaison;
  std::string stage;
  Instant at{};
  std::optional<Instant> due, was_due;
  std::string notice;
  NoticeState state = NoticeState::queued;
  bool withdrawn = false;
};

/// A start or a change that is still to be told.
struct PendingRow {
  std::string slice;
  Audience audience = Audience::liaison;
  Reason reason = Reason::none;
  std::optional<Instant> until;
};

struct OtherPeriod {
  std::string id;
  std::optional<Instant> due;
  bool due_has_hour = false;
  schedule::Standing standing = schedule::Standing::open;
};

/// One unit's part of one period of a duty.
struct AssignmentPart {
  std::string unit, unit_name;
  schedule::Standing standing = schedule::Standing::open;
  /// The plan has no such assignment any more; `removed_by` says since when.
  bool removed = false;
  std::optional<schedule::Fact> removed_by;
  /// What answered or excused it; absent: nothing, or the plan's own word.
  std::optional<schedule::Fact> settled_by;
  /// When the office took it, and by which word; without a word by silence.
  std::optional<Instant> accepted_at;
  std::optional<schedule::Fact> accepted_by;
  /// Handed in, and accepted then if the office keeps silent.
  std::optional<Instant> accepted_from;
  std::string excuse;
  std::vector<StageRow> stages;
  std::vector<ToldRow> told;
  std::vector<PendingRow> pending;
  std::vector<OtherPeriod> other_periods;
};

/// The page. Exactly one of `notice` and `assignment` is there.
struct Page {
  std::string plan;
  int year = 0;
  /// Always there: a value that has no zone yet can be made.
  std::optional<calendar::Zone> zone;
  /// Of the text, by id.
  std::map<std::string, std::string> duty_names;
  Instant now{};
  TextInForce text;
  std::optional<NoticePart> notice;
  std::optional<AssignmentPart> assignment;
  std::vector<DutyPart> duties;
};

/// A text of the plan by its digest, read at most once; null when it was not kept.
using TextOf = std::function<std::shared_ptr<const Text>(const std::string& digest)>;

/// What a page is made of.
struct Past {
  /// What is recorded now; and, for a notice, what was when it was written.
  const schedule::Record& record;
  const schedule::Record* then = nullptr;
  /// The text that is in force now, and the folder of plans that it was read from.
  std::shared_ptr<const plan::Plan> plan;
  std::filesystem::path plans;
  TextOf text_of;
  std::optional<Instant> cursor;
  Instant now{};
};

/// `others` are the notices that `view` replaces or that carried its items on.
Page explain_notice(const Past& past, const ledger::NoticeView& view,
                    const std::vector<ledger::NoticeView>& others);

/// Of an empty period the one that matters now: the first that is open, else the last. `about` may
/// be what the plan has no more but told once; nothing when it was never heard of.
std::optional<Page> explain_assignment(const Past& past, const schedule::AssignmentKey& about);

}  // namespace duban::engine
