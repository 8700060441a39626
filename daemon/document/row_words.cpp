#include "document/row_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "document/standpoint_words.h"
#include "schedule/outcome.h"

namespace duban::document {
namespace {

using schedule::Assignment;
using schedule::Outcome;

const Assignment* assignment_of(const Standpoint& standpoint, const TableSaid& said,
                                std::string_view period, std::string_view unit) {
  const auto& all = standpoint.assignments();
  auto found = std::ranges::find_if(all, [&](const Assignment& one) {
    return one.key.duty == said.table().id && one.key.period == period && one.key.unit == unit;
  });
  return found == all.end() ? nullptr : &*found;
}

// Why nothing stands there.
RowWords without_row(const Standpoint& standpoint, const Assignment* assignment,
                     bool handed_in_others) {
  if (assignment == nullptr) return {};
  auto outcome = schedule::outcome_of(*assignment, standpoint.as_of());
  if (!outcome) return {};
  if (*outcome == Outcome::excused) return {.progress = "免报(" + assignment->excuse + ")"};
  if (assignment->first_answered_at) {
    return {.progress = handed_in_others ? "本项未填" : "已报,内容未录入"};
  }
  if (*outcome == Outcome::extended) {
    return {.progress = "延期至" + day_words(standpoint, *assignment->granted_due) + "报"};
  }
  return {.not_in = true};
}

}  // namespace

RowWords row_words(const Standpoint& standpoint, const TableSaid& said, std::string_view period,
                   std::string_view unit, const plan::Task& task) {
  if (const auto* found = said.row(period, unit, task.id)) {
    const auto& row = found->row;
    RowWords words{.progress = row.progress, .problem = row.problem};
    if (row.unchanged) words.progress = "本月无变化";
    else if (row.progress.empty()) words.progress = "未写进展";
    return words;
  }
  bool others = std::ranges::any_of(said.rows(period), [&](const schedule::RowSaid& one) {
    return one.about.unit == unit;
  });
  return without_row(standpoint, assignment_of(standpoint, said, period, unit), others);
}

std::string lacking_words(std::string_view lead) { return fmt::format("情况未报{}", lead); }

}  // namespace duban::document
