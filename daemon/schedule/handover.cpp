// A new liaison hears once what is open: the contact that speaks for a unit has another id than
// those who were told before.

#include <algorithm>

#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

bool knows_of_open_things(const Step& step, const std::string& unit) {
  return std::ranges::any_of(*step.board.assignments(), [&](const Assignment& one) {
    return one.key.unit == unit && one.standing == Standing::open &&
           knowledge_of(step.record.told_about(one.key), Audience::liaison).told;
  });
}

}  // namespace

std::vector<Newcomer> newcomers(const Step& step) {
  std::vector<Newcomer> found;
  for (const auto& unit : step.plan().units) {
    const auto& route = step.timetable.route_to(unit.id, Audience::liaison, false);
    if (!route || route->contact.empty()) continue;
    const auto* told = step.record.contacts_told(unit.id);
    if (told == nullptr || told->contains(route->contact)) continue;
    if (!knows_of_open_things(step, unit.id)) continue;
    AssignmentKey about{"", "", unit.id, route->contact};
    auto heard = step.quiet().at_once(about, route, step.now, std::nullopt);
    found.push_back({std::move(about), *route, heard});
  }
  return found;
}

void want_handovers(const Step& step, Decision& decision, std::vector<Wanted>& wanted) {
  for (auto& [about, route, heard] : newcomers(step)) {
    if (heard.at > step.now) {
      decision.explanations.push_back({about, Audience::liaison, "", heard.reason, heard.at});
      continue;
    }
    Telling telling;
    telling.item = {.key = {about, ItemKind::handover, "", Audience::liaison, 1},
                    .planned_at = step.now,
                    .reason = Reason::contact_changed};
    wanted.push_back({std::move(telling), route, NoticeState::queued, std::nullopt});
  }
}

}  // namespace duban::schedule
