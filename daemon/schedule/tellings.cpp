// The level-triggered rule for one assignment and audience: newest thing they should know against
// newest that they were told.

#include <algorithm>

#include "base/limits.h"
#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

// The place of a told stage in the present ladder: by its key, or nothing when the ladder has
// changed under it.
std::optional<std::size_t> place_in(const plan::Ladder& ladder, const std::string& key) {
  auto found = std::ranges::find(ladder.stages, key, &plan::Stage::key);
  if (found == ladder.stages.end()) return std::nullopt;
  return static_cast<std::size_t>(found - ladder.stages.begin());
}

// `remind` of `remind -3wd 09:00`.
std::string_view kind_word(std::string_view stage_key) {
  return stage_key.substr(0, stage_key.find(' '));
}

// The told stages' places in the present ladder: by their text, the rest by their order among the
// stages of their kind whose text was not told (a stage moved by an edit is the same stage).
std::vector<std::optional<std::size_t>> places_of(const plan::Ladder& ladder,
                                                  const std::vector<const Told*>& told) {
  std::vector<std::optional<std::size_t>> places;
  std::vector<bool> taken(ladder.stages.size());
  for (const auto* one : told) {
    places.push_back(place_in(ladder, one->item.key.stage));
    if (places.back()) taken[*places.back()] = true;
  }
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (places[i]) continue;
    auto kind = kind_word(told[i]->item.key.stage);
    for (std::size_t stage = 0; stage < taken.size() && !places[i]; ++stage) {
      if (!taken[stage] && kind_word(ladder.stages[stage].key) == kind) places[i] = stage;
    }
    if (places[i]) taken[*places[i]] = true;
  }
  return places;
}

std::optional<Instant> next_stage_after(const plan::Ladder* ladder, const Assignment& assignment,
                                        Instant now) {
  if (ladder == nullptr) return std::nullopt;
  for (const auto& point : assignment.points) {
    bool above = ladder->stages[point.stage].audience == Audience::leader;
    if (!above && point.at && *point.at > now) return point.at;
  }
  return std::nullopt;
}

class Rule {
 public:
  Rule(const Step& step, Decision& decision, std::vector<Wanted>& wanted, std::size_t index)
      : step_(step),
        decision_(decision),
        wanted_(wanted),
        index_(index),
        assignment_(decision.assignments[index]),
        ladder_(step.plan().ladder_of(step.plan().duties[assignment_.duty])),
        told_(step.record.told_about(assignment_.key)),
        audience_(audience_of(assignment_.key.unit)) {}

  void apply();
  void correct();

 private:
  void want_at_once(ItemKind kind, const Knowledge& known);
  void want_answer(const Knowledge& known);
  void want_newest_stage(const Knowledge& known);
  void want_draft();
  Telling stage_telling(const Point& point, Audience audience, int telling) const;
  void add(Telling telling, Audience audience, bool in_person, NoticeState state);
  int free_telling(const ItemKey& key) const;
  void explain(Audience audience, const std::string& stage, Reason reason,
               std::optional<Instant> until = std::nullopt);
  void explain_silence();
  Heard at_once(Audience audience, bool in_person) const {
    const auto& route = step_.timetable.route_to(assignment_.key.unit, audience, in_person);
    return step_.quiet().at_once(assignment_.key, route, step_.now, assignment_.due);
  }
  Heard at_once() const { return at_once(audience_, false); }

  const Step& step_;
  Decision& decision_;
  std::vector<Wanted>& wanted_;
  std::size_t index_;
  const Assignment& assignment_;
  const plan::Ladder* ladder_;
  const std::vector<Told>* told_;
  Audience audience_;
};

void Rule::explain(Audience audience, const std::string& stage, Reason reason,
                   std::optional<Instant> until) {
  decision_.explanations.push_back({assignment_.key, audience, stage, reason, until});
}

// Stages that would have been heard by now and are put off.
void Rule::explain_silence() {
  for (const auto& point : assignment_.points) {
    bool held = point.planned && *point.planned <= step_.now && *point.at > step_.now;
    if (!held) continue;
    const auto& stage = ladder_->stages[point.stage];
    bool above = stage.audience == Audience::leader;
    explain(above ? Audience::leader : audience_, stage.key, point.reason, point.at);
  }
}

// A key that no item has: a withdrawn one that is wanted again is a new telling.
int Rule::free_telling(const ItemKey& key) const {
  int telling = key.telling;
  if (told_ == nullptr) return telling;
  for (const auto& one : *told_) {
    const auto& used = one.item.key;
    bool same = used.kind == key.kind && used.stage == key.stage && used.audience == key.audience;
    if (same) telling = std::max(telling, used.telling + 1);
  }
  return telling;
}

