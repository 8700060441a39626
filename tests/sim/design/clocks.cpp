// Clocks that are set, drift and sleep through the moment that matters.

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

constexpr Second hour = 3600, day = 24 * hour;

Spot moment(Draft& draft) {
  return draft.choice.percent(70)
             ? draft.spot({Kind::stage})
             : draft.spot({Kind::due, Kind::clock_changes, Kind::midnight, Kind::silence_begins,
                           Kind::silence_ends, Kind::month_ends, Kind::opens});
}

void set_back_over(Draft& draft) {
  auto spot = moment(draft);
  auto after = draft.choice.of<Second>({1, 2, 61, hour});
  auto by = draft.choice.of<Second>({after + 1, after + 60, 2 * hour, 9 * hour});
  draft.at(spot.at + after, ClockSet{-by});
  // And right again, now and then.
  if (draft.choice.percent(40)) draft.at(spot.at + after + 90, ClockSet{by});
}

void set_forward_over(Draft& draft) {
  auto spot = moment(draft);
  auto before = draft.choice.of<Second>({1, 30, 1800});
  draft.at(spot.at - before, ClockSet{draft.choice.of({before - 1, before, before + 1, before + 599,
                                                       before + 601, hour - 1, hour})});
}

void set_too_far(Draft& draft) {
  auto spot = moment(draft);
  auto by = draft.choice.of<Second>({hour + 1, 5 * hour, 3 * day, 400 * day});
  auto when = spot.at - draft.choice.of<Second>({1, hour});
  draft.at(when, ClockSet{by});
  // Seen and mended before or after somebody says that it is right.
  draft.at(when + draft.choice.of<Second>({20, 50, 3000}), ClockSet{-by});
}

void set_while_it_retries(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::errors, .address = "",
                                .how_long = draft.choice.of<Second>({10, 400, 3000})});
  draft.at(spot.at + draft.choice.of<Second>({1, 4, 5, 100, 306}),
           ClockSet{draft.choice.of<Second>({-7200, -600, -3, 3, 290, 3000})});
  if (draft.choice.percent(30)) draft.at(spot.at + 307, Down{.back_after = 1});
}

void set_while_down(Draft& draft) {
  auto spot = moment(draft);
  draft.at(spot.at - 60, Down{.how = Down::How::stopped, .back_after = 120});
  draft.at(spot.at, ClockSet{draft.choice.of<Second>({-5 * hour, -90, 90, 2 * hour})});
}

void drifts(Draft& draft) {
  auto spot = moment(draft);
  auto ppm = draft.choice.of({-500, -200, -20, 20, 200, 500});
  draft.at(spot.at - draft.choice.of<Second>({hour, day, 3 * day}), ClockDrift{ppm});
  auto until = spot.at + draft.choice.of<Second>({1, hour, 4 * day});
  draft.at(until, ClockDrift{0});
  if (draft.choice.percent(50)) draft.at(until + 1, ClockSet{ppm > 0 ? -30 : 30});
}

void suspended_over(Draft& draft) {
  auto spot = moment(draft);
  auto before = draft.choice.of<Second>({1, 60, hour});
  auto beyond = draft.choice.of<Second>({-1, 0, 1, 599, 601, 9 * hour, 2 * day});
  draft.at(spot.at - before, Suspended{before + beyond});
}

void suspended_in_flight(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::slow, .address = "", .how_long = 60});
  draft.at(spot.at + draft.choice.of<Second>({0, 1, 5, 12}),
           Suspended{draft.choice.of<Second>({1, 29, 119, 121, 4000})});
}

}  // namespace

std::vector<Situation> clocks() {
  return {{"clock set back over a moment", set_back_over},
          {"clock set forward over a moment", set_forward_over},
          {"clock set too far", set_too_far},
          {"clock set while it retries", set_while_it_retries},
          {"clock set while down", set_while_down},
          {"clock drifts over a moment", drifts},
          {"suspended over a moment", suspended_over},
          {"suspended with a message in flight", suspended_in_flight}};
}

}  // namespace duban::sim::design
