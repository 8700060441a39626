#pragma once
// The due dates of a plan's duties, followed through the duties they count from. Behind
// occurrence.h, which turns them into instants, and diagnose(), which asks what went wrong.

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/due.h"
#include "calendar/occurrence.h"
#include "calendar/period.h"
#include "calendar/workdays.h"
#include "plan/plan.h"

namespace duban::calendar {

/// A period a duty may be about in this plan.
struct Candidate {
  Period period;
  /// A period of the plan's own year; else one of the last of the year before or of the first of
  /// the year after, which belongs to the plan only when its due date does.
  bool of_plan_year = true;
};

/// What `every` and `within` name. Without `within` the year bounds due dates alone, so that the
/// neighbouring periods are candidates too (December reported in January; the week of New Year).
std::vector<Candidate> candidates(const plan::Duty& duty, int year);

/// What a rule came to.
struct Dated {
  Dating dating = Dating::never;
  /// Only when dated.
  std::optional<DueDay> due;
  /// What the plan's author has to mend; the duty is then waiting.
  std::optional<DueMistake> mistake;
};

/// Refers to the plan and the record, which must outlive it.
class DueDates {
 public:
  DueDates(const plan::Plan& plan, const HeldOn& held);

  /// The due date for the period reported about, whether or not the period is excused (what counts
  /// from an excused period still has its date).
  Dated due(std::size_t duty, const Period& about) const;
  /// The softer date, or nothing where none is written.
  std::optional<Dated> ask_by(std::size_t duty, const Period& about) const;

 private:
  /// The duties whose due dates are being followed, from the first asked.
  using Path = std::vector<std::size_t>;
  struct Written {
    const plan::DueRule& rule;
    /// Stands in a period's change, not in the duty.
    bool changed;
  };

  Written written_due(const plan::Duty& duty, const Period& about) const;
  Dated follow(std::size_t duty, const Period& about, Path& path) const;
  Dated date(const plan::Duty& duty, Written written, const Period& about, Path& path) const;
  Dated from_other(const plan::Duty& duty, Written written, const Period& about, Path& path) const;
  Dated from_due(const plan::Duty& duty, const plan::DueRule& rule, std::size_t base,
                 const Period& period, Path& path) const;
  Dated from_held(const plan::Duty& duty, const plan::DueRule& rule, const plan::Duty& base,
                  const Period& period) const;
  std::optional<DueMistake> mistake_of_path(std::size_t base, const Path& path) const;

  const plan::Plan& plan_;
  const HeldOn& held_;
  Workdays workdays_;
  std::unordered_map<std::string_view, std::size_t> duty_by_id_;
};

}  // namespace duban::calendar
