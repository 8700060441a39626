// TIMES: attempts are numbered without holes and wait as their channel's curve says, or as long as
// the receiver asks within a day.

#include <algorithm>
#include <map>

#include "sim/model/court.h"
#include "sim/model/curve.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "TIMES";
class Attempts {
 public:
  Attempts(Court& court) : court_(court) {
    for (const auto& notice : court.outcome.notices) {
      for (const auto& one : notice.attempts) tried_[notice.endpoint].push_back(one.at);
    }
    for (auto& [endpoint, times] : tried_) std::ranges::sort(times);
  }
  void judge(const NoticeRow& notice);

 private:
  void complain(const NoticeRow& notice, const AttemptRow& attempt, const std::string& what) {
    court_.complain(rule, notice.id + " attempt " + std::to_string(attempt.number) + " at " +
                              court_.at(attempt.at) + ' ' + what);
  }
  void judge_wait(const NoticeRow& notice, std::size_t index);
  void judge_end(const NoticeRow& notice);
  bool others_between(const NoticeRow& notice, Second from, Second to) const;

  Court& court_;
  std::map<std::string, std::vector<Second>> tried_;
};

bool Attempts::others_between(const NoticeRow& notice, Second from, Second to) const {
  const auto& times = tried_.at(notice.endpoint);
  auto first = std::ranges::lower_bound(times, from);
  auto last = std::ranges::upper_bound(times, to);
  return last - first > 2;
}

void Attempts::judge_wait(const NoticeRow& notice, std::size_t index) {
  const auto& before = notice.attempts[index - 1];
  const auto& attempt = notice.attempts[index];
  auto delay = curve_of(notice.channel).delay_after(index);
  auto waited = attempt.at - before.at;
  const auto& life = court_.life;
  if (life.clock_was_set()) return;
  if (waited < delay - give(delay)) {
    complain(notice, attempt, "came after " + std::to_string(waited) + " s, the curve says " +
                                  std::to_string(delay));
  }
  auto from = life.since_of(before.at, court_.story.begins);
  auto to = life.since_of(attempt.at, court_.story.begins);
  if (!from || !to || !life.is_calm(*from, *to)) return;
  if (others_between(notice, before.at - probe_every, attempt.at)) return;
  bool asked = before.reason == "rate-limited" || before.reason == "server-error" ||
               before.reason == "bad-configuration";
  auto latest = std::max(delay, asked ? asked_at_most : delay) + probe_every + attempt_takes;
  if (waited > latest + give(latest)) {
    complain(notice, attempt, "came only after " + std::to_string(waited) + " s, not by " +
                                  std::to_string(latest));
  }
}

void Attempts::judge_end(const NoticeRow& notice) {
  bool gave_up = notice.ended == "failed" && notice.end_reason == "tries-exhausted";
  if (!gave_up || notice.attempts.empty() || court_.life.clock_was_set()) return;
  auto tried = notice.attempts.back().at - notice.attempts.front().at;
  auto least = curve_of(notice.channel).give_up - asked_at_most - probe_every;
  if (tried < least) {
    complain(notice, notice.attempts.back(),
             "was the last, " + std::to_string(tried) + " s after the first: given up too soon");
  }
}

void Attempts::judge(const NoticeRow& notice) {
  int unknown = 0;
  for (std::size_t i = 0; i < notice.attempts.size(); ++i) {
    const auto& attempt = notice.attempts[i];
    if (attempt.number != static_cast<int>(i) + 1) {
      complain(notice, attempt, "is the " + std::to_string(i + 1) + "th there is");
    }
    bool last = i + 1 == notice.attempts.size();
    bool final = attempt.outcome == "delivered" || attempt.outcome == "rejected";
    if (final && !last) complain(notice, attempt, "was " + attempt.outcome + ", and not the last");
    if (attempt.outcome == "unknown") ++unknown;
    if (!last && unknown > curve_of(notice.channel).unknown_resends) {
      complain(notice, attempt, "is unknown once too often to go on");
    }
    if (i > 0) judge_wait(notice, i);
  }
  if (notice.state == "drafted" && !notice.attempts.empty()) {
    complain(notice, notice.attempts.front(), "is of a draft that nobody released");
  }
  judge_end(notice);
}

}  // namespace

void judge_attempts(Court& court) {
  Attempts attempts{court};
  for (const auto& notice : court.outcome.notices) attempts.judge(notice);
}

}  // namespace duban::sim::model
