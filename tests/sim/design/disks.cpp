// The ledger's disk and its answers fail just when a step commits.

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

Spot commit(Draft& draft) {
  return draft.spot({Kind::stage, Kind::stage, Kind::due, Kind::opens, Kind::list});
}

void disk_fails_at_commit(Draft& draft) {
  auto spot = commit(draft);
  using enum DiskTrouble::Kind;
  draft.at(spot.at - draft.choice.of<Second>({0, 1}),
           DiskTrouble{.kind = draft.choice.of({full, full, write_fails, fsync_fails}),
                       .how_long = draft.choice.of<Second>({1, 2, 10, 700}),
                       .percent = draft.choice.of({15, 50, 100, 100})});
}

void disk_fails_then_power(Draft& draft) {
  auto spot = commit(draft);
  using enum DiskTrouble::Kind;
  draft.at(spot.at - 1, DiskTrouble{.kind = draft.choice.of({full, fsync_fails}), .how_long = 5,
                                    .percent = draft.choice.of({40, 100})});
  draft.at(spot.at + draft.choice.of<Second>({0, 1, 3}),
           Down{.how = Down::How::power_lost, .back_after = draft.choice.of<Second>({1, 20})});
}

void reads_fail(Draft& draft) {
  auto spot = commit(draft);
  draft.at(spot.at - 1, DiskTrouble{.kind = DiskTrouble::Kind::read_fails,
                                    .how_long = draft.choice.of<Second>({2, 30}),
                                    .percent = draft.choice.of({20, 100})});
  if (draft.choice.percent(50)) draft.at(spot.at, Down{.back_after = 1});
}

void answers_lost(Draft& draft) {
  auto spot = commit(draft);
  draft.at(spot.at - 1, LostAnswers{.how_long = draft.choice.of<Second>({2, 10, 400}),
                                    .percent = draft.choice.of({10, 30, 60, 90})});
  if (draft.choice.percent(40)) {
    draft.at(spot.at, Down{.how = Down::How::killed, .back_after = 2,
                           .at_await = draft.choice.between(2, 20)});
  }
}

// What is claimed then is in nobody's hand.
void claim_answer_lost(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::list});
  draft.at(spot.at, LostAnswers{.how_long = draft.choice.of<Second>({1, 2, 5}),
                                .percent = draft.choice.of({40, 60})});
}

// All that is written in one moment shares one transaction.
void words_meet_bad_disk(Draft& draft) {
  auto spot = commit(draft);
  using enum DiskTrouble::Kind;
  draft.at(spot.at - 1, DiskTrouble{.kind = draft.choice.of({read_fails, read_fails, full}),
                                    .how_long = draft.choice.of<Second>({2, 5, 60}),
                                    .percent = draft.choice.of({4, 10, 25})});
  for (int i = 0; i < 10; ++i) {
    draft.at(spot.at, Said{.what = Said::What::checked, .duty = spot.duty, .period = spot.period,
                           .unit = "", .stage = std::nullopt});
  }
}

void saying_meets_full_disk(Draft& draft) {
  auto spot = commit(draft);
  draft.at(spot.at, DiskTrouble{.kind = DiskTrouble::Kind::full, .how_long = 3, .percent = 60});
  Said received{.what = Said::What::received, .duty = spot.duty, .period = spot.period,
                .unit = draft.unit_of(spot), .stage = std::nullopt};
  draft.at(spot.at + 1, received);
  draft.at(spot.at + 1, LostAnswers{.how_long = 5, .percent = 50});
}

}  // namespace

std::vector<Situation> disks() {
  return {{"disk fails at a commit", disk_fails_at_commit},
          {"disk fails, then power", disk_fails_then_power},
          {"reads fail", reads_fail},
          {"answers lost at a commit", answers_lost},
          {"claim's answer lost", claim_answer_lost},
          {"words meet a bad disk", words_meet_bad_disk},
          {"word meets a full disk", saying_meets_full_disk}};
}

}  // namespace duban::sim::design
