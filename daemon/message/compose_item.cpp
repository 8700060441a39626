#include <algorithm>
#include <fmt/format.h>

#include "message/compose.h"
#include "message/missing.h"

namespace duban::message {
namespace {

using schedule::Assignment;
using schedule::Telling;

std::string left_words(const Scene& scene, Instant at) {
  if (at < scene.context.now) return std::string{scene.say().is_past};
  auto day = scene.zone().day_of(at);
  if (day == scene.today) return std::string{scene.say().is_today};
  auto working = scene.facts.workdays().count_between(scene.today, day);
  if (working > 0) return scene.say().working_days_left(static_cast<std::size_t>(working));
  return scene.say().days_left(static_cast<std::size_t>((day - scene.today).count()));
}

void fill_dates(const Scene& scene, const Assignment& assignment, ItemView& item) {
  const auto& zone = scene.zone();
  item.due = scene.due_words(assignment.due, assignment.due_has_hour, assignment.provisional);
  item.asked = asked_words(scene, assignment);
  auto asked = asked_of(assignment, scene.context.now);
  if (!asked.at) return;
  auto due_day = zone.day_of(*assignment.due);
  item.due_day = scene.day_words(due_day);
  item.left = left_words(scene, *asked.at);
  auto asked_at = zone.to_civil(*asked.at);
  if (asked.has_hour) item.asked_hour = hour_words(time_of(asked_at));
  if (!asked.early) return;
  bool same_day = due_day == day_of(asked_at);
  auto hour = assignment.due_has_hour ? hour_words(time_of(zone.to_civil(*assignment.due)))
                                      : std::string{"24:00"};
  item.until = same_day ? scene.say().same_day(hour) : item.due;
}

void fill_rows(const Scene& scene, const plan::Duty& duty, const schedule::AssignmentKey& key,
               ItemView& item) {
  auto rows = scene.facts.rows(duty, key.unit, key.slice);
  if (rows.empty()) return;
  for (const auto* task : rows) {
    bool leads = std::ranges::find(task->leads, key.unit) != task->leads.end();
    scene.wording().append(item.rows, leads ? scene.say().leads(task->name) : task->name);
    item.leads = item.leads || leads;
  }
  item.row_count = fmt::format("{}", rows.size());
  if (duty.rows != plan::Rows::reporter) return;
  item.repeats = duty.every != plan::Every::once;
  const auto* facts = scene.facts.unit(key.unit);
  auto others = facts && key.slice.empty() ? facts->named.size() - rows.size() : 0;
  if (others > 0) item.other_count = fmt::format("{}", others);
}

// Which day the basis speaks of: what the document fixes, or what the office set.
void fill_basis(const Scene& scene, const plan::Duty& duty, const Assignment& assignment,
                ItemView& item) {
  item.clause = duty.clause;
  auto asked = asked_of(assignment, scene.context.now);
  // What was ordered had its date from there.
  bool ordered = duty.origin == plan::Origin::action;
  if (!asked.at || assignment.extended || ordered) return;
  auto change = duty.changes.find(assignment.key.period);
  bool moved = change != duty.changes.end() && change->second.due;
  auto asked_day = scene.zone().day_of(*asked.at);
  if (duty.basis == plan::Basis::office || moved) {
    auto asked_month = fmt::format("{}-{:02}", year_of(asked_day), month_of(asked_day));
    item.office_day = assignment.key.period == asked_month
                          ? scene.wording().day_in_month(asked_day, scene.year())
                          : scene.day_words(asked_day);
  } else if (duty.basis == plan::Basis::unit) {
    item.unit_day = true;
  } else if (!duty.bounds.from && !duty.bounds.to) {
    item.source_day = item.due_day;
  }
}

std::string receiver_words(const Scene& scene, const plan::Duty& duty, std::string_view unit) {
  std::vector<std::string> names;
  for (const auto& id : duty.to) {
    if (id == unit || (id == plan::office_id && unit != plan::office_id)) continue;
    names.push_back(id == "@lead" ? std::string{scene.say().lead_units} : scene.unit_name(id));
  }
  if (names.size() > 3) {
    return scene.say().and_others(names.front(), names.size(), names.size() - 1);
  }
  std::string joined;
  for (const auto& name : names) scene.wording().append(joined, name);
  return joined;
}

std::string told_days(const Scene& scene, const std::vector<Instant>& told_before) {
  std::string joined, last;
  for (auto at : told_before) {
    auto day = scene.day_words(scene.zone().day_of(at));
    if (day != last) scene.wording().append(joined, day);
    last = day;
  }
  return joined;
}

std::string command_words(const Scene& scene, const plan::Duty& duty,
                          const schedule::AssignmentKey& key) {
  if (is_drafted(duty, key)) return issued_command(scene, duty, key.period);
  if (duty.ends == plan::Ends::held) {
    return fmt::format("dubanctl held {} {} --at {}", duty.id, key.period, scene.say().hour_word);
  }
  return fmt::format("dubanctl received {} {} {} --at {}", duty.id, key.period, key.unit,
                     scene.say().hour_word);
}

std::string was_words(const Scene& scene, std::optional<Instant> was) {
  const auto& zone = scene.zone();
  bool has_hour = was && time_of(zone.to_civil(*was)) != end_of_day;
  return scene.due_words(was, has_hour, false);
}

std::string without_stop(std::string_view sentence) {
  for (std::string_view stop : {"。", "."}) {
    if (sentence.ends_with(stop)) sentence.remove_suffix(stop.size());
  }
  return std::string{sentence};
}

std::string gone_words(const Scene& scene, const Telling& telling,
                       const Assignment* assignment) {
  if (assignment && !assignment->excuse.empty()) return without_stop(assignment->excuse);
  const auto& say = scene.say();
  if (telling.item.reason == Reason::reassigned) return std::string{say.reassigned};
  return telling.item.reason == Reason::removed ? std::string{say.removed} : std::string{};
}

void fill_answer(const Telling& telling, const Assignment* assignment, ItemView& item) {
  item.returned = telling.item.reason == Reason::returned;
  if (!assignment || !assignment->answer) return;
  item.reason = without_stop(assignment->answer->why);
  item.disputed = assignment->answer->kind == FactKind::declined &&
                  assignment->answer->to == FactKind::not_ours;
}

// What a key's duty is; of a duty that nobody knows any more only that it was one.
void fill_origin(const Scene& scene, const plan::Duty* duty, ItemView& item) {
  auto origin = duty ? duty->origin : plan::Origin::duty;
  item.held = duty && duty->ends == plan::Ends::held;
  item.milestone = origin == plan::Origin::milestone;
  item.ordered = origin == plan::Origin::action;
  item.paper = !item.held && origin == plan::Origin::duty;
  item.verb = scene.wording().verb(origin);
  if (!duty) return;
  item.not_ours = duty->not_ours;
  item.source = duty->source;
  item.closes = duty->closes;
  const auto* task = scene.facts.plan().find_task(duty->task);
  if (task) item.task_name = task->name;
}

void fill_draft(const Scene& scene, const Telling& telling, const plan::Duty& duty,
                ItemView& item) {
  item.cut_off = scene.moment_words(telling.item.planned_at);
  item.command = issued_command(scene, duty, telling.item.key.about.period);
  if (!duty.document) return;
  item.report = fmt::format("dubanctl report {} {} --out {}", form_word(duty.document->form),
                            telling.item.key.about.period, scene.say().folder_word);
}

}  // namespace

Asked asked_of(const Assignment& assignment, Instant now) {
  if (assignment.ask_by && assignment.due && now <= *assignment.ask_by) {
    return {assignment.ask_by, assignment.ask_by_has_hour, *assignment.ask_by < *assignment.due};
  }
  return {assignment.due, assignment.due_has_hour, false};
}

std::string asked_words(const Scene& scene, const Assignment& assignment) {
  auto asked = asked_of(assignment, scene.context.now);
  return scene.due_words(asked.at, asked.has_hour, assignment.provisional);
}

// After this endpoint a unit is told by another; the office hears of trouble, and has its list.
bool has_next_way(const plan::Plan& plan, const std::string& endpoint) {
  return std::ranges::any_of(plan.contacts, [&](const plan::Contact& contact) {
    auto at = std::ranges::find(contact.endpoints, endpoint);
    return contact.unit != plan::office_id && at != contact.endpoints.end() &&
           std::next(at) != contact.endpoints.end();
  });
}

ItemView compose_item(const Scene& scene, const Telling& telling) {
  const auto& key = telling.item.key.about;
  const auto* assignment = scene.assignment(telling);
  ItemView item;
  item.name = scene.name(key);
  auto noon = scene.facts.plain_workdays().add(scene.today, 1);
  item.makeup = scene.wording().weekday_moment(noon + Seconds{12 * 3600}, scene.year());
  item.checked = telling.checked_at.has_value();
  item.told_days = told_days(scene, telling.told_before);
  if (telling.item.key.kind == ItemKind::change) item.was = was_words(scene, telling.item.was_due);
  if (telling.item.key.kind == ItemKind::gone) item.reason = gone_words(scene, telling, assignment);
  if (telling.item.key.kind == ItemKind::answer) fill_answer(telling, assignment, item);
  if (telling.item.key.kind == ItemKind::trouble) {
    auto held = std::ranges::count_if(scene.context.decision.notices,
                                      &schedule::NoticePlan::storm);
    auto met =
        scene.wording().met(key.slice, key.period, static_cast<std::size_t>(held));
    item.met = met.what;
    item.command = met.command;
    if (item.met.empty()) item.reason = scene.wording().reason(telling.item.reason);
    item.goes_on = has_next_way(scene.facts.plan(), key.slice);
  }
  fill_origin(scene, scene.duty(key), item);
  if (!assignment) return item;
  const auto& duty = scene.facts.plan().duties[assignment->duty];
  fill_dates(scene, *assignment, item);
  fill_rows(scene, duty, key, item);
  fill_basis(scene, duty, *assignment, item);
  item.text = duty.text;
  item.receiver = receiver_words(scene, duty, key.unit);
  item.extended = assignment->extended;
  item.undated = !assignment->due;
  item.passed = assignment->due && *assignment->due <= scene.context.now;
  item.command = command_words(scene, duty, key);
  if (telling.item.key.kind == ItemKind::document) fill_draft(scene, telling, duty, item);
  if (assignment->answered_at) {
    item.answered = scene.moment_words(*assignment->answered_at);
  }
  return item;
}

}  // namespace duban::message
