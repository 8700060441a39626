// Why each stage of each ladder is not told: the first reason that holds, by the same questions
// that the rule asks. What the rule itself has said stands.

#include <algorithm>
#include <set>
#include <tuple>

#include "schedule/knowledge.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

using Said = std::set<std::tuple<AssignmentKey, Audience, std::string>>;

class Untold {
 public:
  Untold(const Step& step, Decision& decision, const Said& said, std::size_t index)
      : step_(step),
        decision_(decision),
        said_(said),
        assignment_(decision.assignments[index]),
        ladder_(step.plan().ladder_of(step.plan().duties[assignment_.duty])),
        told_(step.record.told_about(assignment_.key)),
        audience_(audience_of(assignment_.key.unit)),
        known_(knowledge_of(told_, audience_)) {}

  void explain();

 private:
  Explanation reason_for(std::size_t stage) const;
  Explanation of_standing() const;
  Explanation of_point(const Point& point) const;
  Explanation of_untold(const Point& point) const;
  std::optional<Explanation> of_draft(const plan::Stage& stage, const Told& told) const;
  Explanation of_silent_rule(const Point& point) const;
  Instant planned_at(const Point& point) const;
  const Told* told_now(const plan::Stage& stage) const;
  const Explanation* said_at_once() const;
  Reason unreached(const plan::Stage& stage) const;
  std::int64_t in_force_fact() const;
  Knowledge known_by(Audience audience) const;
  Audience audience_for(const plan::Stage& stage) const {
    return stage.audience == Audience::leader ? Audience::leader : audience_;
  }
  // The start, or the change, is still to be told.
  bool waits_for_first_word() const {
    return !known_.told || known_.due != assignment_.due ||
           is_unanswered(step_.timetable, told_, assignment_);
  }

  const Step& step_;
  Decision& decision_;
  const Said& said_;
  const Assignment& assignment_;
  const plan::Ladder* ladder_;
  const std::vector<Told>* told_;
  Audience audience_;
  Knowledge known_;
};

const Told* Untold::told_now(const plan::Stage& stage) const {
  if (told_ == nullptr) return nullptr;
  const Told* newest = nullptr;
  for (const auto& one : *told_) {
    const auto& key = one.item.key;
    bool same = key.kind == ItemKind::stage && key.stage == stage.key &&
                key.audience == audience_for(stage) && one.item.due == assignment_.due;
    if (same && !one.withdrawn) newest = &one;
  }
  return newest;
}

std::int64_t Untold::in_force_fact() const {
  const Fact* latest = nullptr;
  for (const auto& fact : step_.record.facts()) {
    const auto& about = fact.about;
    bool covers = (about.duty.empty() || about.duty == assignment_.key.duty) &&
                  (about.unit.empty() || about.unit == assignment_.key.unit);
    if (fact.kind != FactKind::in_force || !covers) continue;
    if (latest == nullptr || fact.at > latest->at) latest = &fact;
  }
  return latest == nullptr ? 0 : latest->seq;
}

Explanation Untold::of_standing() const {
  Explanation why;
  switch (assignment_.standing) {
    case Standing::answered:
      why.reason = Reason::answered;
      why.fact = assignment_.answered_by;
      break;
    case Standing::excused:
      why.reason = Reason::excused;
      why.fact = assignment_.excused_by;
      break;
    case Standing::before_the_beginning:
      why.reason = Reason::before_the_beginning;
      why.fact = in_force_fact();
      break;
    case Standing::dated_too_late: why.reason = Reason::due_moved; break;
    case Standing::reassigned:
      why.reason = Reason::reassigned;
      why.fact = assignment_.reassigned_by;
      break;
    case Standing::unchased:
    case Standing::open: break;
  }
  return why;
}

Reason Untold::unreached(const plan::Stage& stage) const {
  const auto& unit = assignment_.key.unit;
  auto audience = audience_for(stage);
  bool in_person = stage.kind == StageKind::overdue || audience == Audience::leader;
  if (step_.timetable.route_to(unit, audience, in_person)) return Reason::none;
  bool any = step_.timetable.route_to(unit, audience, false).has_value();
  return any ? Reason::group_only : Reason::no_contact;
}

const Explanation* Untold::said_at_once() const {
  for (const auto& one : decision_.explanations) {
    if (one.about == assignment_.key && one.audience == audience_ && one.stage.empty()) return &one;
  }
  return nullptr;
}

Knowledge Untold::known_by(Audience audience) const {
  if (audience != Audience::leader) return known_;
  auto known = knowledge_of(told_, audience);
  if (known.told && known.due != assignment_.due) known.stages.clear();
  return known;
}

// The newest stage by now, reached, not told, and the rule let it be: somebody knows it already.
Explanation Untold::of_silent_rule(const Point& point) const {
  Explanation why;
  auto known = known_by(audience_for(ladder_->stages[point.stage]));
  if (is_news(*ladder_, point, known)) return why;
  bool changed = known.changed_at && *point.at <= *known.changed_at;
  why.reason = changed ? Reason::due_moved : Reason::newer_stage;
  if (!changed) why.by = known.stages.back()->item.key.stage;
  return why;
}

