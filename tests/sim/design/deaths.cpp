// The daemon dies at the moment that matters, and comes back at another one.

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;
using How = Down::How;

// Moments at which the daemon has something to do.
Spot busy(Draft& draft) {
  return draft.choice.percent(75)
             ? draft.spot({Kind::stage})
             : draft.spot({Kind::due, Kind::silence_ends, Kind::opens, Kind::list,
                           Kind::plan_begins, Kind::plan_ends, Kind::month_ends,
                           Kind::clock_changes, Kind::made_up});
}

How dead(Draft& draft) { return draft.choice.of({How::killed, How::power_lost}); }

void kill_around(Draft& draft) {
  auto spot = busy(draft);
  auto off = draft.choice.of<Second>({-1, 0, 1});
  draft.at(spot.at + off, Down{.how = dead(draft),
                               .back_after = draft.choice.of<Second>({1, 2, 5, 60})});
}

void kill_at_await(Draft& draft) {
  auto spot = busy(draft);
  draft.at(spot.at - draft.choice.of<Second>({0, 1}),
           Down{.how = dead(draft),
                .back_after = draft.choice.of<Second>({1, 5, 120}),
                .at_await = draft.choice.between(1, 40)});
}

void kill_at_disk(Draft& draft) {
  auto spot = busy(draft);
  draft.at(spot.at - draft.choice.of<Second>({0, 1}),
           Down{.how = dead(draft),
                .back_after = draft.choice.of<Second>({1, 5, 120}),
                .at_disk = draft.choice.between(1, 40)});
}

void power_lost_in_burst(Draft& draft) {
  // Where most fall together.
  auto spot = busy(draft);
  for (int i = 0; i < 6; ++i) {
    auto other = draft.spot({Kind::stage});
    if (other.units > spot.units) spot = other;
  }
  Down down{.how = How::power_lost, .back_after = draft.choice.of<Second>({1, 30, 3600})};
  if (draft.choice.percent(50)) {
    down.at_disk = draft.choice.between(1, 12);
  } else {
    down.at_fsync = draft.choice.between(1, 6);
  }
  draft.at(spot.at - 1, down);
}

void two_kills(Draft& draft) {
  auto spot = busy(draft);
  auto back = draft.choice.of<Second>({1, 5});
  draft.at(spot.at, Down{.how = dead(draft), .back_after = back,
                         .at_await = draft.choice.between(0, 10)});
  // As soon as it is up again, or while it catches up.
  for (auto more : {0, 1, 2}) {
    if (!draft.choice.percent(60)) continue;
    draft.at(spot.at + back + more,
             Down{.how = dead(draft), .back_after = back,
                  .at_await = draft.choice.between(0, 6), .at_disk = draft.choice.between(0, 6)});
  }
}

void kill_during_recovery(Draft& draft) {
  auto spot = busy(draft);
  // The doom stands through the stop and falls while it starts.
  draft.at(spot.at - 2, Down{.how = dead(draft), .back_after = draft.choice.of<Second>({1, 10}),
                             .at_await = draft.choice.between(1, 25),
                             .at_disk = draft.choice.of({0, draft.choice.between(1, 30)})});
  draft.at(spot.at - 2,
           Down{.how = How::stopped, .back_after = draft.choice.of<Second>({2, 3, 5})});
}

void lease_runs_out(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at, Weather{.kind = draft.choice.of({Weather::Kind::slow, Weather::Kind::stalls}),
                            .address = "", .how_long = 60});
  // Claimed, and nobody there when the lease ends after 120 s.
  draft.at(spot.at + draft.choice.of<Second>({1, 3, 9, 12}),
           Down{.how = dead(draft),
                .back_after = draft.choice.of<Second>({2, 107, 111, 117, 118, 119, 120, 121})});
}

void kill_at_retry(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  using enum Weather::Kind;
  draft.at(spot.at, Weather{.kind = draft.choice.of({errors, refuses_connection, cuts_reply}),
                            .address = draft.choice.percent(50) ? draft.address_of(spot) : "",
                            .how_long = draft.choice.of<Second>({4, 200, 2000})});
  // 5 s, 5 min and 30 min after the attempts that failed.
  auto retry = draft.choice.of<Second>({5, 306, 2107});
  draft.at(spot.at + retry + draft.choice.of<Second>({-1, 0, 1}),
           Down{.how = dead(draft), .back_after = draft.choice.of<Second>({1, 5, 400}),
                .at_await = draft.choice.between(0, 8)});
}

}  // namespace

std::vector<Situation> deaths() {
  return {{"kill around a moment", kill_around},
          {"kill at an await", kill_at_await},
          {"kill at a disk operation", kill_at_disk},
          {"power lost in a burst", power_lost_in_burst},
          {"two kills in a row", two_kills},
          {"kill during recovery", kill_during_recovery},
          {"nobody there when a lease ends", lease_runs_out},
          {"kill at a retry", kill_at_retry}};
}

}  // namespace duban::sim::design
