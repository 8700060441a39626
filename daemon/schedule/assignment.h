#pragma once
// Each assignment as it stands at a moment: due when, open or answered, and the stages of its
// ladder as instants. Pure: plan, record and now in, a value out.

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calendar/occurrence.h"
#include "plan/plan.h"
#include "schedule/quiet.h"
#include "schedule/record.h"
#include "schedule/route.h"

namespace duban::schedule {

enum class Standing {
  /// Owed; its stages are told.
  open,
  /// Handed in, or held.
  answered,
  /// By the plan or by a fact.
  excused,
  /// `due = "none"`: recorded, never chased.
  unchased,
  /// Its due time was past when the plan, the unit or the duty came into force: silent.
  before_the_beginning,
  /// Its due time was past when it first became known: on the office's list for a new date.
  dated_too_late,
  /// Another unit owes it now (an action, a plan that was 不归我办).
  reassigned,
};

/// What a unit has asked the office and has no answer to yet: more time, or not to be the one who
/// owes it.
struct Pending {
  /// asked or not_ours.
  FactKind kind = FactKind::asked;
  std::int64_t fact = 0;
  /// When it was asked, and till when more time is wanted, if that was said.
  Instant at{};
  std::optional<Instant> until;
  std::string why;
  /// Asked while it was still in time: nobody chases until the answer.
  bool stops_chase = false;
};

/// The office's no to a question, or a paper given back: told to the unit as an answer.
struct Answer {
  /// declined or returned.
  FactKind kind = FactKind::declined;
  std::int64_t fact = 0;
  std::string why;
  /// declined: what it answers (asked, not_ours).
  FactKind to = FactKind::asked;
};

/// A ladder's point for one assignment.
struct Point {
  /// Index into the ladder's stages.
  std::size_t stage = 0;
  /// When the audience hears it; absent while it waits for something (收件已核).
  std::optional<Instant> at;
  /// When it would be heard without silences and hours; absent with `at`.
  std::optional<Instant> planned;
  /// When the draft is made for the office's list, for stages that wait for release.
  std::optional<Instant> drafted_at;
  /// Why `at` is absent or has moved.
  Reason reason = Reason::on_time;
  /// The day that its offset counts from, where the chase begins later than at the due time.
  std::optional<Day> counted_from;
};

struct Assignment {
  AssignmentKey key;
  /// Index into Plan::duties.
  std::size_t duty = 0;
  calendar::Dating dating = calendar::Dating::never;
  /// As it stands after extensions.
  std::optional<Instant> due, ask_by;
  bool due_has_hour = false, ask_by_has_hour = false;
  bool provisional = false;
  bool extended = false;
  /// As the plan has it, whatever was granted since.
  std::optional<Instant> first_due;
  Standing standing = Standing::open;
  /// When it was received or held (the time it happened); after a return only what came since.
  std::optional<Instant> answered_at;
  /// When it was first handed in, whatever was returned since: whether that was in time stays.
  std::optional<Instant> first_answered_at;
  /// When it was last given back.
  std::optional<Instant> returned_at;
  /// An extension that was granted had been asked for before the due time.
  bool extended_in_time = false;
  /// What the newest extension granted.
  std::optional<Instant> granted_due;
  std::optional<Pending> pending;
  /// The newest one; told to the unit once.
  std::optional<Answer> answer;
  /// When the office said no after the due time to what had been asked in time: the chase counts
  /// from there.
  std::optional<Instant> declined_at;
  std::string excuse;
  /// The facts behind these; 0: none, or the plan's own word.
  std::int64_t answered_by = 0, excused_by = 0, extended_by = 0, reassigned_by = 0,
               accepted_by = 0;
  /// In the ladder's order, which is time order.
  std::vector<Point> points;
};

/// What is recorded that a timetable hangs on: when meetings were held, and who owes what another
/// unit owed by the plan, with a due time of its own where one was given.
struct Bearings {
  calendar::HeldOn held = {};
  std::map<AssignmentKey, std::optional<Instant>> handed_on = {};
  bool operator==(const Bearings&) const = default;
};

/// The plan's occurrences and what they hang on, made once for a plan text and what is recorded.
/// Keeps the plan alive.
class Timetable {
 public:
  Timetable(std::shared_ptr<const plan::Plan> plan, Bearings recorded);
  const plan::Plan& plan() const { return *plan_; }
  std::shared_ptr<const plan::Plan> plan_ptr() const { return plan_; }
  const calendar::Zone& zone() const { return zone_; }
  const std::vector<calendar::Occurrence>& occurrences() const { return occurrences_; }
  const Bearings& recorded() const { return recorded_; }
  const calendar::HeldOn& held() const { return recorded_.held; }
  /// Every assignment there is: duty by duty, period by period, unit by unit, clause by clause.
  struct Slot {
    AssignmentKey key;
    /// Index into occurrences().
    std::size_t occurrence = 0;
    /// Given with the task when another unit handed it on; absent: the occurrence's.
    std::optional<Instant> due = std::nullopt;
  };
  const std::vector<Slot>& slots() const { return slots_; }
  /// The slot of an assignment, or nothing when the plan has no such assignment.
  std::optional<std::size_t> slot_of(const AssignmentKey& key) const;
  /// The slots that a fact covers: its unit or clause may be empty, which means all.
  std::vector<std::size_t> slots_of(const AssignmentKey& key) const;
  /// schedule::route_to, worked out once.
  const std::optional<Route>& route_to(const std::string& unit, Audience audience,
                                       bool in_person) const;
  /// The instants of the ladder's stages for an occurrence, as the ladder has them.
  const std::vector<Instant>& stages_of(std::size_t occurrence) const {
    return stages_[occurrence];
  }
  /// The first moment of the plan: its first phase's beginning, else of its year. Nothing is told
  /// before.
  Instant begins() const;
  /// The first moment after it: nothing is told from here on.
  Instant ends() const;

 private:
  void add_routes(const std::string& unit);
  void add_slot(Slot slot);

  std::shared_ptr<const plan::Plan> plan_;
  calendar::Zone zone_;
  Bearings recorded_;
  std::vector<calendar::Occurrence> occurrences_;
  std::vector<std::vector<Instant>> stages_;
  std::vector<Slot> slots_;
  std::unordered_map<AssignmentKey, std::size_t, AssignmentKeyHash> slot_of_;
  /// First slot of each occurrence, by duty and period.
  std::map<std::pair<std::string, std::string>, std::size_t> first_slot_;
  /// For each unit: liaison or office, in person; leader.
  std::unordered_map<std::string, std::array<std::optional<Route>, 3>> routes_;
};

/// One assignment as it stands; see `assignments`.
Assignment assignment_of(const Timetable& timetable, const Record& record, const Quiet& quiet,
                         std::size_t slot, Instant now, std::optional<Record::Outage> outage);

/// What a timetable of the plan hangs on, as recorded.
Bearings bearings_of(const plan::Plan& plan, const Record& record);

/// Every assignment of the plan as it stands at `now`: duty by duty, period by period, unit by
/// unit, clause by clause: the timetable's slots. What is not in force by the record comes into
/// force at
/// `now`; `outage` is one that is being recorded just now.
std::vector<Assignment> assignments(const Timetable& timetable, const Record& record, Instant now,
                                    std::optional<Record::Outage> outage = std::nullopt);

}  // namespace duban::schedule
