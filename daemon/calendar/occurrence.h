#pragma once
// A duty's periods and when each is due: plain words (`every`, `within`, `due`) made dates by civil
// arithmetic. Pure; instants come last.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "calendar/period.h"
#include "calendar/why.h"
#include "calendar/zone.h"
#include "plan/plan.h"

namespace duban::calendar {

/// Why an occurrence has no due time.
enum class Dating {
  dated,
  /// `due = "tbd"`: the office will set it.
  undecided,
  /// `due = "none"`.
  never,
  /// Counts from something not yet recorded or not yet dated.
  waiting,
  /// Excused for this period by the plan.
  excused,
};

/// One period of one duty.
struct Occurrence {
  /// Index into Plan::duties.
  std::size_t duty = 0;
  std::string period;
  Dating dating = Dating::never;
  /// Both only when dated. Remind and due count from `ask_by` where there is one.
  std::optional<Instant> due, ask_by;
  /// The due time carries no hour: the end of that day is meant.
  bool due_has_hour = false, ask_by_has_hour = false;
  /// The due date (the softer date) stands on a work calendar that is not published (暂定): a day
  /// of such a year was looked up on the way to it.
  bool provisional = false, ask_by_provisional = false;
  /// The reason where the plan excuses this period.
  std::string excused;
  /// How the date came about, for `explain`.
  std::vector<Step> why;
};

/// What has been recorded that dates hang on: (duty, period) -> the day it was held. The period is
/// the same where both duties recur alike; a duty that happens once has the year as period.
using HeldOn = std::map<std::pair<std::string, std::string>, Civil>;

/// All occurrences of the plan, duty by duty in the plan's order, period by period. Due dates
/// outside the plan's year are dropped (the year bounds due dates); without `within` a period of
/// the year before or after is there when it falls due in the year. Occurrences without a date are
/// those of the year's own periods. What diagnose() calls an error is waiting.
std::vector<Occurrence> occurrences(const plan::Plan& plan, const Zone& zone, const HeldOn& held);

/// The instant of a ladder's stage for an occurrence, which must be dated: remind and due count
/// from ask_by where there is one, overdue and escalate from due (or from `overdue_base`, a day,
/// where the chase starts later than the due day). Throws std::bad_optional_access when it is not
/// dated.
Instant stage_at(const plan::Ladder& ladder, const plan::Stage& stage, const Occurrence& occurrence,
                 const plan::Plan& plan, const Zone& zone,
                 std::optional<Day> overdue_base = std::nullopt);

/// How that instant came about: counted from where, over which working days. As stage_at for the
/// rest.
struct StageCount {
  enum class Base { due, asked, seen };
  /// The due time, the softer date (ask_by), or the day from which the chase counts.
  Base base = Base::due;
  Civil from{}, at{};
  std::vector<Stride> walked;
};
StageCount stage_count(const plan::Ladder& ladder, const plan::Stage& stage,
                       const Occurrence& occurrence, const plan::Plan& plan, const Zone& zone,
                       std::optional<Day> overdue_base = std::nullopt);

/// That instant stands on a work calendar that is not published (暂定). As stage_at for the rest.
bool stage_is_provisional(const plan::Ladder& ladder, const plan::Stage& stage,
                          const Occurrence& occurrence, const plan::Plan& plan, const Zone& zone,
                          std::optional<Day> overdue_base = std::nullopt);

/// Mistakes that only dates show: impossible dates, cycles and unlike recurrences of relative due
/// dates, ladder stages out of order, dates outside the year or in unpublished years (warning).
Diagnostics diagnose(const plan::Plan& plan);

}  // namespace duban::calendar
