#include "message/scene.h"

#include <algorithm>

namespace duban::message {
namespace {

// Whose address it is, and its id: the address itself is never shown.
std::string endpoint_words(const Scene& scene, const std::string& endpoint) {
  for (const auto& contact : scene.facts.plan().contacts) {
    if (std::ranges::find(contact.endpoints, endpoint) == contact.endpoints.end()) continue;
    return scene.say().person_of(scene.unit_name(contact.unit), contact.name) +
           scene.say().bracketed(endpoint);
  }
  return endpoint;
}

}  // namespace

const schedule::Assignment* Scene::assignment(const schedule::Telling& telling) const {
  if (!telling.assignment) return nullptr;
  return &context.decision.assignments.at(*telling.assignment);
}

const plan::Duty* Scene::duty(const schedule::AssignmentKey& key) const {
  if (const auto* duty = facts.duty(key.duty)) return duty;
  return context.before ? context.before->find_duty(key.duty) : nullptr;
}

std::string Scene::name(const schedule::AssignmentKey& key) const {
  if (const auto* found = duty(key)) return name(*found, key.period, key.slice);
  return key.duty.empty() ? endpoint_words(*this, key.slice) : key.duty;
}

std::string Scene::name(const plan::Duty& duty, std::string_view period,
                        std::string_view slice) const {
  return full_name(facts.plan(), duty, period, slice, facts.plan().language);
}

std::string Scene::due_words(std::optional<Instant> due, bool has_hour, bool provisional) const {
  auto civil = due ? std::optional{zone().to_civil(*due)} : std::nullopt;
  return wording().due(civil, has_hour, provisional, year());
}

std::string Scene::short_unit(const schedule::AssignmentKey& key) const {
  auto short_name =
      key.unit == plan::office_id ? std::string{say().our_office} : unit_name(key.unit);
  if (key.slice.empty()) return short_name;
  const auto* task = facts.plan().find_task(key.slice);
  return short_name + say().bracketed(task ? task->name : key.slice);
}

std::string Scene::unit_name(std::string_view id) const {
  if (const auto* found = facts.unit(id)) return found->unit->name_on(today);
  auto name = facts.plan().name_of(id);
  if (name != id || !context.before) return name;
  return context.before->name_of(id, today);
}

}  // namespace duban::message
