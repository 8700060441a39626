// LEDGER: numbers are used once and without holes, the cursor is the last look, nobody was woken
// for nothing.

#include <algorithm>
#include <set>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "LEDGER";

std::size_t rows_in(const Outcome& outcome) {
  auto rows = outcome.items.size() + outcome.notices.size() + outcome.facts.size();
  for (const auto& item : outcome.items) rows += item.ended_reason ? 1U : 0U;
  for (const auto& notice : outcome.notices) {
    rows += notice.attempts.size() + (notice.ended ? 1U : 0U);
  }
  return rows;
}

void judge_numbers(Court& court) {
  const auto& outcome = court.outcome;
  auto rows = static_cast<std::int64_t>(rows_in(outcome));
  std::set<std::int64_t> used;
  auto use = [&](std::int64_t seq, const std::string& what) {
    if (!used.insert(seq).second) {
      court.complain(rule, "number " + std::to_string(seq) + " is used twice, by " + what);
    } else if (seq < 1 || seq > rows) {
      court.complain(rule, "number " + std::to_string(seq) + " of " + what + " in a ledger of " +
                               std::to_string(rows) + " rows: a row is missing");
    }
  };
  for (const auto& fact : outcome.facts) use(fact.seq, "fact " + fact.kind);
  for (const auto& item : outcome.items) use(item.seq, name_of(item));
  for (const auto& notice : outcome.notices) use(notice.seq, notice.id);
}

// By the wall clock as it could be seen at a look; a look that nobody heard of only moves it on.
void judge_cursor(Court& court) {
  constexpr Second write_takes = 5;
  const auto& looks = court.life.looks();
  const auto& cursor = court.outcome.cursor;
  if (looks.empty()) return;
  if (!cursor) return court.complain(rule, "there were looks and there is no cursor");
  // While it holds a set clock the daemon looks by the time before.
  bool certain = !court.life.clock_was_set();
  auto latest = std::ranges::max(looks, {}, &Moment::wall).wall;
  if (certain && *cursor < latest - write_takes) {
    court.complain(rule, "the cursor " + court.at(*cursor) + " is behind the look at " +
                             court.at(latest));
  }
  auto last = court.life.wall_at(court.life.ends());
  if (certain && *cursor > last + 1) {
    court.complain(rule, "the cursor " + court.at(*cursor) + " is ahead of the end " +
                             court.at(last));
  }
}

}  // namespace

void judge_ledger(Court& court) {
  judge_numbers(court);
  judge_cursor(court);
  for (const auto& woken : court.outcome.idle_wakes) {
    court.complain("IDLE", "woken for nothing at " + court.at(woken.wall));
  }
}

}  // namespace duban::sim::model
