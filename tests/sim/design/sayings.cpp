// What is said about duties, a second before and after it matters.

#include <algorithm>

#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;
using What = Said::What;

constexpr Second hour = 3600, day = 24 * hour;

Said said(Draft& draft, What what, const Spot& spot) {
  Said made{.what = what, .duty = spot.duty, .period = spot.period, .unit = draft.unit_of(spot),
            .stage = std::nullopt};
  if (what == What::checked) made.unit.clear();
  return made;
}

Second around(Draft& draft) { return draft.choice.of<Second>({-60, -1, 0, 1, 2, 60, 3600}); }

void received_around(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due, Kind::late});
  auto word = said(draft, What::received, spot);
  word.ago = draft.choice.of<Second>({0, 0, 2, hour, 2 * day});
  draft.at(spot.at + around(draft), word);
}

void received_while_it_retries(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  draft.at(spot.at - 1, Weather{.kind = Weather::Kind::errors, .address = "", .how_long = 3000});
  draft.at(spot.at + draft.choice.of<Second>({0, 3, 5, 6, 305, 306, 1000}),
           said(draft, What::received, spot));
}

// Queued for the opening hour, and its cause goes before.
void received_before_it_opens(Draft& draft) {
  auto spot = draft.stage({Stage::Kind::overdue});
  draft.at(spot.at - 2 * hour, Down{.how = Down::How::stopped, .back_after = 12 * hour});
  draft.at(spot.at + draft.choice.between<Second>(10 * hour + 1, 40 * hour),
           said(draft, What::received, spot));
}

void received_and_voided(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  auto wrong = spot.at - draft.choice.of<Second>({1, hour, 2 * day});
  draft.at(wrong, said(draft, What::received, spot));
  Said voided{.what = What::void_last_received, .duty = "", .period = "", .unit = "",
              .stage = std::nullopt};
  draft.at(spot.at + draft.choice.of<Second>({-1, 1, 2, 599, 700, day, 4 * day}), voided);
  if (draft.choice.percent(40)) draft.at(spot.at + 5 * day, said(draft, What::received, spot));
}

void extended_around(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  auto word = said(draft, What::extended, spot);
  word.until = spot.at + draft.choice.of<Second>({1, hour, day, 4 * day, 9 * day, -hour});
  auto when = spot.at + around(draft);
  draft.at(when, word);
  // There and back, or further, before or after it was told.
  if (!draft.choice.percent(50)) return;
  word.until = spot.at + draft.choice.of<Second>({2 * day, 6 * day});
  draft.at(when + draft.choice.of<Second>({0, 1, hour, day}), word);
}

void excused_around(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  draft.at(spot.at + around(draft), said(draft, What::excused, spot));
}

void checked_around_due(Draft& draft) {
  auto spot = draft.spot({Kind::due});
  auto word = said(draft, What::checked, spot);
  word.ago = draft.choice.of<Second>({0, 0, 1, day});
  draft.at(spot.at + draft.choice.of<Second>({-day, -1, 0, 1, hour, day, 4 * day}), word);
  if (draft.choice.percent(30)) draft.at(spot.at + 5 * day, said(draft, What::checked, spot));
}

void silenced_at_stage(Draft& draft) {
  auto first = draft.spot({Kind::stage}), last = draft.spot({Kind::stage, Kind::due});
  auto word = said(draft, What::silenced, first);
  if (draft.choice.percent(40)) word.unit.clear();
  if (draft.choice.percent(40)) word.duty.clear();
  if (draft.choice.percent(35)) word.stage = first.stage;
  auto from = first.at + draft.choice.of<Second>({-day, -1, 0, 1});
  auto until = draft.choice.percent(50) ? last.at : first.at + draft.choice.of({hour, 3 * day});
  word.until = std::max(from + 1, until + draft.choice.of<Second>({-1, 0, 1}));
  draft.at(from, word);
  if (draft.choice.percent(40)) {
    draft.at(word.until - 1, Down{.how = Down::How::killed, .back_after = 2});
  }
}

}  // namespace

std::vector<Situation> sayings() {
  return {{"received around a stage", received_around},
          {"received while it retries", received_while_it_retries},
          {"received before it opens", received_before_it_opens},
          {"received and voided", received_and_voided},
          {"extended around a stage", extended_around},
          {"excused around a stage", excused_around},
          {"checked around the due time", checked_around_due},
          {"silenced at a stage", silenced_at_stage}};
}

}  // namespace duban::sim::design
