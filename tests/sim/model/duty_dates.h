#pragma once
// What a text of the plan asks for: who owes what until when, and the working days it counts in.

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "sim/model/workdays.h"
#include "sim/model/zone.h"

namespace duban::sim::model {

/// duty, period, unit.
using Owed = std::tuple<std::string, std::string, std::string>;

struct Dates {
  Second due = 0;
  std::optional<Second> ask_by;
  bool operator==(const Dates&) const = default;
};

/// One text of the plan, worked out.
class Text {
 public:
  explicit Text(const Plan& plan);

  const Plan& plan() const { return *plan_; }
  const Zone& zone() const { return *zone_; }
  /// What is owed by this text; nothing: nobody owes that.
  const Dates* dates_of(const Owed& owed) const;
  /// The same for whoever owes it by the text.
  const Dates* dates_of_period(const std::string& duty, const std::string& period) const;
  const std::map<Owed, Dates>& owed() const { return owed_; }
  const Ladder* ladder_of(const std::string& duty) const;
  /// The document that a duty writes, or null; and when its draft is due for a due time.
  const Draft* draft_of(const std::string& duty) const;
  Second draft_at(const Draft& draft, Second due) const;
  /// Made-up days count.
  const Workdays& workdays() const { return workdays_; }
  const Workdays& workdays_of(const Ladder& ladder) const {
    return ladder.skip_made_up ? without_made_up_ : workdays_;
  }
  bool reaches(const std::string& unit, bool leader) const;
  /// The first and the first no more instant at which anything is told.
  Second begins() const { return begins_; }
  Second ends() const { return ends_; }
  /// The plan's hours: the first moment from `at` on that lies in them.
  Second opens(Second at) const;
  /// When the hours end in which that moment lies.
  Second closes(Second in_hours) const {
    return zone_->instant_of(zone_->day_at(in_hours), Second{plan_->hours_to} * 60);
  }
  /// The office's last list before that moment.
  Second list_before(Second at) const;

 private:
  void add(const Duty& duty, const std::string& period, DayNumber due,
           std::optional<DayNumber> ask_by);
  void add_weeks(const Duty& duty);
  DayNumber moved(DayNumber day, OnDayOff rule) const;

  const Plan* plan_;
  const Zone* zone_;
  Workdays workdays_, without_made_up_;
  std::map<Owed, Dates> owed_;
  Second begins_ = 0, ends_ = 0;
};

/// `draft -2wd 10:00`.
std::string key_of(const Draft& draft);
/// The words of the ladder: `remind -2wd 09:00`.
std::string key_of(const Stage& stage);

}  // namespace duban::sim::model