Explanation Untold::of_untold(const Point& point) const {
  Explanation why;
  const auto& stage = ladder_->stages[point.stage];
  why.reason = unreached(stage);
  if (why.reason != Reason::none) return why;
  const auto* newest = newest_stage(*ladder_, assignment_, stage.audience, step_.now);
  if (newest != nullptr && newest->stage > point.stage) {
    why.reason = Reason::newer_stage;
    why.by = ladder_->stages[newest->stage].key;
    return why;
  }
  bool before_due = stage.kind == StageKind::remind || stage.kind == StageKind::due;
  if (before_due && *assignment_.due <= step_.now) {
    why.reason = Reason::sense_ended;
    return why;
  }
  const auto* said = waits_for_first_word() ? said_at_once() : nullptr;
  if (said != nullptr) return *said;
  return of_silent_rule(point);
}

// The ladder's own instant, whatever it waits for.
Instant Untold::planned_at(const Point& point) const {
  auto slot = step_.timetable.slot_of(assignment_.key);
  auto occurrence = step_.timetable.occurrences()[step_.timetable.slots()[*slot].occurrence];
  occurrence.due = assignment_.due;
  occurrence.ask_by = assignment_.ask_by;
  return calendar::stage_at(*ladder_, ladder_->stages[point.stage], occurrence, step_.plan(),
                            step_.zone(), point.counted_from);
}

Explanation Untold::of_point(const Point& point) const {
  Explanation why;
  if (!point.at) {
    auto planned = planned_at(point);
    bool to_come = planned > step_.now;
    why.reason = to_come ? Reason::not_yet : point.reason;
    if (to_come) why.until = planned;
    return why;
  }
  bool above = ladder_->stages[point.stage].audience == Audience::leader;
  auto from = above ? point.drafted_at.value_or(*point.at) : *point.at;
  if (from <= step_.now) return of_untold(point);
  bool put_off = point.reason == Reason::silenced || point.reason == Reason::waits_for_hours;
  why.reason = put_off ? point.reason : Reason::not_yet;
  why.until = point.at;
  return why;
}

std::optional<Explanation> Untold::of_draft(const plan::Stage& stage, const Told& told) const {
  const auto& open = step_.record.open_notices();
  auto notice = told.notices.empty() ? open.end() : open.find(told.notices.back());
  if (notice == open.end() || notice->second.state != NoticeState::drafted) return std::nullopt;
  bool storm = notice->second.reason == Reason::storm;
  Explanation why;
  why.reason = storm ? Reason::storm : Reason::waits_for_release;
  why.until = step_.record.deferred_until(notice->first);
  why.by = notice->first;
  why.stage = stage.key;
  return why;
}

Explanation Untold::reason_for(std::size_t stage) const {
  Explanation why;
  auto point = std::ranges::find(assignment_.points, stage, &Point::stage);
  bool dated = point != assignment_.points.end();
  if (step_.now < step_.timetable.begins()) {
    why.reason = Reason::not_yet;
    why.until = step_.timetable.begins();
    if (dated && point->at) why.until = std::max(*why.until, *point->at);
    return why;
  }
  if (step_.now >= step_.timetable.ends()) {
    why.reason = Reason::plan_over;
    return why;
  }
  if (assignment_.standing != Standing::open) return of_standing();
  if (const auto& pending = assignment_.pending; pending && pending->stops_chase) {
    why.reason = pending->kind == FactKind::asked ? Reason::asked : Reason::disputed;
    why.fact = pending->fact;
    return why;
  }
  if (dated) return of_point(*point);
  why.reason = Reason::not_yet;
  return why;
}

void Untold::explain() {
  bool in_time = step_.now >= step_.timetable.begins() && step_.now < step_.timetable.ends();
  bool unheard = in_time && assignment_.standing == Standing::open && waits_for_first_word() &&
                 !said_.contains({assignment_.key, audience_, ""});
  if (unheard && !step_.timetable.route_to(assignment_.key.unit, audience_, false)) {
    decision_.explanations.push_back({assignment_.key, audience_, "", Reason::no_contact});
  }
  if (ladder_ == nullptr) return;
  for (std::size_t index = 0; index < ladder_->stages.size(); ++index) {
    const auto& stage = ladder_->stages[index];
    auto audience = audience_for(stage);
    if (said_.contains({assignment_.key, audience, stage.key})) continue;
    const auto* told = told_now(stage);
    auto why = told == nullptr ? std::optional{reason_for(index)} : of_draft(stage, *told);
    if (!why || why->reason == Reason::none) continue;
    why->about = assignment_.key;
    why->audience = audience;
    why->stage = stage.key;
    decision_.explanations.push_back(std::move(*why));
  }
}

}  // namespace

void explain_untold(const Step& step, Decision& decision) {
  Said said;
  for (const auto& one : decision.explanations) said.insert({one.about, one.audience, one.stage});
  for (std::size_t index = 0; index < decision.assignments.size(); ++index) {
    Untold{step, decision, said, index}.explain();
  }
}

}  // namespace duban::schedule
