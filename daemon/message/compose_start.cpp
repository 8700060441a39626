#include <algorithm>
#include <fmt/format.h>

#include "message/compose.h"

namespace duban::message {
namespace {

using schedule::Assignment;

std::string bounds_words(const Scene& scene, const plan::Duty& duty) {
  const auto& [from, to] = duty.bounds;
  if (from && to) {
    bool whole_month = day_of_month(*from) == 1 && month_of(*from) == month_of(*to) &&
                       day_of_month(*to) == days_in_month(year_of(*to), month_of(*to));
    if (whole_month) return scene.wording().within_month(*to);
    return scene.say().between(scene.day_words(*from), scene.day_words(*to));
  }
  return to ? scene.say().by(scene.day_words(*to)) : std::string{};
}

std::string undated_words(const Scene& scene, const plan::Duty& duty) {
  auto bounds = bounds_words(scene, duty);
  return bounds.empty() ? std::string{scene.say().undated} : scene.say().undated_within(bounds);
}

// Seven dates at 17:00 say the hour once.
std::string dates_words(const Scene& scene, const std::vector<const Assignment*>& dated) {
  auto hour_of = [&](const Assignment& a) {
    auto asked = asked_of(a, scene.context.now);
    if (!asked.has_hour) return std::string{};
    return hour_words(time_of(scene.zone().to_civil(*asked.at)));
  };
  auto hour = hour_of(*dated.front());
  bool alike = dated.size() > 1 && std::ranges::all_of(dated, [&](const auto* a) {
                 return !a->provisional && hour_of(*a) == hour;
               });
  std::string joined;
  for (const auto* a : dated) {
    auto asked = asked_of(*a, scene.context.now);
    scene.wording().append(
        joined, scene.due_words(asked.at, asked.has_hour && !alike, a->provisional));
  }
  return alike && !hour.empty() ? scene.say().all_at(joined, hour) : scene.say().by(joined);
}

bool is_ahead(const Scene& scene, const Assignment& assignment) {
  auto asked = asked_of(assignment, scene.context.now);
  return asked.at && *asked.at >= scene.context.now;
}

DateView date_line(const Scene& scene, const std::vector<const Assignment*>& of_duty) {
  const auto& duty = scene.facts.plan().duties[of_duty.front()->duty];
  std::vector<const Assignment*> dated, undated;
  for (const auto* a : of_duty) (a->due ? dated : undated).push_back(a);
  DateView line{duty.name, {}};
  if (duty.every != plan::Every::once && of_duty.size() > 1) {
    line.duty += scene.say().periods(of_duty.size());
  } else {
    line.duty = scene.name(duty, of_duty.front()->key.period);
  }
  if (duty.origin != plan::Origin::duty) {
    line.duty = duty.origin == plan::Origin::milestone ? scene.say().milestone(line.duty)
                                                       : scene.say().action(line.duty);
  }
  if (!dated.empty()) line.dates = dates_words(scene, dated);
  if (undated.empty()) return line;
  if (!line.dates.empty()) line.dates += scene.say().also_undated(undated.size());
  line.dates += undated_words(scene, duty);
  return line;
}

void fill_tasks(const Scene& scene, const UnitFacts& facts, StartView& start) {
  std::size_t given = 0;
  std::string_view clause;
  for (const auto* task : facts.named) {
    const auto& id = facts.unit->id;
    bool leads = std::ranges::find(task->leads, id) != task->leads.end();
    auto entry = task->clause == clause ? task->name
                                        : scene.say().of_clause(task->clause, task->name);
    clause = task->clause;
    scene.wording().append(start.tasks, leads ? scene.say().leads(entry) : entry);
    bool reports = std::ranges::find(facts.reported, task) != facts.reported.end();
    if (reports || task->reporters.empty()) continue;
    ++given;
    scene.wording().append(
        start.given,
        task->name + scene.say().bracketed(scene.unit_name(task->reporters.front())));
  }
  if (!facts.named.empty()) start.task_count = fmt::format("{}", facts.named.size());
  if (given > 0) start.given_count = fmt::format("{}", given);
}

}  // namespace

std::vector<DateView> compose_calendar(const Scene& scene,
                                       const std::vector<const Assignment*>& told) {
  std::vector<std::vector<const Assignment*>> by_duty;
  for (const auto* assignment : told) {
    bool told_one = assignment->standing == schedule::Standing::open &&
                    assignment->dating != calendar::Dating::never;
    if (!told_one) continue;
    auto same = [&](const auto& list) { return list.front()->duty == assignment->duty; };
    auto found = std::ranges::find_if(by_duty, same);
    if (found == by_duty.end()) {
      found = by_duty.insert(by_duty.end(), std::vector<const Assignment*>{});
    }
    bool twice = std::ranges::any_of(*found, [&](const auto* other) {
      return other->key.period == assignment->key.period && other->due == assignment->due;
    });
    if (!twice) found->push_back(assignment);
  }
  std::vector<DateView> lines;
  for (const auto& of_duty : by_duty) lines.push_back(date_line(scene, of_duty));
  return lines;
}

StartView compose_start(const Scene& scene, std::string_view unit,
                        const std::vector<const Assignment*>& told) {
  StartView start;
  start.calendar = compose_calendar(scene, told);
  const Assignment* first = nullptr;
  for (const auto* assignment : told) {
    bool open = assignment->standing == schedule::Standing::open && is_ahead(scene, *assignment);
    auto at = [&](const Assignment& a) { return asked_of(a, scene.context.now).at; };
    if (open && (!first || at(*assignment) < at(*first))) first = assignment;
  }
  if (first) {
    start.first = scene.name(first->key);
    start.first_asked = asked_words(scene, *first);
    const auto& duty = scene.facts.plan().duties[first->duty];
    start.first_text = duty.text;
    start.first_verb = scene.wording().verb(duty.origin);
  }
  if (const auto* facts = scene.facts.unit(unit)) fill_tasks(scene, *facts, start);
  return start;
}

}  // namespace duban::message
