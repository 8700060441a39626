// Who was told that they owe something that has fallen away hears so, once.

#include <algorithm>

#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

bool was_answered(const Record& record, const AssignmentKey& key) {
  for (const auto& about : {key, AssignmentKey{key.duty, key.period, key.unit, ""}}) {
    for (const auto* fact : record.facts_about(about)) {
      if (hands_in(fact->kind) || fact->kind == FactKind::held) return true;
    }
  }
  for (const auto* fact : record.facts_about({key.duty, key.period, "", ""})) {
    if (fact->kind == FactKind::held) return true;
  }
  return false;
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
