// ATTEMPTS: they are numbered without holes, none comes after an outcome that is final, nor of a
// draft.

#include <algorithm>

#include "sim/model/court.h"
#include "sim/model/curve.h"

namespace duban::sim::model {
namespace {

constexpr std::string_view rule = "ATTEMPTS";
class Attempts {
 public:
  explicit Attempts(Court& court) : court_(court) {}
  bool has_moved(const NoticeRow& notice) const;
  void judge(const NoticeRow& notice);

 private:
  void complain(const NoticeRow& notice, const AttemptRow& attempt, const std::string& what) {
    court_.complain(rule, notice.id + " attempt " + std::to_string(attempt.number) + " at " +
                              court_.at(attempt.at) + ' ' + what);
  }

  Court& court_;
};

// An edit moved its address to another channel, whose curve it goes on by.
bool Attempts::has_moved(const NoticeRow& notice) const {
  return std::ranges::any_of(court_.outcome.exchanges, [&](const Exchange& one) {
    return one.notice == notice.id && one.channel != notice.channel;
  });
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
    if (!last && unknown > curve_of(notice.channel).unknown_resends && !has_moved(notice)) {
      complain(notice, attempt, "is unknown once too often to go on");
    }
  }
  if (notice.state == "drafted" && !notice.attempts.empty()) {
    complain(notice, notice.attempts.front(), "is of a draft that nobody released");
  }
}

}  // namespace

void judge_attempts(Court& court) {
  Attempts attempts{court};
  for (const auto& notice : court.outcome.notices) attempts.judge(notice);
}

}  // namespace duban::sim::model
