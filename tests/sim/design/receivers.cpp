// Receivers that fail at the one attempt that matters.

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

constexpr Second hour = 3600, day = 24 * hour;

void reply_lost_then_killed(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::takes_and_loses_reply,
                                .address = draft.address_of(spot),
                                .how_long = draft.choice.of<Second>({3, 30})});
  draft.at(spot.at, Down{.how = draft.choice.of({Down::How::killed, Down::How::power_lost}),
                         .back_after = draft.choice.of<Second>({1, 5, 130}),
                         .at_await = draft.choice.between(1, 16)});
}

// At one moment, or from the first letter on.
void gone(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  bool early = draft.choice.percent(50);
  using enum Weather::Kind;
  draft.at(early ? draft.begins() + 1 : spot.at - 1,
           Weather{.kind = draft.choice.of({Weather::Kind::gone, Weather::Kind::gone, rejects}),
                   .address = draft.choice.percent(50) ? draft.address_of(spot) : "",
                   .how_long = early ? draft.choice.of<Second>({5 * day, 20 * day})
                                     : draft.choice.of<Second>({5, hour, 3 * day})});
}

void hostile_retry_after(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 1,
           Weather{.kind = draft.choice.of({Weather::Kind::too_many, Weather::Kind::errors}),
                   .address = draft.choice.percent(60) ? draft.address_of(spot) : "",
                   .how_long = draft.choice.of<Second>({5, 600, day}),
                   .retry_after = draft.choice.of<std::int64_t>(
                       {0, 1, -1, 86'400, 86'401, 172'800, 400'000, 1'000'000'000'000})});
}

// It asks for a pause, and the office for an end of it: others are due meanwhile, and what waits
// is answered.
void answered_while_it_waits(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 3600, Weather{.kind = Weather::Kind::too_many,
                                   .address = "",
                                   .how_long = 2 * hour,
                                   .retry_after = draft.choice.of<std::int64_t>({600, 4000})});
  for (Second after : {1, 300}) {
    draft.at(spot.at + after, Said{.what = Said::What::received, .duty = spot.duty,
                                   .period = spot.period, .unit = draft.unit_of(spot),
                                   .stage = std::nullopt});
  }
}

void name_server_hangs(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 2, Weather{.kind = Weather::Kind::name_server_hangs,
                                .address = draft.address_of(spot),
                                .how_long = draft.choice.of<Second>({10, 400, 5 * hour})});
}

void unwell(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::list, Kind::opens});
  using enum Weather::Kind;
  draft.at(spot.at - 1,
           Weather{.kind = draft.choice.of({refuses_connection, stalls, cuts_reply, lies, slow,
                                            errors}),
                   .address = draft.choice.percent(40) ? draft.address_of(spot) : "",
                   .how_long = draft.choice.of<Second>({2, 60, hour, 2 * day}),
                   .retry_after = -1,
                   .percent = draft.choice.of({30, 60, 100, 100})});
}

// Until its notices expire, give up, or the endpoint counts as failing.
void dead_for_days(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  using enum Weather::Kind;
  auto how_long = draft.choice.of<Second>({day, 4 * day, 9 * day, 12 * day});
  draft.at(spot.at - 1, Weather{.kind = draft.choice.of({errors, refuses_connection, stalls}),
                                .address = draft.address_of(spot),
                                .how_long = how_long});
}

void office_unreachable(Draft& draft) {
  auto spot = draft.spot({Kind::list, Kind::stage});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::errors,
                                .address = draft.plan().office.front(),
                                .how_long = draft.choice.of<Second>({60, day, 5 * day}),
                                .retry_after = draft.choice.of<std::int64_t>({-1, 172'800})});
}

// The first attempt fails, the sense ends before the next.
void expires_while_it_retries(Draft& draft) {
  auto spot = draft.spot({Kind::due});
  auto remind = draft.stage({Stage::Kind::remind});
  draft.at(remind.at - 1, Weather{.kind = Weather::Kind::errors, .address = "",
                                  .how_long = draft.choice.of<Second>({hour, 2 * day})});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::errors, .address = "", .how_long = 3});
}

}  // namespace

std::vector<Situation> receivers() {
  return {{"reply lost, then killed", reply_lost_then_killed},
          {"endpoint gone", gone},
          {"hostile Retry-After", hostile_retry_after},
          {"answered while it waits", answered_while_it_waits},
          {"name server hangs while others are due", name_server_hangs},
          {"receiver unwell", unwell},
          {"receiver dead for days", dead_for_days},
          {"office unreachable", office_unreachable},
          {"expires while it retries", expires_while_it_retries}};
}

}  // namespace duban::sim::design
