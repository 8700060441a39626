#include "engine/explain_parts.h"

#include <algorithm>

namespace duban::engine {
namespace {

using schedule::Assignment;
using schedule::AssignmentKey;

// The occurrence as it is for one assignment: an extension moves its due time.
calendar::Occurrence occurrence_for(const Assignment& assignment,
                                    const calendar::Occurrence& of_plan) {
  auto own = of_plan;
  own.dating = assignment.due ? calendar::Dating::dated : own.dating;
  own.due = assignment.due;
  own.ask_by = assignment.ask_by;
  own.due_has_hour = assignment.due_has_hour;
  own.ask_by_has_hour = assignment.ask_by_has_hour;
  return own;
}

// The plan that runs, which knows the private contacts too, with what its files said.
std::shared_ptr<const Text> present_text(const Past& past) {
  Text text{.plan = past.plan, .sources = {}, .plans = past.plans};
  if (auto kept = past.text_of(past.plan->digest)) {
    for (const auto& [path, said] : kept->sources) {
      auto place = past.plans / std::filesystem::path{path}.lexically_relative(kept->plans);
      text.sources[place.lexically_normal().generic_string()] = said;
    }
  }
  return std::make_shared<const Text>(std::move(text));
}

}  // namespace

std::optional<StageKind> kind_of(const std::string& stage_key) {
  return from_word<StageKind>(stage_key.substr(0, stage_key.find(' ')));
}

std::shared_ptr<const Text> Scene::choose(const Past& past, const schedule::Record& record,
                                          TextInForce& in_force) {
  in_force.since = Causes{record, past.text_of}.last(FactKind::plan_text);
  in_force.digest = in_force.since ? in_force.since->subject : past.plan->digest;
  bool present = in_force.digest == past.plan->digest;
  auto kept = past.text_of(in_force.digest);
  in_force.missing = !kept;
  return present || !kept ? present_text(past) : kept;
}

Scene::Scene(const Past& past, const schedule::Record& record, Instant at)
    : record_(record),
      at_(at),
      text_(choose(past, record, in_force_)),
      timetable_(text_->plan, schedule::bearings_of(*text_->plan, record)),
      all_(schedule::assignments(timetable_, record, at)),
      causes_(record, past.text_of) {}

const Assignment* Scene::assignment(const AssignmentKey& key) const {
  auto slot = timetable_.slot_of(key);
  return slot ? &all_[*slot] : nullptr;
}

std::string Scene::name_of(const std::string& id) const {
  return plan().name_of(id, timetable_.zone().day_of(at_));
}

Page Scene::page(const Past& past) const {
  Page page{.plan = plan().id,
            .year = plan().year,
            .zone = timetable_.zone(),
            .duty_names = {},
            .now = past.now,
            .text = in_force_,
            .notice = std::nullopt,
            .assignment = std::nullopt,
            .duties = {}};
  for (const auto& duty : plan().duties) page.duty_names[duty.id] = duty.name;
  return page;
}

DutyPart Scene::duty(const AssignmentKey& about) const {
  DutyPart part{.id = about.duty, .name = about.duty, .clause = {}, .lines = {}, .periods = {}};
  auto text = plan().find_duty(about.duty) != nullptr ? text_
                                                      : causes_.text_with_duty(about.duty);
  if (!text) return part;
  const auto& duty = *text->plan->find_duty(about.duty);
  part.name = duty.name;
  part.clause = duty.clause;
  part.basis = duty.basis;
  part.lines = Citing{*text}.duty(duty, about.period);
  return part;
}

PeriodPart Scene::period(const AssignmentKey& about) const {
  PeriodPart part{.period = about.period, .slice = about.slice};
  auto slot = timetable_.slot_of(about);
  if (!slot) return part;
  const auto& occurrence = timetable_.occurrences()[timetable_.slots()[*slot].occurrence];
  const auto& assignment = all_[*slot];
  part.dating = assignment.dating;
  part.due = assignment.due;
  part.ask_by = assignment.ask_by;
  part.due_has_hour = assignment.due_has_hour;
  part.ask_by_has_hour = assignment.ask_by_has_hour;
  part.provisional = assignment.provisional;
  part.steps = occurrence.why;
  part.extended = causes_.fact(assignment.extended_by);
  part.decide_by = plan().duties[assignment.duty].decide_by;
  return part;
}

StagePart Scene::stage(const AssignmentKey& about, const std::string& key,
                       std::optional<Instant> heard) const {
  StagePart part{.key = key, .kind = kind_of(key).value_or(StageKind::remind), .line = {}};
  auto slot = timetable_.slot_of(about);
  if (!slot) return part;
  const auto& assignment = all_[*slot];
  const auto* ladder = plan().ladder_of(plan().duties[assignment.duty]);
  if (ladder == nullptr) return part;
  auto found = std::ranges::find(ladder->stages, key, &plan::Stage::key);
  if (found == ladder->stages.end()) return part;
  part.line = cite().line(found->place);
  if (!assignment.due) return part;
  auto index = static_cast<std::size_t>(found - ladder->stages.begin());
  auto point = std::ranges::find(assignment.points, index, &schedule::Point::stage);
  bool known = point != assignment.points.end();
  const auto& occurrence = timetable_.occurrences()[timetable_.slots()[*slot].occurrence];
  part.count = calendar::stage_count(*ladder, *found, occurrence_for(assignment, occurrence),
                                     plan(), timetable_.zone(),
                                     known ? point->counted_from : std::nullopt);
  auto planned = timetable_.zone().to_instant(part.count->at);
  if (heard && *heard != planned) {
    part.moved_to = heard;
    part.moved_because = known ? point->reason : Reason::none;
  }
  return part;
}

}  // namespace duban::engine
