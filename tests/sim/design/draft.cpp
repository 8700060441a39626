#include "sim/design/draft.h"

#include <algorithm>

#include "sim/design/dates.h"
#include "sim/design/plans.h"

namespace duban::sim::design {
namespace {

constexpr Second hour = 3600, day = 24 * hour;

const Duty* duty_of(const Plan& plan, const std::string& id) {
  auto found = std::ranges::find(plan.duties, id, &Duty::id);
  return found == plan.duties.end() ? nullptr : &*found;
}

}  // namespace

Draft::Draft(std::uint64_t seed, Choice made_with) : choice(made_with) {
  story_.seed = seed;
  story_.plan = designed_plan(choice);
  const auto& p = story_.plan;
  auto opening = instant_of(p.zone, p.begins, 0), closing = instant_of(p.zone, p.ends, 1440);
  // Mostly from before the plan's first moment on; some start in the middle of it.
  story_.begins = choice.of({opening - day, opening - 1, opening, opening + 1,
                             opening + choice.between(Second{1}, 8 * day)});
  story_.faults_end = choice.percent(50)
                          ? closing + choice.of({Second{-1}, Second{1}, 2 * day})
                          : closing - choice.between(Second{0}, (closing - opening) / 3);
  story_.ends = std::max(story_.faults_end + 5 * day, closing + day) + choice.between(0, 5) * day;
  spots_ = spots_of(p);
  std::erase_if(spots_, [&](const Spot& one) {
    return one.at <= story_.begins + 60 || one.at >= story_.faults_end - 60;
  });
  if (spots_.empty()) {
    spots_.push_back({.kind = Spot::Kind::midnight,
                      .at = (story_.begins + story_.faults_end) / 2,
                      .duty = p.duties.front().id,
                      .period = std::to_string(p.year)});
  }
}

Spot Draft::spot(std::initializer_list<Spot::Kind> kinds) {
  std::vector<Spot> fitting;
  for (const auto& one : spots_) {
    if (std::ranges::find(kinds, one.kind) != kinds.end()) fitting.push_back(one);
  }
  return fitting.empty() ? choice.of(spots_) : choice.of(fitting);
}

Spot Draft::stage(std::initializer_list<Stage::Kind> kinds) {
  std::vector<Spot> fitting;
  for (const auto& one : spots_) {
    if (one.kind != Spot::Kind::stage) continue;
    if (std::ranges::find(kinds, *one.stage) != kinds.end()) fitting.push_back(one);
  }
  return fitting.empty() ? spot({Spot::Kind::stage, Spot::Kind::due}) : choice.of(fitting);
}

std::string Draft::unit_of(const Spot& spot) {
  const auto* duty = duty_of(plan(), spot.duty);
  return choice.of((duty ? *duty : plan().duties.front()).who);
}

std::string Draft::address_of(const Spot& spot) const {
  const auto* duty = duty_of(plan(), spot.duty);
  for (const auto& unit : plan().units) {
    bool owes = !duty || std::ranges::find(duty->who, unit.id) != duty->who.end();
    if (owes && !unit.liaison.empty()) return unit.liaison.front();
  }
  return "";
}

void Draft::at(Second moment, What what) { pending_.push_back({moment, std::move(what)}); }

void Draft::edit(Second moment, Change change, bool diffed) {
  pending_.push_back({moment, std::pair{std::move(change), diffed}});
}

Story Draft::finish() && {
  std::ranges::stable_sort(pending_, {}, &Pending::at);
  auto present = story_.plan;
  for (auto& one : pending_) {
    if (one.at < story_.begins || one.at >= story_.faults_end) continue;
    if (auto* what = std::get_if<What>(&one.what)) {
      story_.happenings.push_back({one.at, std::move(*what)});
      continue;
    }
    auto& [change, diffed] = std::get<1>(one.what);
    auto edited = present;
    change(edited);
    mend(edited);
    if (edited.duties.empty()) continue;
    present = edited;
    story_.happenings.push_back({one.at, Edited{std::move(edited), diffed}});
  }
  return std::move(story_);
}

}  // namespace duban::sim::design
