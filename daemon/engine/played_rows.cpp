#include "engine/played_rows.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/manner.h"

namespace duban::engine {
namespace {

using schedule::SubmittedRow;

// A first table has nothing to be unchanged from.
bool is_first(const schedule::Timetable& timetable, const schedule::Assignment& assignment) {
  const auto& all = timetable.occurrences();
  auto first = std::ranges::find(all, assignment.duty, &calendar::Occurrence::duty);
  return first == all.end() || first->period == assignment.key.period;
}

SubmittedRow row_of(const plan::Task& task, const plan::Plan& plan, double state, double asks) {
  SubmittedRow row{.clause = task.id};
  if (state < 0.1) {
    row.state = RowState::done;
    row.progress = "排演:本阶段已完成。";
  } else if (state < 0.7) {
    row.state = RowState::on_track;
    row.progress = "排演:按节点推进。";
  } else if (state < 0.85) {
    row.state = RowState::behind;
    row.progress = "排演:比节点慢。";
    row.problem = "排演:前期手续未办完";
  } else {
    row.state = RowState::undated;
    row.progress = "排演:节点未定。";
  }
  if (row.state == RowState::behind && asks < 0.5) {
    row.asks_whom = plan.office.name;
    row.asks_what = "排演:请协调前期手续";
    row.asks_by = "下月月底前";
  }
  return row;
}

}  // namespace

std::vector<SubmittedRow> played_rows(const schedule::Timetable& timetable,
                                      const schedule::Assignment& assignment,
                                      std::uint64_t seed) {
  const auto& plan = timetable.plan();
  const auto& key = assignment.key;
  bool first = is_first(timetable, assignment);
  std::vector<SubmittedRow> rows;
  for (const auto* task : plan.rows_of(plan.duties[assignment.duty], key.unit, key.slice)) {
    auto draw = [&](std::string_view what) {
      return drawn(seed, fmt::format("row {}|{}|{}|{}|{}|{}", what, plan.id, key.duty, key.period,
                                     key.unit, task->id));
    };
    if (!first && draw("unchanged") < 0.3) {
      rows.push_back({.clause = task->id, .unchanged = true});
    } else {
      rows.push_back(row_of(*task, plan, draw("state"), draw("asks")));
    }
  }
  return rows;
}

}  // namespace duban::engine
