#pragma once
// When somebody is left alone: silences (planned in the file, or recorded), and the hours of the
// plan, of a unit, of a channel. What falls there is told later, never dropped; what would come
// after its due time because of the hours is told before them instead.

#include <optional>
#include <string>
#include <vector>

#include "calendar/workdays.h"
#include "schedule/record.h"
#include "schedule/route.h"

namespace duban::schedule {

class Timetable;

/// A stretch in which units are muted, their leaders too; the office's own list never.
struct Silence {
  Instant from{}, until{};
  /// Empty: any.
  std::vector<std::string> units, duties;
  /// Only stages of this kind; absent: everything.
  std::optional<StageKind> stage;
  std::string why;
  /// The fact that made it; 0: planned in the file.
  std::int64_t seq = 0;

  bool mutes(const AssignmentKey& key, std::optional<StageKind> of_stage) const;
  bool contains(Instant at) const { return from <= at && at < until; }
};

/// The plan's silences, then the recorded ones that hold, in order.
std::vector<Silence> silences_of(const Timetable& timetable, const Record& record);

/// A moment put off, and why.
struct Heard {
  Instant at{};
  Reason reason = Reason::on_time;
};

/// Of a timetable, which must outlive it, and a record as it is now. Copied freely.
class Quiet {
 public:
  Quiet(const Timetable& timetable, const Record& record);

  const std::vector<Silence>& silences() const { return silences_; }
  /// When a stage planned for `planned` is heard by an audience reached by `route`.
  Heard stage(const AssignmentKey& key, StageKind kind, const std::optional<Route>& route,
              Instant planned, Instant due) const;
  /// When what is to be told at once is heard: within the plan's hours (working days, 08:30 to
  /// 17:30), the unit's and the channel's, outside silences. The hours never put it off past `due`.
  Heard at_once(const AssignmentKey& key, const std::optional<Route>& route, Instant now,
                std::optional<Instant> due) const;
  /// The first moment from `at` on that no silence mutes.
  Instant audible_from(const AssignmentKey& key, std::optional<StageKind> kind, Instant at) const;
  /// The end of the silence in which a due time passed unheard: the chase counts from there.
  std::optional<Instant> covered_until(const AssignmentKey& key, Instant due) const;

 private:
  using Windows = std::vector<const plan::Window*>;
  Windows windows_of(const std::string& unit, const std::optional<Route>& route) const;
  bool is_open(const Windows& windows, Instant at) const;
  Instant opens_from(const Windows& windows, Instant at) const;
  Instant closes_before(const Windows& windows, Instant at) const;

  const Timetable* timetable_;
  calendar::Workdays workdays_;
  plan::Window plan_hours_;
  std::vector<Silence> silences_;
};

}  // namespace duban::schedule
