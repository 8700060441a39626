// DRAFTS: a draft whose cause has gone, or whose plan is over, is closed. STORM: more notices at
// once than the plan allows, of what is late, changed or gone, wait as drafts; no fewer do.

#include <algorithm>
#include <map>
#include <set>

#include "sim/model/situation.h"

namespace duban::sim::model {
namespace {

constexpr Second slack = 120;

void judge_open_draft(Court& court, const Records& records, const Text& text,
                      const NoticeRow& draft) {
  Knowing knowing{records.number_at(court.life.ends()), court.life.wall_at(court.life.ends()),
                  true};
  auto complain = [&](const std::string& why) {
    court.complain("DRAFTS", draft.id + " of " + court.at(draft.queued_at) +
                                 " still waits for release, and " + why);
  };
  if (knowing.now >= text.ends() + slack) return complain("the plan is over");
  for (const auto* item : court.items_of[draft.id]) {
    if (item->duty.empty() || item->audience != "leader") continue;
    Owed owed{item->duty, item->period, item->unit};
    Situation now{records, text, owed, knowing};
    auto why = now.why_silent();
    if (why.empty() && now.waits_for_office()) why = "its unit waits for the office";
    for (const auto* fact : records.facts_about(owed, knowing)) {
      bool called = fact->kind == "called" && fact->unit == item->unit;
      if (called && fact->recorded_at > draft.queued_at) why = "the office has called since";
    }
    if (!why.empty()) complain(name_of(*item) + ": " + why);
  }
}

// In one second there may have been two steps, and who saw an edit in a diff has seen what it does.
bool was_seen(const Court& court, const NoticeRow& notice) {
  bool seen = false;
  for (const auto& fact : court.outcome.facts) {
    if (fact.kind == "plan-text" && fact.seq < notice.seq) seen = fact.note == "diffed";
  }
  return seen;
}

bool is_stormy(const ItemRow& item, bool seen) {
  if (item.audience == "office") return false;
  return item.late || (!seen && (item.kind == "change" || item.kind == "gone"));
}

/// Endpoints that got something in one second, and how many the texts of then allow at once.
struct AtOnce {
  std::set<std::string> endpoints;
  std::size_t least = 0, most = 0;
};
using ByMoment = std::map<Second, AtOnce>;

void add(ByMoment& moments, const Records& records, const NoticeRow& notice) {
  auto& one = moments[notice.queued_at];
  one.endpoints.insert(notice.endpoint);
  one.least = one.most = 0;
  for (const auto* text : records.texts_at(records.since_of(notice.seq))) {
    auto storm = static_cast<std::size_t>(std::max(text->plan().storm, 0));
    one.least = one.most == 0 ? storm : std::min(one.least, storm);
    one.most = std::max(one.most, storm);
  }
}

void judge_storms(Court& court, const Records& records) {
  ByMoment sent, held;
  for (const auto& notice : court.outcome.notices) {
    if (!notice.replaces.empty()) continue;
    bool draft = notice.state == "drafted";
    if (draft && notice.reason == "storm") add(held, records, notice);
    if (draft) continue;
    bool seen = was_seen(court, notice);
    const auto& items = court.items_of[notice.id];
    bool stormy = std::ranges::any_of(
        items, [&](const ItemRow* item) { return is_stormy(*item, seen); });
    if (stormy) add(sent, records, notice);
  }
  for (const auto& [at, one] : sent) {
    if (one.endpoints.size() <= one.most) continue;
    court.complain("STORM", std::to_string(one.endpoints.size()) + " went at once at " +
                                court.at(at) + ", the plan holds more than " +
                                std::to_string(one.most));
  }
  for (const auto& [at, one] : held) {
    if (one.endpoints.size() > one.least) continue;
    court.complain("STORM", "only " + std::to_string(one.endpoints.size()) + " were held at " +
                                court.at(at));
  }
}

}  // namespace

void judge_drafts(Court& court) {
  Records records{court};
  judge_storms(court, records);
  auto ends = court.life.ends();
  auto texts = records.texts_at(ends);
  if (texts.size() != 1 || !court.life.is_calm(ends - slack, ends)) return;
  for (const auto& notice : court.outcome.notices) {
    bool open = !notice.ended && notice.state == "drafted";
    if (open) judge_open_draft(court, records, *texts.front(), notice);
  }
}

}  // namespace duban::sim::model
