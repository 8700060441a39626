#pragma once
// The assignments as they stand, kept from one moment to the next: only what was recorded, told, or
// has come due since is worked out again. A memory, never a state: a fresh board says the same.

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "schedule/assignment.h"
#include "schedule/record.h"

namespace duban::schedule {

class Board {
 public:
  /// Of one timetable and one record, which must outlive it.
  Board(const Timetable& timetable, const Record& record);

  /// Brings it to `now`; `outage` ends at this moment.
  void bring_to(Instant now, std::optional<Record::Outage> outage = std::nullopt);

  const Timetable& timetable() const { return timetable_; }
  const Record& record() const { return record_; }
  /// Of the record as it was last brought to.
  const Quiet& quiet() const { return quiet_; }
  /// As it stands; shared, so that a decision can keep it.
  const std::shared_ptr<std::vector<Assignment>>& assignments() const { return all_; }
  /// The earliest moment at which a slot could have something to tell as things are recorded:
  /// before it there is nothing to look at.
  Instant quiet_until(std::size_t slot) const { return quiet_until_[slot]; }
  /// Assignments that were told and have fallen away.
  const std::set<AssignmentKey>& fallen_keys() const { return fallen_; }

 private:
  void rebuild_all(std::optional<Record::Outage> outage);
  void rebuild(std::size_t slot, std::optional<Record::Outage> outage);
  void rebuild_touched(const AssignmentKey& key);
  void judge_fallen(const AssignmentKey& key);
  Instant first_interest(const Assignment& assignment) const;
  Instant stage_interest(const Assignment& assignment) const;

  const Timetable& timetable_;
  const Record& record_;
  Quiet quiet_;
  std::shared_ptr<std::vector<Assignment>> all_;
  std::vector<Instant> quiet_until_;
  std::set<AssignmentKey> fallen_;
  std::optional<Instant> at_;
  std::size_t touched_seen_ = 0, general_seen_ = 0;
  bool had_outage_ = false;
};

}  // namespace duban::schedule
