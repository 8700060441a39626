// WAITS: by the clock that only goes on, whatever the wall clock is set to: each attempt waits as
// long as its channel's curve and the receiver ask, no more and no less, and none comes after the
// channel gives up.

#include <algorithm>

#include "sim/model/curve.h"
#include "sim/model/tries.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "WAITS";

class Waits {
 public:
  Waits(Court& court, const Tries& tries) : court_(court), tries_(tries) {}
  void judge(const NoticeRow& notice);

 private:
  void judge_next(const NoticeRow& notice, std::size_t index, const Exchange& before,
                  const Exchange& next);
  void judge_last(const NoticeRow& notice, const Exchange& last);
  void complain(const NoticeRow& notice, const Exchange& one, const std::string& what) {
    court_.complain(rule, notice.id + " of " + court_.at(one.began.wall) + ' ' + what);
  }
  // Other notices of an endpoint that fails wait for its probe.
  bool is_crowded(const NoticeRow& notice, Second from, Second to) const;

  Court& court_;
  const Tries& tries_;
};

Second asked(const Exchange& one) {
  bool heard = one.reply >= 500 || one.reply == 408 || one.reply == 425 || one.reply == 429;
  return heard ? std::clamp<Second>(one.retry_after, 0, asked_at_most) : 0;
}

std::string text_of(Second seconds) { return std::to_string(seconds) + " s"; }

bool Waits::is_crowded(const NoticeRow& notice, Second from, Second to) const {
  for (const auto& other : court_.outcome.notices) {
    if (other.endpoint != notice.endpoint || other.id == notice.id) continue;
    for (const auto& [exchange, row] : tries_.of(other.id)) {
      bool beside = exchange->ended.since >= from && exchange->began.since <= to;
      if (beside) return true;
    }
  }
  return false;
}

void Waits::judge_next(const NoticeRow& notice, std::size_t index, const Exchange& before,
                       const Exchange& next) {
  const auto& life = court_.life;
  auto from = before.ended.since, to = next.began.since, waited = to - from;
  auto wait = std::max(curve_of(before.channel).delay_after(index), asked(before));
  bool hurt = life.was_hurt(from, to), set = life.clock_was_set(from, to);
  if (hurt && set) return;
  // At the end of its sense it is looked at again, and with a clock set back that is no end.
  bool cut_short = set && notice.expires_at && before.ended.wall + wait >= *notice.expires_at;
  // What the clock makes due before anybody has heard that it was set.
  bool at_the_step = life.clock_was_set(to - 2, to);
  if (!cut_short && !at_the_step && waited < wait - give(wait)) {
    complain(notice, next, "waited " + text_of(waited) + ", not " + text_of(wait));
  }
  if (hurt || is_crowded(notice, from - probe_every, to)) return;
  auto latest = wait + probe_every + attempt_takes;
  if (waited > latest + give(latest)) {
    complain(notice, next, "waited " + text_of(waited) + ", not " + text_of(wait));
  }
}

void Waits::judge_last(const NoticeRow& notice, const Exchange& last) {
  const auto& life = court_.life;
  const auto* first = tries_.exchange_of(notice.attempts.front());
  auto count = notice.attempts.size();
  if (first == nullptr || life.clock_was_set(first->began.since, last.ended.since)) return;
  const auto& curve = curve_of(last.channel);
  auto tried = last.began.since - first->ended.since;
  auto since_before = last.began.since - asked_at_most - probe_every;
  bool hurt = life.was_hurt(since_before, last.began.since);
  if (!hurt && tried > curve.give_up + probe_every + give(curve.give_up)) {
    complain(notice, last, "is tried " + text_of(tried) + " after the first time: for ever");
  }
  bool gave_up = notice.ended == "failed" && notice.end_reason == "tries-exhausted";
  auto next = tried + std::max(curve.delay_after(count), asked(last)) + probe_every;
  if (gave_up && next < curve.give_up - give(curve.give_up)) {
    complain(notice, last, "was given up " + text_of(tried) + " after the first time: too soon");
  }
}

void Waits::judge(const NoticeRow& notice) {
  const Exchange* before = nullptr;
  for (std::size_t i = 0; i < notice.attempts.size(); ++i) {
    const auto* one = tries_.exchange_of(notice.attempts[i]);
    if (before != nullptr && one != nullptr) judge_next(notice, i, *before, *one);
    before = one;
  }
  if (before != nullptr) judge_last(notice, *before);
}

}  // namespace

void judge_waits(Court& court, const Tries& tries) {
  Waits waits{court, tries};
  for (const auto& notice : court.outcome.notices) waits.judge(notice);
}

}  // namespace duban::sim::model
