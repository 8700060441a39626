#pragma once
// The one function that decides what is told: level-triggered, pure. For each open assignment and
// audience it compares the newest thing they should know by now with the newest that they were
// told, and tells the difference. Late policy, edits, first starts, releases and withdrawals are
// this one rule. The daemon, `agenda`, `rehearse` and the simulator all call it.

#include <optional>
#include <string>
#include <vector>

#include "schedule/assignment.h"
#include "schedule/board.h"
#include "schedule/record.h"

namespace duban::schedule {

/// One thing to tell, with what a message needs to say it.
struct Telling {
  Item item;
  /// Index into Decision::assignments; absent for lists and trouble.
  std::optional<std::size_t> assignment;
  /// When the liaison was told before, for what goes to a leader.
  std::vector<Instant> told_before;
  /// 收件已核 recorded at, for an overdue that waited for it.
  std::optional<Instant> checked_at;
};

/// A notice to write: one message to one endpoint.
struct NoticePlan {
  std::string endpoint, channel, contact;
  /// drafted or queued.
  NoticeState state = NoticeState::queued;
  /// When its sense ends; absent: never.
  std::optional<Instant> expires_at;
  std::vector<Telling> tellings;
  /// The open notice it replaces (superseded), or empty.
  std::string replaces;
  Reason replaces_reason = Reason::none;
  /// A draft that is held with others until the office lets all of them go.
  bool storm = false;
};

struct NoticeEnd {
  std::string id;
  NoticeState state = NoticeState::withdrawn;
  Reason reason = Reason::none;
};

struct ItemEnd {
  ItemKey key;
  Reason reason = Reason::none;
};

/// The office's list at a moment: what it must see today. Indexes are into Decision::assignments.
struct OfficeList {
  /// A message to the unit, and what became of it.
  struct Tried {
    Instant at{};
    NoticeState state = NoticeState::queued;
    Reason reason = Reason::none;
  };
  struct Overdue {
    std::size_t assignment = 0;
    std::vector<Tried> tried = {};
    /// 收件已核 since the due time.
    bool checked = false;
    /// What was noted of calls, in order.
    std::vector<Fact> calls = {};
  };
  std::vector<Overdue> overdue;
  /// Waits for the office's answer: an extension, or 不归本单位办.
  std::vector<std::size_t> asked;
  /// Handed in with rows that name no clause.
  struct Unclear {
    std::size_t assignment = 0;
    std::int64_t fact = 0;
    std::vector<SubmittedRow> rows = {};
  };
  std::vector<Unclear> unclear;
  struct Draft {
    /// The draft's notice id, or while it is only planned its index in Decision::notices.
    std::string notice;
    std::optional<std::size_t> planned;
    std::size_t assignment;
    Instant sends_at;
    /// When the liaison was told before.
    std::vector<Instant> told_before = {};
  };
  std::vector<Draft> drafts;
  /// 人工送达: should have been told by now, and cannot be reached.
  struct ByHand {
    std::size_t assignment;
    Reason reason;
  };
  std::vector<ByHand> by_hand;
  /// Dates the office has to set: `tbd` from five working days before its decide_by.
  struct Undated {
    std::size_t duty;
    std::string period;
    std::optional<Day> decide_by;
    /// It was dated, but the date was past when it became known.
    bool dated_too_late = false;
  };
  std::vector<Undated> undated;
  /// How many notices are held as a storm.
  std::size_t storm = 0;
  /// Once a week: the silences that stand.
  std::vector<Silence> silences;
  bool empty() const;
};

/// Why something is not told, recorded beside the decision: the first reason that holds. A stage
/// that has one and was told nevertheless is a draft that waits.
struct Explanation {
  AssignmentKey about;
  Audience audience = Audience::liaison;
  std::string stage;
  Reason reason = Reason::none;
  /// Until when the reason holds, where that is known (silenced, waits_for_hours).
  std::optional<Instant> until = std::nullopt;
  /// The fact that makes it hold (answered, excused, before_the_beginning); 0: none.
  std::int64_t fact = 0;
  /// What stands in its place: the newer stage's key; the draft's notice where that waits.
  std::string by = {};
};

/// The assignments a decision was made of. Cheap to copy.
class Assignments {
 public:
  Assignments() : all_(std::make_shared<const std::vector<Assignment>>()) {}
  Assignments(std::vector<Assignment> all)  // NOLINT(google-explicit-constructor): it is that list
      : all_(std::make_shared<const std::vector<Assignment>>(std::move(all))) {}
  explicit Assignments(std::shared_ptr<const std::vector<Assignment>> all)
      : all_(std::move(all)) {}
  const Assignment& operator[](std::size_t index) const { return (*all_)[index]; }
  const Assignment& at(std::size_t index) const { return all_->at(index); }
  std::size_t size() const { return all_->size(); }
  auto begin() const { return all_->begin(); }
  auto end() const { return all_->end(); }
  operator const std::vector<Assignment>&() const { return *all_; }  // NOLINT: read as that list

 private:
  std::shared_ptr<const std::vector<Assignment>> all_;
};

struct Decision {
  Assignments assignments;
  std::vector<NoticePlan> notices;
  std::vector<NoticeEnd> ended_notices;
  std::vector<ItemEnd> ended_items;
  /// What the schedule itself records: outages, and since when plan, units and duties are in force.
  std::vector<Fact> facts;
  /// Filled when an office list is among the notices, or asked for.
  OfficeList list;
  std::vector<Explanation> explanations;
  bool nothing() const {
    return notices.empty() && ended_notices.empty() && ended_items.empty() && facts.empty();
  }
};

/// Everything that is to be told by `now`, given that the plan was last looked at at `cursor`
/// (absent: never), and of every stage that is not told why. Same arguments, same answer.
Decision decide(const Timetable& timetable, const Record& record, std::optional<Instant> cursor,
                Instant now);

/// The same with a board kept between calls, and only what a look at it can change explained.
Decision decide(Board& board, std::optional<Instant> cursor, Instant now);

/// The list as it stands now, whether or not it is time for it.
OfficeList office_list(const Timetable& timetable, const Record& record, Instant now);

}  // namespace duban::schedule
