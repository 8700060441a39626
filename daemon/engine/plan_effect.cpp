#include "engine/plan_effect.h"

#include <algorithm>

#include "engine/text_fact.h"

namespace duban::engine {
namespace {

constexpr const char* offline_salt = "rehearsal";

// One future, and what it began with.
struct Future {
  std::vector<Prospect> prospects;
  std::vector<Breach> breaches;
};

std::vector<Breach> breaches_of(const PlanRun& run, Instant from) {
  auto year = run.afresh();
  const auto& timetable = year->timetable();
  const auto& zone = timetable.zone();
  Behaviour punctual{.punctual = true, .events = {}, .spoken_for = {}};
  auto breaches = rehearse(*year, {.from = zone.day_of(timetable.begins()),
                                   .to = zone.day_of(timetable.ends() - Seconds{1}),
                                   .behaviour = punctual}).breaches;
  auto month = format_day(zone.day_of(from)).substr(0, 7);
  std::erase_if(breaches, [&](const Breach& one) { return one.month < month; });
  return breaches;
}

Future future_of(PlanRun& run, Instant from, const std::string& salt) {
  auto record = run.record();
  auto lived = forecast(run, {.from = from,
                              .to = run.timetable().ends(),
                              .behaviour = {},
                              .salt = salt});
  return {prospects(record, from, lived), breaches_of(run, from)};
}

void append_new(std::vector<std::string>& ids, const std::string& id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

EffectOrder order_of(const plan::Plan* before, const plan::Plan* after) {
  EffectOrder order;
  for (const auto* plan : {after, before}) {
    if (plan == nullptr) continue;
    for (const auto& duty : plan->duties) append_new(order.duties, duty.id);
    for (const auto& unit : plan->units) append_new(order.units, unit.id);
  }
  return order;
}

void take_names(const plan::Plan* plan, PlanEffect& effect) {
  if (plan == nullptr) return;
  for (const auto& duty : plan->duties) effect.duties[duty.id] = duty.name;
  for (const auto& unit : plan->units) effect.units[unit.id] = unit.name;
  effect.units[std::string{plan::office_id}] = plan->office.short_name;
}

// Where the items of one side say nothing of a due time (all of them are gone, or added), the plan
// does.
void fill_due(const PlanRun* run, const DutyEffect& effect, std::optional<Instant>& due) {
  if (due || run == nullptr) return;
  for (const auto& occurrence : run->timetable().occurrences()) {
    bool same = run->plan().duties[occurrence.duty].id == effect.duty &&
                occurrence.period == effect.period;
    if (same && occurrence.dating == calendar::Dating::dated) due = occurrence.due;
  }
}

PlanEffect effect_of(const PlanRun* before, const PlanRun* after, const Future& was,
                     const Future& will, const schedule::Record& told) {
  const auto& shown = after == nullptr ? *before : *after;
  const auto* old_plan = before == nullptr ? nullptr : &before->plan();
  const auto* new_plan = after == nullptr ? nullptr : &after->plan();
  PlanEffect effect{.plan = shown.plan().id,
                    .year = shown.plan().year,
                    .zone = shown.timetable().zone()};
  effect.changes = compare(was.prospects, will.prospects, told);
  effect.sums = sum_up(effect.changes, was.prospects, will.prospects, effect.zone,
                       order_of(old_plan, new_plan));
  for (auto& duty : effect.sums.duties) {
    fill_due(before, duty, duty.due_before);
    fill_due(after, duty, duty.due_after);
  }
  effect.breaches_before = was.breaches;
  effect.breaches_after = will.breaches;
  take_names(old_plan, effect);
  take_names(new_plan, effect);
  return effect;
}

}  // namespace

PlanEffect effect_of_edit(const PlanRun* running, std::shared_ptr<const plan::Plan> edited,
                          const message::Templates& templates, Instant now,
                          const std::string& salt) {
  Future was;
  std::unique_ptr<PlanRun> next;
  if (running == nullptr) {
    next = std::make_unique<PlanRun>(edited, templates);
  } else {
    was = future_of(*running->branch(), now, salt);
    next = running->branch();
    next->replace_plan(edited, templates);
  }
  next->record(text_fact(edited->digest, now, "duban", true));
  auto will = future_of(*next, now, salt);
  const schedule::Record nothing;
  auto effect = effect_of(running, next.get(), was, will,
                          running == nullptr ? nothing : running->record());
  effect.from = now;
  return effect;
}

PlanEffect effect_between(const PlanRun* before, const PlanRun* after) {
  auto live = [](const PlanRun* run) {
    if (run == nullptr) return Future{};
    return future_of(*run->afresh(), run->timetable().begins(), offline_salt);
  };
  const auto* shown = after == nullptr ? before : after;
  auto effect = effect_of(before, after, live(before), live(after), {});
  effect.from = shown->timetable().begins();
  effect.from_the_beginning = true;
  return effect;
}

}  // namespace duban::engine
