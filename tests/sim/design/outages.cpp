// Nobody there for a while: over a stage, just long enough to be late, over a due time, for weeks.

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;
using How = Down::How;

constexpr Second hour = 3600, day = 24 * hour;

Said checked(const Spot& spot, Second ago = 0) {
  return {.what = Said::What::checked, .duty = spot.duty, .period = spot.period, .unit = "",
          .ago = ago, .stage = std::nullopt};
}

void late_or_just_not(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::late});
  if (spot.kind == Kind::late) spot.at -= 600;
  auto before = draft.choice.of<Second>({1, 30, 3600});
  auto back = before + 600 + draft.choice.of<Second>({-2, -1, 0, 1, 2, -300, 300, 300, 500});
  draft.at(spot.at - before, Down{.how = draft.choice.of({How::stopped, How::killed}),
                                  .back_after = back});
}

void down_over_several(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - draft.choice.of<Second>({1, hour, day}),
           Down{.how = draft.choice.of({How::stopped, How::killed, How::power_lost}),
                .back_after = draft.choice.of({6 * hour, 2 * day, 5 * day, 9 * day, 21 * day})});
}

void down_over_due(Draft& draft) {
  auto spot = draft.spot({Kind::due});
  auto before = draft.choice.of<Second>({1, 600, 5 * hour});
  auto after = draft.choice.of<Second>({1, 601, 9 * hour, 2 * day});
  draft.at(spot.at - before, Down{.how = How::stopped, .back_after = before + after});
  // What stands in the record after that is checked: before, at once, days later or never.
  auto wait = draft.choice.of<Second>({60, hour, day, 3 * day, 6 * day});
  if (draft.choice.percent(70)) draft.at(spot.at + after + wait, checked(spot));
}

void down_over_silence(Draft& draft) {
  auto spot = draft.spot({Kind::silence_begins, Kind::silence_ends});
  draft.at(spot.at - 1,
           Down{.how = How::killed, .back_after = draft.choice.of<Second>({2, 700, day})});
}

void flapping(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due, Kind::opens});
  for (Second at = spot.at - 3; at < spot.at + 6; at += draft.choice.of<Second>({1, 2, 3})) {
    draft.at(at, Down{.how = draft.choice.of({How::killed, How::stopped}), .back_after = 1});
  }
}

}  // namespace

std::vector<Situation> outages() {
  return {{"late by a second or not", late_or_just_not},
          {"down over several stages", down_over_several},
          {"down over a due time", down_over_due},
          {"down over a silence's edge", down_over_silence},
          {"flapping at a moment", flapping}};
}

}  // namespace duban::sim::design
