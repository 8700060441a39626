#include "document/milestones.h"

#include <algorithm>
#include <fmt/format.h>

#include "document/standpoint_words.h"

namespace duban::document {
namespace {

using schedule::Standing;

bool counts(Standing standing) {
  return standing == Standing::open || standing == Standing::answered ||
         standing == Standing::dated_too_late;
}

std::string due_words(const Standpoint& standpoint, const schedule::Assignment& one) {
  return one.due ? day_words(standpoint, *one.due) : "日期待定";
}

// A plan of one's own: written once, on all that it is named for.
bool is_own_plan(const plan::Duty& duty) {
  return duty.origin == plan::Origin::duty && duty.rows == plan::Rows::named &&
         duty.every == plan::Every::once;
}

}  // namespace

std::vector<Milestone> milestones_of(const Standpoint& standpoint, std::string_view task,
                                     std::string_view unit) {
  std::vector<Milestone> found;
  for (const auto& one : standpoint.assignments()) {
    const auto& duty = standpoint.plan().duties[one.duty];
    bool wanted = duty.origin == plan::Origin::milestone && duty.task == task &&
                  counts(one.standing) && (unit.empty() || one.key.unit == unit);
    if (wanted) found.push_back({&duty, &one});
  }
  std::ranges::stable_sort(found, {}, [](const Milestone& one) {
    return one.assignment->due.value_or(Instant::max());
  });
  return found;
}

std::string milestone_words(const Standpoint& standpoint, std::string_view task,
                            std::string_view unit) {
  auto all = milestones_of(standpoint, task, unit);
  if (all.empty()) return {};
  auto open = std::ranges::find_if(all, [](const Milestone& one) { return !one.is_done(); });
  if (open == all.end()) return all.back().duty->name + " 已完成";
  return open->duty->name + " " + due_words(standpoint, *open->assignment);
}

bool is_behind(const Milestone& milestone, Instant as_of) {
  const auto& one = *milestone.assignment;
  if (milestone.is_done() || !one.due) return false;
  return *one.due < as_of || one.extended;
}

std::string gap_words(const Standpoint& standpoint, const Milestone& milestone) {
  const auto& one = *milestone.assignment;
  auto first = one.first_due.value_or(*one.due);
  auto days = (standpoint.today() - standpoint.zone().day_of(first)).count();
  if (first >= standpoint.as_of()) return "已延期";
  return days == 0 ? "今日到期" : fmt::format("滞后{}日", days);
}

std::string milestone_source(const Standpoint& standpoint, std::string_view unit) {
  for (const auto& one : standpoint.assignments()) {
    const auto& duty = standpoint.plan().duties[one.duty];
    if (!is_own_plan(duty) || one.key.unit != unit || !one.first_answered_at) continue;
    return duty.name + day_words(standpoint, *one.first_answered_at) + "报";
  }
  return {};
}

}  // namespace duban::document
