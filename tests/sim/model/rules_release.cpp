// RELEASE: nothing goes to a leader by itself. It is written as a draft, and sent only when the
// office's last word about that draft was to let it go, not before its time.

#include <algorithm>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "RELEASE";

bool was_released(const Court& court, const NoticeRow& draft, std::int64_t before) {
  bool released = false;
  for (const auto& fact : court.outcome.facts) {
    if (fact.seq < draft.seq || fact.seq > before) continue;
    bool storm = fact.subject == "storm" && draft.reason == "storm";
    if (fact.kind == "released" && (fact.subject == draft.id || storm)) released = true;
    if (fact.kind == "deferred" && fact.subject == draft.id) released = false;
  }
  return released;
}

void judge_sent(Court& court, const NoticeRow& notice) {
  auto old = court.notice_by_id.find(notice.replaces);
  bool from_draft = old != court.notice_by_id.end() && old->second->state == "drafted";
  if (from_draft && !was_released(court, *old->second, notice.seq)) {
    court.complain(rule, notice.id + " was sent at " + court.at(notice.queued_at) + " from " +
                             notice.replaces + ", which nobody had released");
  }
  for (const auto* item : court.items_of[notice.id]) {
    if (item->audience != "leader" || item->kind != "stage") continue;
    if (!from_draft && old == court.notice_by_id.end()) {
      court.complain(rule, name_of(*item) + " was sent at " + court.at(notice.queued_at) +
                               " and was no draft before");
    }
    if (notice.queued_at < item->planned_at) {
      court.complain(rule, name_of(*item) + " was sent at " + court.at(notice.queued_at) +
                               ", before its time " + court.at(item->planned_at));
    }
  }
}

}  // namespace

void judge_release(Court& court) {
  for (const auto& notice : court.outcome.notices) {
    if (notice.state == "queued" && notice.reason != "resent") judge_sent(court, notice);
  }
}

}  // namespace duban::sim::model
