#include "control/page_parts.h"

#include <fmt/format.h>
#include <algorithm>

#include "control/state_words.h"
#include "message/words.h"

namespace duban::control {
namespace {

// Of a silence: units, duties, or everybody.
std::string muted_words(const schedule::Silence& silence, const plan::Plan& plan) {
  std::string units, duties;
  for (const auto& id : silence.units) message::append_joined(units, plan.name_of(id));
  for (const auto& id : silence.duties) {
    const auto* duty = plan.find_duty(id);
    message::append_joined(duties, duty == nullptr ? id : duty->name);
  }
  auto text = units.empty() ? "各单位" : units;
  if (!duties.empty()) text += ":" + duties;
  if (silence.stage) text += "(只停" + stage_words(to_word(*silence.stage)) + ")";
  return text;
}

message::WebSilence silence_view(const engine::StandingSilence& one, Timetables plans) {
  message::WebSilence view{.muted = one.plan, .muted_why = one.silence.why};
  const auto* timetable = timetable_of(plans, one.plan);
  if (timetable == nullptr) return view;
  const auto& plan = timetable->plan();
  view.muted = plan_prefix(plans, *timetable) + muted_words(one.silence, plan);
  auto from = moment_of(one.silence.from, timetable->zone(), plan.year);
  auto until = moment_of(one.silence.until, timetable->zone(), plan.year);
  view.muted_from = from.words;
  view.muted_from_time = from.machine;
  view.muted_until = until.words;
  view.muted_until_time = until.machine;
  return view;
}

}  // namespace

Moment moment_of(Instant at, const calendar::Zone& zone, int year) {
  auto civil = zone.to_civil(at);
  auto words = message::weekday_words(day_of(civil), year);
  if (time_of(civil) != end_of_day) words += message::hour_words(time_of(civil));
  return {std::move(words), zone.format(at)};
}

Moment moment_of(const std::optional<Instant>& at, const calendar::Zone& zone, int year) {
  return at ? moment_of(*at, zone, year) : Moment{.words = "—", .machine = {}};
}

const schedule::Timetable* timetable_of(Timetables plans, const std::string& id) {
  auto found = std::ranges::find_if(plans, [&](const auto* one) { return one->plan().id == id; });
  return found == plans.end() ? nullptr : *found;
}

std::string plan_prefix(Timetables plans, const schedule::Timetable& plan) {
  return plans.size() > 1 ? plan.plan().title + ":" : std::string{};
}

message::WebHealth health_of(const engine::Status& status, Timetables plans) {
  message::WebHealth health;
  health.well = status.problems.empty();
  if (!health.well) health.problem_count = std::to_string(status.problems.size());
  for (const auto& one : status.problems) {
    health.problems.push_back({one.message.chinese, one.mend.chinese});
  }
  for (const auto& one : status.silences) health.silences.push_back(silence_view(one, plans));
  health.drafted = std::to_string(status.outbox.drafted);
  health.queued = std::to_string(status.outbox.queued);
  health.retrying = std::to_string(status.outbox.retrying);
  health.failed = std::to_string(status.outbox.failed);
  return health;
}

}  // namespace duban::control
