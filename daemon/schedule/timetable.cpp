#include <stdexcept>

#include "schedule/assignment.h"

namespace duban::schedule {
namespace {

calendar::Zone zone_of(const plan::Plan& plan) {
  auto zone = calendar::Zone::find(plan.zone);
  if (!zone) throw std::logic_error("plan " + plan.id + " was not checked: zone " + plan.zone);
  return *zone;
}

Instant start_of(Day day, const calendar::Zone& zone) { return zone.to_instant(Civil{day}); }

struct Owner {
  std::string unit, slice;
};

std::vector<Owner> owners_of(const plan::Duty& duty) {
  std::vector<Owner> owners;
  if (!duty.by_clause) {
    for (const auto& unit : duty.who) owners.push_back({unit, ""});
    return owners;
  }
  for (const auto& [clause, units] : duty.units_of_clause) {
    for (const auto& unit : units) owners.push_back({unit, clause});
  }
  return owners;
}

std::vector<Instant> stages_of_occurrence(const plan::Plan& plan, const calendar::Zone& zone,
                                          const calendar::Occurrence& occurrence) {
  std::vector<Instant> instants;
  const auto* ladder = plan.ladder_of(plan.duties[occurrence.duty]);
  if (ladder == nullptr || occurrence.dating != calendar::Dating::dated) return instants;
  for (const auto& stage : ladder->stages) {
    instants.push_back(calendar::stage_at(*ladder, stage, occurrence, plan, zone));
  }
  return instants;
}

}  // namespace

Timetable::Timetable(std::shared_ptr<const plan::Plan> plan, Bearings recorded)
    : plan_(std::move(plan)),
      zone_(zone_of(*plan_)),
      recorded_(std::move(recorded)),
      occurrences_(calendar::occurrences(*plan_, zone_, recorded_.held)) {
  for (std::size_t index = 0; index < occurrences_.size(); ++index) {
    const auto& occurrence = occurrences_[index];
    const auto& duty = plan_->duties[occurrence.duty];
    stages_.push_back(stages_of_occurrence(*plan_, zone_, occurrence));
    first_slot_.emplace(std::pair{duty.id, occurrence.period}, slots_.size());
    for (auto& [unit, slice] : owners_of(duty)) {
      add_slot({{duty.id, occurrence.period, unit, slice}, index});
    }
    auto first = recorded_.handed_on.lower_bound({duty.id, occurrence.period, "", ""});
    for (; first != recorded_.handed_on.end(); ++first) {
      const auto& [key, due] = *first;
      if (key.duty != duty.id || key.period != occurrence.period) break;
      add_slot({key, index, due});
    }
  }
  // Who owes nothing any more may still have to hear so.
  for (const auto& unit : plan_->units) add_routes(unit.id);
  add_routes(std::string{plan::office_id});
}

// Whom it is handed to may owe it already.
void Timetable::add_slot(Slot slot) {
  if (slot_of_.emplace(slot.key, slots_.size()).second) slots_.push_back(std::move(slot));
}

void Timetable::add_routes(const std::string& unit) {
  auto audience = audience_of(unit);
  routes_[unit] = {schedule::route_to(*plan_, unit, audience, false),
                   schedule::route_to(*plan_, unit, audience, true),
                   schedule::route_to(*plan_, unit, Audience::leader, true)};
}

const std::optional<Route>& Timetable::route_to(const std::string& unit, Audience audience,
                                                bool in_person) const {
  static const std::optional<Route> nowhere;
  auto found = routes_.find(unit);
  if (found == routes_.end()) return nowhere;
  std::size_t which = audience == Audience::leader ? 2 : in_person ? 1 : 0;
  return found->second.at(which);
}

std::vector<std::size_t> Timetable::slots_of(const AssignmentKey& key) const {
  std::vector<std::size_t> covered;
  auto first = first_slot_.find({key.duty, key.period});
  if (first == first_slot_.end()) return covered;
  auto occurrence = slots_[first->second].occurrence;
  for (auto slot = first->second; slot < slots_.size(); ++slot) {
    if (slots_[slot].occurrence != occurrence) break;
    const auto& one = slots_[slot].key;
    bool unit = key.unit.empty() || key.unit == one.unit;
    bool slice = key.slice.empty() || key.slice == one.slice;
    if (unit && slice) covered.push_back(slot);
  }
  return covered;
}

std::optional<std::size_t> Timetable::slot_of(const AssignmentKey& key) const {
  auto found = slot_of_.find(key);
  return found == slot_of_.end() ? std::nullopt : std::optional{found->second};
}

Instant Timetable::begins() const {
  if (!plan_->phases.empty() && plan_->phases.front().from) {
    return start_of(*plan_->phases.front().from, zone_);
  }
  return start_of(make_day(plan_->year, 1, 1), zone_);
}

Instant Timetable::ends() const {
  if (!plan_->phases.empty() && plan_->phases.back().to) {
    return start_of(*plan_->phases.back().to + std::chrono::days{1}, zone_);
  }
  return start_of(make_day(plan_->year + 1, 1, 1), zone_);
}

Bearings bearings_of(const plan::Plan& plan, const Record& record) {
  Bearings recorded;
  auto zone = zone_of(plan);
  for (const auto& fact : record.facts()) {
    if (record.is_voided(fact.seq)) continue;
    if (fact.kind == FactKind::held) {
      recorded.held[{fact.about.duty, fact.about.period}] = zone.to_civil(fact.at);
    } else if (fact.kind == FactKind::reassigned) {
      auto key = fact.about;
      key.unit = fact.subject;
      recorded.handed_on[std::move(key)] = fact.time;
    }
  }
  return recorded;
}

}  // namespace duban::schedule
