// The brake on a flood (I5): when a wake-up has more notices that are late, changes, gone or told
// again than the plan allows, these wait as drafts and the office is asked once.

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

bool is_stormy(const Wanted& one) {
  const auto& item = one.telling.item;
  if (one.state != NoticeState::queued || item.key.audience == Audience::office) return false;
  return item.late || one.again || item.key.kind == ItemKind::change ||
         item.key.kind == ItemKind::gone;
}

// What an edit makes is not held when the office has seen it in a diff: now, or when the hours next
// open after the edit.
bool was_seen(const Step& step) {
  const auto& facts = step.record.facts();
  auto text = std::ranges::find(facts.rbegin(), facts.rend(), FactKind::plan_text, &Fact::kind);
  if (text == facts.rend() || text->note != seen_in_diff) return false;
  auto opens = step.quiet().at_once({}, std::nullopt, text->at, std::nullopt).at;
  return step.now <= opens + limits::late_after;
}

void ask_office(const Step& step, std::vector<Wanted>& wanted) {
  AssignmentKey about{"", format_day(step.zone().day_of(step.now)),
                      std::string{plan::office_id}, std::string{storm_code}};
  const auto& route =
      step.timetable.route_to(std::string{plan::office_id}, Audience::office, false);
  if (!route) return;
  const auto* told = step.record.told_about(about);
  int telling = told == nullptr ? 1 : static_cast<int>(told->size()) + 1;
  Telling question;
  question.item = {.key = {about, ItemKind::trouble, "", Audience::office, telling},
                   .planned_at = step.now,
                   .reason = Reason::storm};
  wanted.push_back({std::move(question), *route, NoticeState::queued, std::nullopt});
}

}  // namespace

void brake_storm(const Step& step, std::vector<Wanted>& wanted) {
  bool seen = was_seen(step);
  auto holds = [&](const Wanted& one) {
    return is_stormy(one) && (one.telling.item.late || !seen);
  };
  std::set<std::string> endpoints;
  for (const auto& one : wanted) {
    if (holds(one)) endpoints.insert(one.route.endpoint);
  }
  if (endpoints.size() <= step.plan().storm) return;
  for (auto& one : wanted) {
    if (!holds(one)) continue;
    one.state = NoticeState::drafted;
    one.storm = true;
  }
  ask_office(step, wanted);
}

}  // namespace duban::schedule
