// What went wrong with an endpoint reaches the office by another channel: one a day and endpoint.

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

bool is_trouble(const std::vector<ItemKey>& items) {
  return std::ranges::any_of(
      items, [](const ItemKey& key) { return key.kind == ItemKind::trouble; });
}

void want(const Step& step, const std::string& endpoint, Instant at, Reason reason,
          std::map<AssignmentKey, Wanted>& wanted) {
  AssignmentKey about{"", format_day(step.zone().day_of(at)), std::string{plan::office_id},
                      endpoint};
  if (step.record.told_about(about) != nullptr || wanted.contains(about)) return;
  auto route = route_around(step.plan(), endpoint);
  if (!route) return;
  Telling telling;
  telling.item = {.key = {about, ItemKind::trouble, "", Audience::office, 1},
                  .planned_at = step.now,
                  .reason = reason};
  wanted.emplace(about, Wanted{std::move(telling), *route, NoticeState::queued, std::nullopt});
}

}  // namespace

void want_trouble(const Step& step, std::vector<Wanted>& wanted) {
  std::map<AssignmentKey, Wanted> found;
  for (const auto& fact : step.record.facts()) {
    // What the engine met (an edit refused, a clock step held), by its code.
    if (fact.kind == FactKind::trouble) want(step, fact.subject, fact.at, Reason::none, found);
  }
  for (const auto& failure : step.record.failures()) {
    if (is_trouble(failure.items)) continue;
    want(step, failure.endpoint, failure.at, failure.reason, found);
  }
  for (const auto& [endpoint, failing] : step.record.failing_endpoints()) {
    if (failing.attempts < limits::failing_attempts) continue;
    want(step, endpoint, failing.since, failing.reason, found);
  }
  for (auto& [about, one] : found) wanted.push_back(std::move(one));
}

}  // namespace duban::schedule
