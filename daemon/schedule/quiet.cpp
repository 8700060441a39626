#include "schedule/quiet.h"

#include <algorithm>

#include "base/limits.h"
#include "schedule/assignment.h"

namespace duban::schedule {
namespace {

// So long before the hours close, so that there is still somebody to read it.
constexpr Seconds ahead{30 * 60};
constexpr Seconds whole_day{24 * 3600};

bool names(const std::vector<std::string>& ids, const std::string& id) {
  return ids.empty() || std::ranges::find(ids, id) != ids.end();
}

std::vector<std::string> one_or_any(const std::string& id) {
  return id.empty() ? std::vector<std::string>{} : std::vector{id};
}

Silence planned(const plan::Silence& silence, const calendar::Zone& zone) {
  return {.from = zone.to_instant(Civil{silence.from}),
          .until = zone.to_instant(Civil{silence.to + std::chrono::days{1}}),
          .units = silence.units,
          .duties = silence.duties,
          .stage = silence.stage,
          .why = silence.why};
}

Silence recorded(const Fact& fact) {
  return {.from = fact.at,
          .until = fact.time.value_or(fact.at),
          .units = one_or_any(fact.about.unit),
          .duties = one_or_any(fact.about.duty),
          .stage = from_word<StageKind>(fact.subject),
          .why = fact.note,
          .seq = fact.seq};
}

}  // namespace

bool Silence::mutes(const AssignmentKey& key, std::optional<StageKind> of_stage) const {
  if (stage && stage != of_stage) return false;
  // The office is muted only where it is named.
  if (key.unit == plan::office_id && units.empty()) return false;
  return names(units, key.unit) && names(duties, key.duty);
}

std::vector<Silence> silences_of(const Timetable& timetable, const Record& record) {
  std::vector<Silence> all;
  for (const auto& one : timetable.plan().silences) all.push_back(planned(one, timetable.zone()));
  for (const auto* fact : record.silenced()) all.push_back(recorded(*fact));
  return all;
}

Quiet::Quiet(const Timetable& timetable, const Record& record)
    : timetable_(&timetable),
      workdays_(timetable.plan().calendar),
      plan_hours_{.hours = timetable.plan().office.hours, .quiet = std::nullopt},
      silences_(silences_of(timetable, record)) {}

Quiet::Windows Quiet::windows_of(const std::string& unit,
                                 const std::optional<Route>& route) const {
  Windows windows;
  const auto& plan = timetable_->plan();
  const auto* found = plan.find_unit(unit);
  if (found != nullptr && !found->window.is_open_always()) windows.push_back(&found->window);
  if (!route) return windows;
  auto channel = plan.channel_windows.find(route->channel);
  if (channel != plan.channel_windows.end()) windows.push_back(&channel->second);
  return windows;
}

bool Quiet::is_open(const Windows& windows, Instant at) const {
  auto civil = timetable_->zone().to_civil(at);
  auto time = time_of(civil);
  return std::ranges::all_of(windows, [&](const plan::Window* window) {
    bool worked = !window->hours || (workdays_.is_working(day_of(civil)) &&
                                     window->hours->contains(time));
    return worked && !(window->quiet && window->quiet->contains(time));
  });
}

// Windows open and close at their own times of day, so these are the moments to try.
Instant Quiet::opens_from(const Windows& windows, Instant at) const {
  if (is_open(windows, at)) return at;
  const auto& zone = timetable_->zone();
  auto first = zone.day_of(at);
  for (int day = 0; day < limits::days_put_off; ++day) {
    std::optional<Instant> opens;
    for (const auto* window : windows) {
      for (auto time : {window->hours ? window->hours->from : Seconds{0},
                        window->quiet ? window->quiet->to : Seconds{0}}) {
        auto moment = zone.to_instant(first + std::chrono::days{day} + time);
        bool earlier = !opens || moment < *opens;
        if (moment > at && earlier && is_open(windows, moment)) opens = moment;
      }
    }
    if (opens) return *opens;
  }
  return at;
}

// The last moment before `at` at which the windows are open and stay so for a while.
Instant Quiet::closes_before(const Windows& windows, Instant at) const {
  const auto& zone = timetable_->zone();
  auto last = zone.day_of(at);
  for (int day = 0; day < limits::days_put_off; ++day) {
    std::optional<Instant> open;
    for (const auto* window : windows) {
      for (auto time : {window->hours ? window->hours->to : whole_day,
                        window->quiet ? window->quiet->from : whole_day}) {
        auto moment = zone.to_instant(last - std::chrono::days{day} + time) - ahead;
        bool later = !open || moment > *open;
        if (moment < at && later && is_open(windows, moment)) open = moment;
      }
    }
    if (open) return *open;
  }
  return at;
}

Instant Quiet::audible_from(const AssignmentKey& key, std::optional<StageKind> kind,
                            Instant at) const {
  bool moved = true;
  while (moved) {
    moved = false;
    for (const auto& silence : silences_) {
      if (!silence.contains(at) || !silence.mutes(key, kind)) continue;
      at = silence.until;
      moved = true;
    }
  }
  return at;
}

Heard Quiet::stage(const AssignmentKey& key, StageKind kind, const std::optional<Route>& route,
                   Instant planned, Instant due) const {
  auto windows = windows_of(key.unit, route);
  auto audible = audible_from(key, kind, planned);
  if (audible > planned) {
    windows.push_back(&plan_hours_);
    return {opens_from(windows, audible), Reason::silenced};
  }
  if (windows.empty() || is_open(windows, planned)) return {planned, Reason::on_time};
  auto open = opens_from(windows, planned);
  bool before_due = kind == StageKind::remind || kind == StageKind::due;
  if (before_due && open >= due) open = closes_before(windows, planned);
  return {open, Reason::waits_for_hours};
}

Heard Quiet::at_once(const AssignmentKey& key, const std::optional<Route>& route, Instant now,
                     std::optional<Instant> due) const {
  auto audible = audible_from(key, std::nullopt, now);
  auto windows = windows_of(key.unit, route);
  windows.push_back(&plan_hours_);
  auto open = opens_from(windows, audible);
  bool too_late = due && *due > audible && open >= *due;
  auto at = too_late ? audible : open;
  if (audible > now) return {at, Reason::silenced};
  return {at, at == now ? Reason::on_time : Reason::waits_for_hours};
}

std::optional<Instant> Quiet::covered_until(const AssignmentKey& key, Instant due) const {
  auto until = audible_from(key, std::nullopt, due);
  return until > due ? std::optional{until} : std::nullopt;
}

}  // namespace duban::schedule
