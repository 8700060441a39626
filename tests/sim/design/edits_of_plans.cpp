// Edits of who owes, of how it is chased, and of where it goes.

#include <algorithm>

#include "sim/design/plans.h"
#include "sim/design/situations.h"

namespace duban::sim::design {
namespace {

using Kind = Spot::Kind;

constexpr Second hour = 3600, day = 24 * hour;

Second near(Draft& draft) { return draft.choice.of<Second>({-day, -hour, -1, 0, 1, hour}); }

void unit_gone_and_back(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  auto id = draft.unit_of(spot);
  if (id == "office") id = draft.plan().units.back().id;
  auto when = spot.at + near(draft);
  auto leaves = [id](Plan& plan) {
    std::erase_if(plan.units, [&](const Unit& unit) { return unit.id == id; });
  };
  draft.edit(when, leaves, draft.choice.percent(30));
  if (draft.choice.percent(30)) return;
  // As it was: the units and who owed what.
  draft.edit(when + draft.choice.of<Second>({0, 1, hour, 3 * day}),
             [before = draft.plan(), id](Plan& plan) {
               if (std::ranges::find(plan.units, id, &Unit::id) != plan.units.end()) return;
               auto unit = std::ranges::find(before.units, id, &Unit::id);
               if (unit == before.units.end()) return;
               plan.units.push_back(*unit);
               for (const auto& duty : before.duties) {
                 if (std::ranges::find(duty.who, id) == duty.who.end()) continue;
                 auto now = std::ranges::find(plan.duties, duty.id, &Duty::id);
                 if (now != plan.duties.end()) {
                   now->who.push_back(id);
                 } else {
                   plan.duties.push_back(duty);
                   plan.duties.back().who = {id};
                 }
               }
             });
}

void duty_gone_and_back(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  auto when = spot.at + near(draft);
  draft.edit(when, [id = spot.duty](Plan& plan) {
    if (plan.duties.size() > 1) std::erase_if(plan.duties, [&](auto& d) { return d.id == id; });
  });
  if (draft.choice.percent(40)) return;
  draft.edit(when + draft.choice.of<Second>({1, hour, 2 * day}),
             [before = draft.plan(), id = spot.duty](Plan& plan) {
               bool has = std::ranges::find(plan.duties, id, &Duty::id) != plan.duties.end();
               auto duty = std::ranges::find(before.duties, id, &Duty::id);
               if (!has && duty != before.duties.end()) plan.duties.push_back(*duty);
             });
}

void duty_added(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  draft.edit(spot.at + near(draft), [id = spot.duty](Plan& plan) {
    auto duty = std::ranges::find(plan.duties, id, &Duty::id);
    if (duty == plan.duties.end()) return;
    auto more = *duty;
    more.id += "x";
    plan.duties.push_back(more);
  });
}

void ladder_edited(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::late});
  auto way = draft.choice.between(0, 2);
  auto kind = spot.stage.value_or(Stage::Kind::remind);
  auto by = draft.choice.of({-120, -30, 1, 30, 120});
  auto anew = designed_ladder(draft.choice, "", 540);
  draft.edit(spot.at + near(draft), [way, kind, by, anew, id = spot.duty](Plan& plan) {
    auto duty = std::ranges::find(plan.duties, id, &Duty::id);
    if (duty == plan.duties.end()) return;
    auto& ladder = *std::ranges::find(plan.ladders, duty->ladder, &Ladder::id);
    auto stage = std::ranges::find(ladder.stages, kind, &Stage::kind);
    if (way == 0 && stage != ladder.stages.end()) {
      stage->minute = std::clamp(stage->minute + by, 0, 1439);
    } else if (way == 1 && ladder.stages.size() > 1 && stage != ladder.stages.end()) {
      ladder.stages.erase(stage);
    } else {
      ladder.stages = anew.stages;
      ladder.skip_made_up = anew.skip_made_up;
    }
  });
}

// Another address, another person, or nobody any more, while what is for them cannot arrive.
void address_moved_while_it_retries(Draft& draft) {
  auto spot = draft.spot({Kind::stage});
  auto id = draft.unit_of(spot);
  using enum Weather::Kind;
  draft.at(spot.at - 1,
           Weather{.kind = draft.choice.of({errors, refuses_connection, takes_and_loses_reply}),
                   .address = draft.choice.percent(25) ? draft.address_of(spot) : "",
                   .how_long = draft.choice.of<Second>({100, 4000, 2 * day})});
  auto way = draft.choice.of({0, 1, 2, 2});
  auto when = spot.at + draft.choice.of<Second>({1, 4, 5, 6, 60, 306, 3000});
  draft.edit(when, [id, way](Plan& plan) {
    for (auto& unit : plan.units) {
      if (unit.id != id) continue;
      unit.liaison.clear();
      if (way == 0) continue;
      unit.liaison = {"hook:https://new-" + id + ".example.org/hook/" + id};
      if (way == 2) ++unit.holder;
    }
  });
}

void silence_edited(Draft& draft) {
  auto spot = draft.spot({Kind::stage, Kind::due});
  auto local = (spot.at + 8 * hour) / day;
  PlannedSilence silence{.from = local + draft.choice.between(-2, 1), .to = 0,
                         .units = {}, .duties = {}, .stage = std::nullopt};
  silence.to = silence.from + draft.choice.between(0, 3);
  if (draft.choice.percent(40)) silence.duties = {spot.duty};
  if (draft.choice.percent(30)) silence.stage = spot.stage;
  auto within = [](const Plan& plan, const PlannedSilence& one) {
    return one.from >= plan.begins && one.to <= plan.ends;
  };
  draft.edit(spot.at + draft.choice.of<Second>({-4 * day, -day, -1, 1}), [=](Plan& plan) {
    if (within(plan, silence)) plan.silences.push_back(silence);
  });
  if (draft.choice.percent(40)) {
    draft.edit(spot.at + draft.choice.of<Second>({-1, 1, hour, day}),
               [](Plan& plan) { plan.silences.clear(); });
  }
}

void phase_moved(Draft& draft) {
  auto spot = draft.spot({Kind::plan_ends, Kind::stage, Kind::opens, Kind::closes});
  auto by = draft.choice.of({-3, -1, 2});
  auto from = draft.choice.of({420, 510, 600}), to = draft.choice.of({960, 1050, 1200});
  draft.edit(spot.at + near(draft), [by, from, to](Plan& plan) {
    bool year_ends = plan.ends + by > plan.begins + 360;
    if (by < 0 && plan.ends + by > plan.begins + 12 && !year_ends) plan.ends += by;
    plan.hours_from = from;
    plan.hours_to = to;
    plan.list_minute = (from + to) / 2;
  });
}

}  // namespace

std::vector<Situation> edits_of_plans() {
  return {{"unit removed and restored", unit_gone_and_back},
          {"duty removed and restored", duty_gone_and_back},
          {"duty added around a stage", duty_added},
          {"ladder edited around a stage", ladder_edited},
          {"address moved while it retries", address_moved_while_it_retries},
          {"planned silence edited", silence_edited},
          {"phase and hours moved", phase_moved}};
}

}  // namespace duban::sim::design
