// Stages in time order. A working day is at least a day, so some pairs of `d` and `wd` can stand
// either way: only what is out of order for every due time is reported.

#include <limits>
#include <set>

#include "base/limits.h"
#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

struct Span {
  int least, most;
};

constexpr int unbounded = std::numeric_limits<int>::max();

int floor_div(int value, int by) { return value / by - (value % by < 0 ? 1 : 0); }

// The days by which an offset can move.
Span days_of(const Offset& offset) {
  auto n = offset.count;
  if (offset.unit == Offset::Unit::days || n == 0) return {n, n};
  if (offset.unit == Offset::Unit::hours) return {floor_div(n, 24), floor_div(n + 23, 24)};
  return n > 0 ? Span{n, unbounded} : Span{-unbounded, n};
}

bool certainly_after(const Offset& a, const Offset& b) {
  if (a.unit == b.unit && a.count != b.count) return a.count > b.count;
  auto first = days_of(a), second = days_of(b);
  if (first.least > second.most) return true;
  bool same_day = (a.unit == b.unit && a.count == b.count) ||
                  (first.least == second.most && first.least == first.most);
  return same_day && a.time && b.time && *a.time > *b.time;
}

}  // namespace

void check_ladders(Draft& draft) {
  for (const auto& ladder : draft.plan.ladders) {
    if (ladder.stages.size() > limits::ladder_stages) {
      settings::error(draft.diagnostics, ladder.place, "too-many",
                      both("催办梯 {} 有{}个节点,最多{}个",
                           "ladder {} has {} stages, at most {} are allowed", ladder.id,
                           ladder.stages.size(), limits::ladder_stages),
                      {"少写几个", "write fewer"});
      continue;
    }
    std::set<std::string> keys;
    for (std::size_t i = 0; i < ladder.stages.size(); ++i) {
      const auto& stage = ladder.stages[i];
      if (!keys.insert(stage.key).second) {
        settings::error(draft.diagnostics, stage.place, "twice-used",
                        both("{} 写了两次", "{} is written twice", stage.key),
                        {"删去一个", "remove one"});
        continue;
      }
      if (i == 0 || !certainly_after(ladder.stages[i - 1].offset, stage.offset)) continue;
      const auto& before = ladder.stages[i - 1];
      settings::error(draft.diagnostics, before.place, "stage-order",
                      both("催办梯 {} 的 {} 排在 {} 之后", "in ladder {}, {} comes after {}",
                           ladder.id, before.key, stage.key),
                      {"按时间先后写", "write the stages in order of time"});
    }
  }
}

}  // namespace duban::plan
