// GONE: an endpoint that says it is gone is left alone until the plan is read anew or the daemon
// starts again. LEASE: nobody takes up what a dead daemon had in hand while its attempt may still
// be under way. SENT: what may go out goes out at once.

#include <algorithm>
#include <map>

#include "sim/model/tries.h"

namespace duban::sim::model {
namespace {

using Kind = Event::Kind;

/// One attempt on the wire; a lease outlives it.
constexpr Second attempt_at_most = 30, lease_ends = 125;
/// From the moment at which a notice may go until it does, when its endpoint is well and nothing
/// is in the way: the pace of some notices, and a store that has just come back.
constexpr Second sent_within = 75;
/// An endpoint that failed is probed so often.
constexpr Second probed_within = 900;

class Endpoints {
 public:
  Endpoints(Court& court, const Tries& tries) : court_(court), tries_(tries) {
    for (const auto& notice : court.outcome.notices) {
      for (const auto& one : tries.of(notice.id)) {
        tried_[notice.endpoint].push_back(one.exchange);
      }
    }
    for (auto& [endpoint, tried] : tried_) {
      std::ranges::stable_sort(tried, {}, [](const Exchange* one) { return one->began.since; });
    }
  }
  void judge_gone() const;
  void judge_lease(const NoticeRow& notice) const;
  void judge_sent(const NoticeRow& notice) const;

 private:
  /// Whether somebody reads the plan anew, or starts, between two moments.
  bool is_reset(Second from, Second to) const;
  Second free_from(Second at, Second queued) const;
  bool is_well(const std::string& endpoint, Second from, Second to) const;

  Court& court_;
  const Tries& tries_;
  std::map<std::string, std::vector<const Exchange*>> tried_;
};

bool Endpoints::is_reset(Second from, Second to) const {
  return std::ranges::any_of(court_.outcome.events, [&](const Event& event) {
    bool resets = event.kind == Kind::up || event.kind == Kind::down ||
                  event.kind == Kind::edit_taken || event.kind == Kind::edit_refused ||
                  event.kind == Kind::edit_unknown;
    return resets && from <= event.at.since && event.at.since <= to + 5;
  });
}

void Endpoints::judge_gone() const {
  for (const auto& [endpoint, tried] : tried_) {
    const Exchange* gone = nullptr;
    for (const auto* one : tried) {
      if (gone != nullptr && one->began.since > gone->ended.since &&
          !is_reset(gone->ended.since, one->began.since)) {
        court_.complain("GONE", endpoint + " is tried at " + court_.at(one->began.wall) +
                                    " although it said at " + court_.at(gone->ended.wall) +
                                    " that it is gone");
      }
      if (one->channel == "hook" && one->reply == 410) gone = one;
    }
  }
}

void Endpoints::judge_lease(const NoticeRow& notice) const {
  const Exchange* before = nullptr;
  for (const auto& [exchange, row] : tries_.of(notice.id)) {
    if (before != nullptr) {
      auto from = before->began.since, to = exchange->began.since;
      if (to - from < attempt_at_most && !court_.life.clock_was_set(from - 120, to)) {
        court_.complain("LEASE", notice.id + " is tried at " + court_.at(exchange->began.wall) +
                                     ", and what a dead daemon began at " +
                                     court_.at(before->began.wall) + " may still be under way");
      }
    }
    before = row == nullptr && !exchange->whole ? exchange : nullptr;
  }
}

bool Endpoints::is_well(const std::string& endpoint, Second from, Second to) const {
  auto tried = tried_.find(endpoint);
  if (tried == tried_.end()) return true;
  return std::ranges::none_of(tried->second, [&](const Exchange* one) {
    bool failed = !one->whole || one->reply < 200 || one->reply >= 300;
    return failed && from <= one->ended.since && one->began.since <= to;
  });
}

// What a dead daemon had in hand waits until its lease ends.
Second Endpoints::free_from(Second at, Second queued) const {
  for (const auto& down : court_.life.down()) {
    if (queued <= down.from && down.from <= at) at = std::max(at, down.from + lease_ends);
  }
  return at;
}

void Endpoints::judge_sent(const NoticeRow& notice) const {
  if (notice.state == "drafted") return;
  const auto& life = court_.life;
  auto queued = life.written_at(notice.queued_at, court_.story.begins);
  if (!queued || life.clock_was_set()) return;
  const auto& tries = tries_.of(notice.id);
  auto sent = tries.empty() ? life.ends() : tries.front().exchange->began.since;
  for (const auto& calm : life.calm()) {
    auto from = free_from(std::max(calm.from, *queued), *queued), to = from + sent_within;
    if (to > calm.to) continue;
    if (sent <= to) return;
    auto wall = life.wall_at(to);
    bool over = notice.ended && *notice.ended_at <= wall + 1;
    if (over || !is_well(notice.endpoint, from - probed_within, to)) return;
    court_.complain("SENT", notice.id + " of " + court_.at(notice.queued_at) + " has not gone by " +
                                court_.at(wall) + " although nothing was in its way");
    return;
  }
}

}  // namespace

void judge_endpoints(Court& court, const Tries& tries) {
  Endpoints endpoints{court, tries};
  endpoints.judge_gone();
  for (const auto& notice : court.outcome.notices) {
    endpoints.judge_lease(notice);
    endpoints.judge_sent(notice);
  }
}

}  // namespace duban::sim::model
