// What waits for a person: escalations and storms, released, put off, or left lying.

#include "sim/design/plans.h"
#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using What = Said::What;

constexpr Second hour = 3600, day = 24 * hour;

Said word(What what, Second until = 0) {
  return {.what = what, .duty = "", .period = "", .unit = "", .until = until,
          .stage = std::nullopt};
}

// So that there is something to release: the duty's ladder ends with an escalation.
void escalation_released(Draft& draft) {
  auto spot = draft.stage({Stage::Kind::escalate});
  auto when = spot.at + draft.choice.of<Second>({-1, 1, 2, hour, day, 3 * day});
  draft.at(when, word(What::release_draft));
  if (draft.choice.percent(50)) {
    draft.at(when, Down{.how = Down::How::killed, .back_after = 3,
                        .at_await = draft.choice.between(1, 12)});
  }
}

void escalation_deferred(Draft& draft) {
  auto spot = draft.stage({Stage::Kind::escalate});
  auto until = spot.at + draft.choice.of<Second>({hour, day, 3 * day});
  draft.at(spot.at + draft.choice.of<Second>({1, 60}), word(What::defer_draft, until));
  if (draft.choice.percent(60)) {
    draft.at(until + draft.choice.of<Second>({-1, 0, 1}), word(What::release_draft));
  }
}

void escalation_overtaken(Draft& draft) {
  auto spot = draft.stage({Stage::Kind::escalate});
  Said received{.what = What::received, .duty = spot.duty, .period = spot.period,
                .unit = draft.unit_of(spot), .stage = std::nullopt};
  draft.at(spot.at + draft.choice.of<Second>({-hour, -1, 1, hour}), received);
  draft.at(spot.at + 2 * hour, word(What::release_draft));
}

// An edit that tells more than the plan's storm at once.
void storm(Draft& draft) {
  auto spot = draft.spot({Spot::Kind::stage, Spot::Kind::due, Spot::Kind::opens});
  auto limit = draft.choice.between(1, 3);
  draft.edit(draft.begins() + 1, [limit](Plan& plan) { plan.storm = limit; });
  auto by = draft.choice.of({-3, -2, 2, 3});
  auto move = [by](Plan& plan) {
    for (auto& duty : plan.duties) {
      if (duty.every == Every::week || duty.day + by < 1 || duty.day + by > 28) continue;
      if (duty.ask_by_day && *duty.ask_by_day > duty.day + by) continue;
      duty.day += by;
    }
  };
  auto when = spot.at + draft.choice.of<Second>({-day, -1, 1, hour});
  draft.edit(when, move, draft.choice.percent(40));
  if (draft.choice.percent(60)) {
    draft.at(when + draft.choice.of<Second>({1, 60, hour, 2 * day}), word(What::release_storm));
  }
}

void late_storm(Draft& draft) {
  auto spot = draft.spot({Spot::Kind::stage});
  auto limit = draft.choice.between(1, 4);
  draft.edit(draft.begins() + 1, [limit](Plan& plan) { plan.storm = limit; });
  auto down = draft.choice.of<Second>({hour, 2 * day, 8 * day});
  draft.at(spot.at - 60, Down{.how = Down::How::stopped, .back_after = down});
  if (draft.choice.percent(60)) {
    draft.at(spot.at + down + draft.choice.of<Second>({1, hour, day}), word(What::release_storm));
  }
}

void resent(Draft& draft) {
  auto spot = draft.spot({Spot::Kind::stage});
  auto when = spot.at + draft.choice.of<Second>({1, 3, hour, day});
  draft.at(when, word(What::resend));
  if (draft.choice.percent(40)) draft.at(when + 1, word(What::resend));
  if (draft.choice.percent(30)) draft.at(when, Down{.back_after = 2, .at_await = 4});
}

}  // namespace

std::vector<Situation> sayings_of_drafts() {
  return {{"escalation released", escalation_released},
          {"escalation put off", escalation_deferred},
          {"escalation overtaken", escalation_overtaken},
          {"storm by an edit", storm},
          {"storm after an outage", late_storm},
          {"sent again by hand", resent}};
}

}  // namespace duban::sim::design
