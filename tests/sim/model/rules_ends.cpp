// ENDS: every notice comes to one end in time, for a reason that holds.

#include <algorithm>
#include <set>

#include "sim/model/court.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "ENDS";
/// The longest that anything waits for its next attempt (the last of the webhooks' delays, and the
/// longest Retry-After that is believed), and the attempt.
constexpr Second longest_wait = 26L * 3600;
/// A notice to a receiver that is well.
constexpr Second sends_within = 900;

class Ends {
 public:
  explicit Ends(Court& court) : court_(court) {}
  void judge();

 private:
  void complain(const NoticeRow& notice, const std::string& what) {
    std::string items;
    for (const auto* item : court_.items_of[notice.id]) items += " " + name_of(*item);
    court_.complain(rule, notice.id + " of " + court_.at(notice.queued_at) + ' ' + what + ":" +
                              items);
  }
  void judge_open(const NoticeRow& notice);
  void judge_delivered(const NoticeRow& notice);
  void judge_failed(const NoticeRow& notice);
  void judge_expired(const NoticeRow& notice);
  bool is_covered(const NoticeRow& notice, const ItemRow& item) const;
  void judge_withdrawn(const NoticeRow& notice);
  void judge_superseded(const NoticeRow& notice);

  Court& court_;
  std::set<std::string> replaced_;
};

void Ends::judge_open(const NoticeRow& notice) {
  const auto& life = court_.life;
  bool draft = notice.state == "drafted";
  auto queued = life.since_of(notice.queued_at, court_.story.begins);
  if (draft) {
    if (notice.outbox_next) complain(notice, "is a draft with a time to be sent");
    return;
  }
  if (!queued) return;
  auto from = std::max(*queued, court_.story.faults_end);
  bool long_ago = from + longest_wait + life.set_back() <= life.ends();
  bool after_all = *queued > court_.story.faults_end + longest_wait + life.set_back() &&
                   *queued + sends_within <= life.ends();
  auto last = life.wall_at(life.ends());
  if (long_ago || after_all) complain(notice, "has not ended by " + court_.at(last));
}

void Ends::judge_delivered(const NoticeRow& notice) {
  const auto& arrivals = court_.arrivals_of[notice.id];
  bool taken = std::ranges::any_of(arrivals, [](const Arrival* one) { return one->taken; });
  if (!taken) complain(notice, "is delivered and no receiver took it");
  if (notice.attempts.empty() || notice.attempts.back().outcome != "delivered") {
    complain(notice, "is delivered by no attempt");
  }
}

void Ends::judge_failed(const NoticeRow& notice) {
  bool unsent = notice.end_reason == "endpoint-gone" || notice.end_reason == "bad-configuration";
  if (notice.attempts.empty() && !unsent) complain(notice, "failed and was never attempted");
  if (!notice.attempts.empty() && notice.attempts.back().outcome == "delivered") {
    complain(notice, "failed by an attempt that was delivered");
  }
}

void Ends::judge_expired(const NoticeRow& notice) {
  if (!notice.expires_at || *notice.ended_at < *notice.expires_at) {
    return complain(notice, "expired before its sense ended");
  }
  const auto& life = court_.life;
  if (!notice.attempts.empty() || life.clock_was_set()) return;
  auto from = life.since_of(notice.queued_at, court_.story.begins);
  auto to = life.since_of(*notice.expires_at, court_.story.begins);
  if (!from || !to || *to - *from < 2 * sends_within) return;
  bool well = life.is_calm(*from + 60, *to) && !life.had_weather(*from - longest_wait, *to);
  if (well) complain(notice, "expired unsent although nothing was in its way");
}

// A draft of several: some have lost their sense, of the others something newer is told.
bool Ends::is_covered(const NoticeRow& notice, const ItemRow& item) const {
  if (notice.state != "drafted" || notice.end_reason != "sense-ended") return false;
  return std::ranges::any_of(court_.outcome.items, [&](const ItemRow& one) {
    return one.seq > item.seq && one.duty == item.duty && one.period == item.period &&
           one.unit == item.unit && one.audience == item.audience;
  });
}

void Ends::judge_withdrawn(const NoticeRow& notice) {
  static const std::set<std::string, std::less<>> reasons{
      "answered",        "excused",   "removed",     "due-moved", "before-the-beginning",
      "contact-changed", "plan-over", "sense-ended", "asked",     "disputed",
      "reassigned",      "called"};
  if (!reasons.contains(notice.end_reason)) {
    return complain(notice, "was withdrawn for no reason that is one: " + notice.end_reason);
  }
  if (notice.end_reason == "plan-over") {
    if (notice.state != "drafted") complain(notice, "was withdrawn at the plan's end, no draft");
    return;
  }
  // The call stands for the message.
  if (notice.end_reason == "called") {
    if (notice.state != "drafted") complain(notice, "was withdrawn for a call, no draft");
    return;
  }
  for (const auto* item : court_.items_of[notice.id]) {
    bool goes_on = item->notices.back() != notice.id || is_covered(notice, *item);
    if (!item->ended_reason && !goes_on) {
      complain(notice, "was withdrawn, and it stands that it was told");
    }
  }
  if (!notice.attempts.empty() && notice.end_reason != "contact-changed") {
    complain(notice, "was withdrawn after an attempt, because " + notice.end_reason);
  }
}

void Ends::judge_superseded(const NoticeRow& notice) {
  if (notice.end_reason == "newer-stage" && notice.state == "drafted") return;
  if (!replaced_.contains(notice.id)) complain(notice, "was superseded by nothing");
}

void Ends::judge() {
  for (const auto& notice : court_.outcome.notices) replaced_.insert(notice.replaces);
  for (const auto& notice : court_.outcome.notices) {
    if (!notice.ended) {
      judge_open(notice);
      continue;
    }
    if (notice.outbox_next) complain(notice, "has ended and is still in the outbox");
    const auto& state = *notice.ended;
    if (state == "delivered") judge_delivered(notice);
    else if (state == "failed") judge_failed(notice);
    else if (state == "expired") judge_expired(notice);
    else if (state == "withdrawn") judge_withdrawn(notice);
    else if (state == "superseded") judge_superseded(notice);
    else complain(notice, "ended in no state that is one: " + state);
  }
}

}  // namespace

void judge_ends(Court& court) { Ends{court}.judge(); }

}  // namespace duban::sim::model
