#include "engine/behaviour.h"

#include <algorithm>
#include <utility>

namespace duban::engine {
namespace {

using schedule::Assignment;
using schedule::AssignmentKey;
using schedule::Fact;

constexpr auto hand_in_at = std::chrono::hours{8};

Fact fact_of(FactKind kind, AssignmentKey about, Instant at) {
  Fact fact;
  fact.kind = kind;
  fact.about = std::move(about);
  fact.at = at;
  fact.recorded_at = at;
  fact.by = "rehearsal";
  fact.way = "rehearse";
  return fact;
}

// 08:00 of the day asked for.
Fact in_time(const schedule::Timetable& timetable, const Assignment& assignment) {
  auto day = timetable.zone().day_of(assignment.ask_by.value_or(*assignment.due));
  auto at = timetable.zone().to_instant(day + hand_in_at);
  auto about = assignment.key;
  if (timetable.plan().duties[assignment.duty].ends == plan::Ends::received) {
    return fact_of(FactKind::received, std::move(about), at);
  }
  about.unit.clear();
  about.slice.clear();
  return fact_of(FactKind::held, std::move(about), at);
}

// 收件已核 at the ladder's hour after `due`, where the occurrence waits for it.
void check(const schedule::Timetable& timetable, calendar::Occurrence occurrence, Instant due,
           std::vector<Fact>& facts) {
  const auto& plan = timetable.plan();
  const auto& duty = plan.duties[occurrence.duty];
  const auto* ladder = plan.ladder_of(duty);
  if (ladder == nullptr) return;
  occurrence.due = due;
  for (const auto& stage : ladder->stages) {
    if (!stage.after_checked) continue;
    auto at = calendar::stage_at(*ladder, stage, occurrence, plan, timetable.zone());
    facts.push_back(fact_of(FactKind::checked, {duty.id, occurrence.period, "", ""}, at));
  }
}

bool is_checked(const std::vector<Fact>& events, const AssignmentKey& key) {
  return std::ranges::any_of(events, [&](const Fact& fact) {
    return fact.kind == FactKind::checked && fact.about.duty == key.duty &&
           fact.about.period == key.period;
  });
}

// Occurrences with the due times for which the office looks whether all is in.
using Checks = std::set<std::pair<std::size_t, Instant>>;

void add_events(const schedule::Timetable& timetable, const std::vector<Fact>& events,
                Checks& checks, std::vector<Fact>& facts) {
  for (const auto& fact : events) {
    facts.push_back(fact);
    auto slots = timetable.slots_of(fact.about);
    bool new_due = fact.kind == FactKind::extended || fact.kind == FactKind::returned;
    if (!new_due || slots.empty()) continue;
    auto occurrence = timetable.slots()[slots.front()].occurrence;
    if (!checks.emplace(occurrence, fact.time.value()).second) continue;
    check(timetable, timetable.occurrences()[occurrence], *fact.time, facts);
  }
}

}  // namespace

std::vector<Fact> deeds(const schedule::Timetable& timetable, const schedule::Record& record,
                        Instant from, const Behaviour& behaviour) {
  std::vector<Fact> facts;
  // An extension gives one occurrence several due times.
  Checks checks;
  add_events(timetable, behaviour.events, checks, facts);
  auto all = schedule::assignments(timetable, record, from);
  for (std::size_t slot = 0; slot < all.size(); ++slot) {
    const auto& assignment = all[slot];
    if (assignment.dating != calendar::Dating::dated) continue;
    bool spoken_for = behaviour.spoken_for.contains(assignment.key);
    bool is_held = timetable.plan().duties[assignment.duty].ends == plan::Ends::held;
    const auto* manner = is_held ? nullptr : manner_of(behaviour.manners, assignment.key);
    if (manner != nullptr && !spoken_for) {
      auto played = play(*manner, timetable, assignment, behaviour.seed);
      add_events(timetable, played, checks, facts);
    } else if (behaviour.punctual && !spoken_for) {
      facts.push_back(in_time(timetable, assignment));
    }
    auto occurrence = timetable.slots()[slot].occurrence;
    bool first = checks.emplace(occurrence, *assignment.due).second;
    if (first && !is_checked(behaviour.events, assignment.key)) {
      check(timetable, timetable.occurrences()[occurrence], *assignment.due, facts);
    }
  }
  std::erase_if(facts, [&](const Fact& fact) { return fact.recorded_at < from; });
  std::ranges::stable_sort(facts, {}, &Fact::recorded_at);
  return facts;
}

}  // namespace duban::engine