void Rule::add(Telling telling, Audience audience, bool in_person, NoticeState state) {
  telling.assignment = index_;
  auto asked = telling.item.key.telling;
  telling.item.key.telling = free_telling(telling.item.key);
  bool again = telling.item.key.telling != asked ||
               (telling.item.key.kind == ItemKind::start && asked > 1);
  const auto& route = step_.timetable.route_to(assignment_.key.unit, audience, in_person);
  if (!route) {
    bool any = step_.timetable.route_to(assignment_.key.unit, audience, false).has_value();
    explain(audience, telling.item.key.stage, any ? Reason::group_only : Reason::no_contact);
    return;
  }
  auto kind = telling.item.key.kind;
  std::optional<Instant> expires;
  bool before_due = assignment_.due && *assignment_.due > step_.now;
  bool has_an_end = state != NoticeState::drafted && kind != ItemKind::correction;
  if (kind == ItemKind::stage && before_due && has_an_end) {
    expires = assignment_.due;
  } else if (has_an_end) {
    expires = next_stage_after(ladder_, assignment_, step_.now);
    if (!expires && before_due) expires = assignment_.due;
  }
  wanted_.push_back({std::move(telling), *route, state, expires, again});
}

void Rule::want_at_once(ItemKind kind, const Knowledge& known) {
  auto heard = at_once();
  if (heard.at > step_.now) return explain(audience_, "", heard.reason, heard.at);
  Telling telling;
  telling.item = {.key = {assignment_.key, kind, "", audience_, known.telling + 1},
                  .planned_at = step_.now,
                  .due = assignment_.due,
                  .was_due = kind == ItemKind::change ? known.due : std::nullopt,
                  .reason = kind == ItemKind::change ? Reason::due_moved : Reason::newly_known};
  add(std::move(telling), audience_, false, NoticeState::queued);
}

void Rule::want_answer(const Knowledge& known) {
  auto heard = at_once(audience_, true);
  auto stage = answer_stage(*assignment_.answer);
  if (heard.at > step_.now) return explain(audience_, "", heard.reason, heard.at);
  bool returned = assignment_.answer->kind == FactKind::returned;
  Telling telling;
  telling.item = {.key = {assignment_.key, ItemKind::answer, std::move(stage), audience_,
                          known.telling + 1},
                  .planned_at = step_.now,
                  .due = assignment_.due,
                  .was_due = known.due,
                  .reason = returned ? Reason::returned : Reason::declined};
  add(std::move(telling), audience_, true, NoticeState::queued);
}

Telling Rule::stage_telling(const Point& point, Audience audience, int telling) const {
  const auto& stage = ladder_->stages[point.stage];
  bool late = step_.missed(*point.at);
  bool fresh = step_.now - *point.at <= limits::late_after;
  Telling out;
  out.item = {.key = {assignment_.key, ItemKind::stage, stage.key, audience, telling},
              .planned_at = *point.at,
              .due = assignment_.due,
              .late = late,
              .reason = late                                ? Reason::late
                        : point.reason == Reason::silenced ? Reason::silenced
                        : fresh                             ? Reason::on_time
                                                            : Reason::newly_known};
  bool after_due = stage.kind == StageKind::overdue || stage.kind == StageKind::escalate;
  if (after_due) add_history(step_, assignment_, out);
  return out;
}

void Rule::want_newest_stage(const Knowledge& known) {
  if (ladder_ == nullptr) return;
  explain_silence();
  const auto* point = newest_stage(*ladder_, assignment_, audience_, step_.now);
  if (point == nullptr) return explain(audience_, "", Reason::not_yet);
  const auto& stage = ladder_->stages[point->stage];
  if (!is_news(*ladder_, *point, known)) return;
  bool fresh = step_.now - *point->at <= limits::late_after;
  bool in_person = stage.kind == StageKind::overdue;
  auto heard = at_once(audience_, in_person);
  if (!fresh && heard.at > step_.now) {
    return explain(audience_, stage.key, heard.reason, heard.at);
  }
  add(stage_telling(*point, audience_, std::max(known.telling, 1)), audience_, in_person,
      NoticeState::queued);
}

void Rule::want_draft() {
  if (ladder_ == nullptr) return;
  const auto* point = newest_stage(*ladder_, assignment_, Audience::leader, step_.now);
  if (point == nullptr) return;
  auto known = knowledge_of(told_, Audience::leader);
  if (known.told && known.due != assignment_.due) known.stages.clear();
  if (!is_news(*ladder_, *point, known)) return;
  add(stage_telling(*point, Audience::leader, 1), Audience::leader, true, NoticeState::drafted);
}

void Rule::apply() {
  auto known = knowledge_of(told_, audience_);
  if (!known.told) {
    want_at_once(ItemKind::start, known);
    bool started = at_once().at <= step_.now;
    if (started) want_newest_stage({.telling = known.telling + 1});
  } else if (is_unanswered(step_.timetable, told_, assignment_)) {
    want_answer(known);
  } else if (known.due != assignment_.due) {
    want_at_once(ItemKind::change, known);
  } else {
    want_newest_stage(known);
    want_draft();
  }
}

