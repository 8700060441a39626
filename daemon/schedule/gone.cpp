// Who was told that they owe something that has fallen away hears so, once.

#include <algorithm>
#include <set>

#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

// What was given back is open again until it comes anew.
bool was_answered(const Record& record, const AssignmentKey& key) {
  std::vector<const Fact*> facts;
  AssignmentKey period{key.duty, key.period, "", ""}, whole{key.duty, key.period, key.unit, ""};
  for (const auto& about : std::set{period, whole, key}) {
    auto found = record.facts_about(about);
    facts.insert(facts.end(), found.begin(), found.end());
  }
  std::ranges::sort(facts, {}, &Fact::seq);
  bool answered = false;
  Instant returned_at = Instant::min();
  for (const auto* fact : facts) {
    if (fact->kind == FactKind::held && fact->about == period) return true;
    bool in = hands_in(fact->kind) || fact->kind == FactKind::held;
    if (in && fact->at >= returned_at) answered = true;
    if (fact->kind != FactKind::returned) continue;
    answered = false;
    returned_at = fact->at;
  }
  return answered;
}

}  // namespace

std::vector<Fallen> fallen(const Step& step, const std::vector<Assignment>& all) {
  std::vector<Fallen> found;
  for (const auto& key : step.board.fallen_keys()) {
    auto slot = step.timetable.slot_of(key);
    bool excused = slot && all[*slot].standing == Standing::excused;
    bool unchased = slot && all[*slot].standing == Standing::unchased;
    bool handed_on = slot && all[*slot].standing == Standing::reassigned;
    if (slot && !excused && !unchased && !handed_on) continue;
    auto known = knowledge_of(step.record.told_about(key), audience_of(key.unit));
    bool answered = slot ? all[*slot].answered_at.has_value() : was_answered(step.record, key);
    if (!known.told || answered) continue;
    auto reason = excused ? Reason::excused : handed_on ? Reason::reassigned : Reason::removed;
    found.push_back({key, slot, reason, known});
  }
  return found;
}

void want_gone(const Step& step, Decision& decision, std::vector<Wanted>& wanted) {
  for (auto& [key, slot, reason, known] : fallen(step, decision.assignments)) {
    auto audience = audience_of(key.unit);
    auto route = route_to(step.plan(), key.unit, audience, false);
    auto heard = step.quiet().at_once(key, route, step.now, known.due);
    if (heard.at > step.now) {
      decision.explanations.push_back({key, audience, "", heard.reason, heard.at});
      continue;
    }
    if (!route) continue;
    Telling telling;
    telling.assignment = slot;
    telling.item = {.key = {key, ItemKind::gone, "", audience, known.telling + 1},
                    .planned_at = step.now,
                    .due = known.due,
                    .reason = reason};
    wanted.push_back({std::move(telling), *route, NoticeState::queued, std::nullopt});
  }
}

}  // namespace duban::schedule
