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
  Standing standing = Standing::open;
  /// When it was received or held (the time it happened).
  std::optional<Instant> answered_at;
  std::string excuse;
  /// The facts behind these; 0: none, or the plan's own word.
  std::int64_t answered_by = 0, excused_by = 0, extended_by = 0;
  /// In the ladder's order, which is time order.
  std::vector<Point> points;
};

/// The plan's occurrences and what they hang on, made once for a plan text and its held facts.
/// Keeps the plan alive.
class Timetable {
 public:
  Timetable(std::shared_ptr<const plan::Plan> plan, calendar::HeldOn held);
  const plan::Plan& plan() const { return *plan_; }
  std::shared_ptr<const plan::Plan> plan_ptr() const { return plan_; }
  const calendar::Zone& zone() const { return zone_; }
  const std::vector<calendar::Occurrence>& occurrences() const { return occurrences_; }
  const calendar::HeldOn& held() const { return held_; }
  /// Every assignment there is: duty by duty, period by period, unit by unit, clause by clause.
  struct Slot {
    AssignmentKey key;
    /// Index into occurrences().
    std::size_t occurrence = 0;
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

  std::shared_ptr<const plan::Plan> plan_;
  calendar::Zone zone_;
  calendar::HeldOn held_;
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

/// What was held, as recorded.
calendar::HeldOn held_on(const plan::Plan& plan, const Record& record);

/// Every assignment of the plan as it stands at `now`: duty by duty, period by period, unit by
/// unit, clause by clause: the timetable's slots. What is not in force by the record comes into
/// force at
/// `now`; `outage` is one that is being recorded just now.
std::vector<Assignment> assignments(const Timetable& timetable, const Record& record, Instant now,
                                    std::optional<Record::Outage> outage = std::nullopt);

}  // namespace duban::schedule