// Whoever was told overdue and had in truth handed in before that is told so, once.
void Rule::correct() {
  for (auto audience : {Audience::liaison, Audience::leader}) {
    if (!is_wronged(step_.record, assignment_, audience)) continue;
    auto heard = at_once(audience, true);
    if (heard.at > step_.now) {
      explain(audience, "", heard.reason, heard.at);
      continue;
    }
    Telling telling;
    telling.item = {.key = {assignment_.key, ItemKind::correction, "", audience, 1},
                    .planned_at = step_.now,
                    .due = assignment_.due,
                    .reason = Reason::answered};
    add(std::move(telling), audience, true, NoticeState::queued);
  }
}

}  // namespace

bool is_news(const plan::Ladder& ladder, const Point& point, const Knowledge& known) {
  if (known.changed_at && *point.at <= *known.changed_at) return false;
  // No edit re-tells a stage behind one already told.
  auto places = places_of(ladder, known.stages);
  for (std::size_t i = 0; i < places.size(); ++i) {
    bool after = places[i] ? point.stage > *places[i]
                           : *point.at > known.stages[i]->item.planned_at;
    if (!after) return false;
  }
  return true;
}

std::string answer_stage(const Answer& answer) {
  return std::string{to_word(answer.kind)} + ' ' + std::to_string(answer.fact);
}

bool is_unanswered(const Timetable& timetable, const std::vector<Told>* told,
                   const Assignment& assignment) {
  if (!assignment.answer) return false;
  const auto& unit = assignment.key.unit;
  if (!timetable.route_to(unit, audience_of(unit), true)) return false;
  if (told == nullptr) return true;
  auto stage = answer_stage(*assignment.answer);
  return std::ranges::none_of(*told, [&](const Told& one) {
    const auto& key = one.item.key;
    return key.kind == ItemKind::answer && key.stage == stage && !one.withdrawn;
  });
}

bool is_wronged(const Record& record, const Assignment& assignment, Audience audience) {
  const auto* told = record.told_about(assignment.key);
  if (told == nullptr || !assignment.answered_at) return false;
  bool wronged = false;
  for (const auto& one : *told) {
    const auto& key = one.item.key;
    if (key.audience != audience || one.withdrawn) continue;
    if (key.kind == ItemKind::correction) return false;
    auto kind = kind_word(key.stage);
    bool chase = key.kind == ItemKind::stage && (kind == to_word(StageKind::overdue) ||
                                                 kind == to_word(StageKind::escalate));
    // A paper that was given back by mistake.
    chase |= key.kind == ItemKind::answer && kind == to_word(FactKind::returned);
    bool went_out = std::ranges::any_of(
        one.notices, [&](const std::string& id) { return record.may_have_arrived(id); });
    wronged |= chase && went_out && *assignment.answered_at < one.item.planned_at;
  }
  return wronged;
}

void add_history(const Step& step, const Assignment& assignment, Telling& telling) {
  AssignmentKey period{assignment.key.duty, assignment.key.period, "", ""};
  for (const auto* fact : step.record.facts_about(period)) {
    bool counts = fact->kind == FactKind::checked && fact->at >= *assignment.due;
    if (counts) telling.checked_at = fact->at;
  }
  const auto* told = step.record.told_about(assignment.key);
  if (told == nullptr) return;
  for (const auto& one : *told) {
    bool reminded = one.item.key.kind == ItemKind::stage && !one.withdrawn &&
                    one.item.key.audience == Audience::liaison;
    if (reminded) telling.told_before.push_back(one.item.planned_at);
  }
}

bool Step::missed(Instant at) const {
  if (now - at <= limits::late_after) return false;
  auto covers = [at](const Record::Outage& span) { return span.contains(at); };
  return (outage && covers(*outage)) || std::ranges::any_of(record.outages(), covers);
}

const Point* newest_stage(const plan::Ladder& ladder, const Assignment& assignment,
                          Audience audience, Instant now) {
  const Point* newest = nullptr;
  bool above = audience == Audience::leader;
  for (const auto& point : assignment.points) {
    const auto& stage = ladder.stages[point.stage];
    if ((stage.audience == Audience::leader) != above || !point.at) continue;
    auto from = above && point.drafted_at ? *point.drafted_at : *point.at;
    if (from > now) continue;
    bool before_due = stage.kind == StageKind::remind || stage.kind == StageKind::due;
    if (before_due && *assignment.due <= now) continue;
    newest = &point;
  }
  return newest;
}

void want_tellings(const Step& step, Decision& decision, std::vector<Wanted>& wanted) {
  for (std::size_t index = 0; index < decision.assignments.size(); ++index) {
    if (step.board.quiet_until(index) > step.now) continue;
    auto standing = decision.assignments[index].standing;
    if (standing == Standing::open) Rule{step, decision, wanted, index}.apply();
    if (standing == Standing::answered) Rule{step, decision, wanted, index}.correct();
  }
}

}  // namespace duban::schedule
