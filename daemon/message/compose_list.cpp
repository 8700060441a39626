#include <algorithm>
#include <fmt/format.h>

#include "message/compose.h"
#include "message/words.h"

namespace duban::message {
namespace {

using schedule::Assignment;

const plan::Duty& duty_of(const Scene& scene, const Assignment& assignment) {
  return scene.facts.plan().duties[assignment.duty];
}

std::string short_unit(const Scene& scene, const Assignment& assignment) {
  auto name = assignment.key.unit == plan::office_id ? std::string{"我办"}
                                                     : scene.unit_name(assignment.key.unit);
  if (assignment.key.slice.empty()) return name;
  const auto* task = scene.facts.plan().find_task(assignment.key.slice);
  return name + "(" + (task ? task->name : assignment.key.slice) + ")";
}

std::string due_words(const Scene& scene, const Assignment& assignment) {
  return due_text(assignment.due, assignment.due_has_hour, assignment.provisional,
                  scene.facts.plan(), scene.zone());
}

bool waits_for_check(const Scene& scene, const plan::Duty& duty) {
  const auto* ladder = scene.facts.plan().ladder_of(duty);
  return ladder && std::ranges::any_of(ladder->stages, &plan::Stage::after_checked);
}

std::vector<EntryView> missing_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  std::vector<std::vector<const Assignment*>> groups;
  for (auto index : scene.context.decision.list.overdue) {
    const auto& a = scene.context.decision.assignments.at(index);
    auto found = std::ranges::find_if(groups, [&](const auto& group) {
      return group.front()->duty == a.duty && group.front()->key.period == a.key.period &&
             group.front()->due == a.due;
    });
    if (found == groups.end()) groups.push_back({&a});
    else found->push_back(&a);
  }
  for (const auto& group : groups) {
    const auto& first = *group.front();
    const auto& duty = duty_of(scene, first);
    EntryView entry;
    entry.what = full_name(scene.facts.plan(), duty, first.key.period, {});
    entry.since = due_words(scene, first);
    entry.how_many = group.size();
    entry.count = fmt::format("{}", entry.how_many);
    for (const auto* a : group) append_joined(entry.units, short_unit(scene, *a));
    if (waits_for_check(scene, duty)) {
      entry.type_this = fmt::format("dubanctl checked {} {}", duty.id, first.key.period);
    }
    auto verb = duty.ends == plan::Ends::held ? "held" : "received";
    auto unit = duty.ends == plan::Ends::held ? std::string{}
                : group.size() == 1           ? " " + first.key.unit
                                              : std::string{" 单位"};
    entry.or_this = fmt::format("dubanctl {} {} {}{} --at 时:分", verb, duty.id,
                                first.key.period, unit);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<EntryView> draft_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& draft : scene.context.decision.list.drafts) {
    const auto& a = scene.context.decision.assignments.at(draft.assignment);
    auto sends = scene.zone().to_civil(draft.sends_at);
    auto later = scene.facts.plain_workdays().add(day_of(sends), 1);
    EntryView entry;
    entry.what = scene.name(a.key);
    entry.unit_name = scene.unit_name(a.key.unit);
    entry.sends = weekday_words(day_of(sends), scene.year()) + hour_words(time_of(sends));
    entry.type_this = "dubanctl release " + draft.notice;
    entry.or_this = fmt::format("dubanctl defer {} --until \"{:02}-{:02} {}\"", draft.notice,
                                month_of(later), day_of_month(later),
                                format_time_of_day(time_of(sends)));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// A line for each unit and reason, with all that it should have been told.
std::vector<EntryView> by_hand_of_units(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& by_hand : scene.context.decision.list.by_hand) {
    const auto& a = scene.context.decision.assignments.at(by_hand.assignment);
    auto unit = scene.unit_name(a.key.unit);
    auto why = reason_words(by_hand.reason);
    auto found = std::ranges::find_if(entries, [&](const auto& entry) {
      return entry.units == unit && entry.why == why;
    });
    if (found == entries.end()) {
      found = entries.insert(entries.end(), EntryView{});
      found->units = unit;
      found->why = why;
    }
    auto asked = asked_of(a, scene.context.now).at ? asked_words(scene, a) + "前" : "待定";
    append_joined(found->what, scene.name(a.key) + "(" + asked + ")");
  }
  return entries;
}

// Units that should be told the same stand in one line.
std::vector<EntryView> by_hand_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (auto& one : by_hand_of_units(scene)) {
    auto found = std::ranges::find_if(entries, [&](const auto& entry) {
      return entry.what == one.what && entry.why == one.why;
    });
    if (found == entries.end()) found = entries.insert(entries.end(), EntryView{});
    append_joined(found->units, one.units);
    found->what = one.what;
    found->why = one.why;
    found->count = fmt::format("{}", ++found->how_many);
  }
  return entries;
}

std::vector<EntryView> undated_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& undated : scene.context.decision.list.undated) {
    const auto& duty = scene.facts.plan().duties.at(undated.duty);
    EntryView entry;
    entry.what = full_name(scene.facts.plan(), duty, undated.period, {});
    if (undated.decide_by) {
      entry.decide_by = weekday_words(*undated.decide_by, scene.year());
      entry.late_choice = *undated.decide_by < scene.today;
    }
    entry.dated_too_late = undated.dated_too_late;
    entry.type_this = fmt::format("dubanctl set {} --due 月-日", duty.id);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string silenced_words(const Scene& scene, const schedule::Silence& silence) {
  std::string whom, what;
  for (const auto& unit : silence.units) append_joined(whom, scene.unit_name(unit));
  for (const auto& id : silence.duties) {
    const auto* duty = scene.facts.plan().find_duty(id);
    append_joined(what, duty ? duty->name : id);
  }
  if (whom.empty()) whom = "各单位";
  if (what.empty() && !silence.stage) return whom;
  auto kind = silence.stage ? stage_words(*silence.stage) : std::string{};
  return whom + "的" + what + kind;
}

std::vector<EntryView> silence_entries(const Scene& scene) {
  std::vector<EntryView> entries;
  for (const auto& silence : scene.context.decision.list.silences) {
    EntryView entry;
    entry.units = silenced_words(scene, silence);
    entry.since = moment_words(scene.zone().to_civil(silence.until), scene.year());
    entry.why = silence.why;
    if (silence.seq != 0) entry.type_this = fmt::format("dubanctl silence --end {}", silence.seq);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

ListView compose_list(const Scene& scene) {
  ListView list{.undated = undated_entries(scene),
                .drafts = draft_entries(scene),
                .missing = missing_entries(scene),
                .by_hand = by_hand_entries(scene),
                .silences = silence_entries(scene)};
  auto held = scene.context.decision.list.storm;
  if (held > 0) list.storm = fmt::format("{}", held);
  return list;
}

}  // namespace duban::message
