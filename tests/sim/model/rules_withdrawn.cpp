// WITHDRAWN: what waits to be sent or released does not outlive its cause: who has handed in, or
// need not, hears no more of it.

#include <limits>

#include "sim/model/situation.h"
#include "sim/model/tries.h"

namespace duban::sim::model {
namespace {

using Standing = Situation::Standing;

/// From a fact until what it ends is withdrawn.
constexpr Second ends_within = 60;

class Withdrawn {
 public:
  Withdrawn(Court& court, const Records& records, const Tries& tries)
      : court_(court), records_(records), tries_(tries) {}
  void judge(const NoticeRow& notice);

 private:
  bool waits(const NoticeRow& notice, Second from, Second to) const;
  bool is_over(const Owed& owed, Second since) const;

  Court& court_;
  const Records& records_;
  const Tries& tries_;
};

// Neither begun, nor attempted, nor ended by then.
bool Withdrawn::waits(const NoticeRow& notice, Second from, Second to) const {
  const auto& tries = tries_.of(notice.id);
  if (!tries.empty() && tries.front().exchange->began.since <= to) return false;
  if (!notice.ended) return true;
  auto ended = court_.life.written_at(*notice.ended_at, records_.since_of(notice.seq));
  return ended && *ended > to && from < *ended;
}

bool Withdrawn::is_over(const Owed& owed, Second since) const {
  auto texts = records_.texts_at(since);
  if (texts.size() != 1) return false;
  Situation now{records_, *texts.front(), owed,
                {records_.number_at(since), court_.life.wall_at(since), true}};
  return now.standing() == Standing::answered || now.standing() == Standing::excused;
}

void Withdrawn::judge(const NoticeRow& notice) {
  for (const auto* item : court_.items_of[notice.id]) {
    bool about = item->kind == "stage" || item->kind == "start" || item->kind == "change" ||
                 item->kind == "answer";
    if (!about) continue;
    Owed owed{item->duty, item->period, item->unit};
    constexpr Knowing all{std::numeric_limits<std::int64_t>::max(), 0, true};
    for (const auto* fact : records_.facts_about(owed, all)) {
      bool ends = fact->kind == "received" || fact->kind == "excused" ||
                  fact->kind == "submitted" || fact->kind == "issued";
      if (!ends || fact->seq < notice.seq) continue;
      auto from = records_.since_of(fact->seq), to = from + ends_within;
      bool calm = court_.life.is_calm(from, to) && !court_.life.clock_was_set(from, to);
      if (!calm || !waits(notice, from, to) || !is_over(owed, from + 1) || !is_over(owed, to)) {
        continue;
      }
      court_.complain("WITHDRAWN", notice.id + " of " + court_.at(notice.queued_at) +
                                       " still waits with " + name_of(*item) + " after " +
                                       fact->kind + " of " + court_.at(fact->recorded_at));
      return;
    }
  }
}

}  // namespace

void judge_withdrawn(Court& court, const Tries& tries) {
  Records records{court};
  Withdrawn withdrawn{court, records, tries};
  for (const auto& notice : court.outcome.notices) withdrawn.judge(notice);
}

}  // namespace duban::sim::model
