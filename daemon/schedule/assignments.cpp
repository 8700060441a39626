#include <algorithm>

#include "calendar/workdays.h"
#include "schedule/assignment.h"
#include "schedule/bearing_facts.h"
#include "schedule/list_hour.h"
#include "schedule/knowledge.h"

namespace duban::schedule {
namespace {

using calendar::Dating;

class Builder {
 public:
  Builder(const Timetable& timetable, const Record& record, const Quiet& quiet, Instant now,
          std::optional<Record::Outage> outage)
      : timetable_(timetable), plan_(timetable.plan()), record_(record), quiet_(quiet), now_(now),
        outage_(outage) {}

  Assignment build(const Timetable::Slot& slot);

 private:
  void apply_facts(Assignment& assignment) const;
  void apply(const Fact& fact, Assignment& assignment) const;
  void take_answer(const Fact& fact, Assignment& assignment) const;
  void take_back(const Fact& fact, Assignment& assignment) const;
  void take_question(const Fact& fact, Assignment& assignment) const;
  void take_refusal(const Fact& fact, Assignment& assignment) const;
  void take_extension(const Fact& fact, Assignment& assignment) const;
  void judge(Assignment& assignment) const;
  Instant in_force(const AssignmentKey& key) const;
  Instant chase_base(const Assignment& assignment) const;
  void add_points(Assignment& assignment, const Timetable::Slot& slot) const;
  Point overdue_point(const Assignment& assignment, const plan::Ladder& ladder, std::size_t stage,
                      Instant planned, Instant base) const;
  Point escalate_point(const Assignment& assignment, const plan::Ladder& ladder, std::size_t stage,
                       Instant planned, Instant base) const;
  Instant stage_instant(const Assignment& assignment, const plan::Ladder& ladder,
                        std::size_t stage, std::optional<Day> base) const;
  std::optional<Instant> checked_since(const AssignmentKey& key, Instant since) const;
  void put_off(Point& point, const Assignment& assignment, const plan::Stage& stage) const;

  const Timetable& timetable_;
  const plan::Plan& plan_;
  const Record& record_;
  const Quiet& quiet_;
  Instant now_;
  std::optional<Record::Outage> outage_;
};

void move_due(Assignment& assignment, Instant due) {
  assignment.due = due;
  assignment.ask_by.reset();
  assignment.due_has_hour = true;
  assignment.dating = Dating::dated;
}

// What was handed in before the paper was given back answers no more.
void Builder::take_answer(const Fact& fact, Assignment& assignment) const {
  auto first = assignment.first_answered_at.value_or(fact.at);
  assignment.first_answered_at = std::min(first, fact.at);
  assignment.pending.reset();
  if (assignment.returned_at && fact.at < *assignment.returned_at) return;
  if (assignment.answered_at && *assignment.answered_at <= fact.at) return;
  assignment.answered_at = fact.at;
  assignment.answered_by = fact.seq;
}

void Builder::take_back(const Fact& fact, Assignment& assignment) const {
  assignment.returned_at = fact.at;
  assignment.answered_at.reset();
  assignment.answered_by = 0;
  assignment.accepted_by = 0;
  assignment.answer = Answer{FactKind::returned, fact.seq, fact.note};
  move_due(assignment, *fact.time);
}

void Builder::take_question(const Fact& fact, Assignment& assignment) const {
  bool in_time = !assignment.due || fact.at < *assignment.due;
  assignment.pending = Pending{.kind = fact.kind,
                               .fact = fact.seq,
                               .at = fact.at,
                               .until = fact.time,
                               .why = fact.note,
                               .stops_chase = in_time};
}

void Builder::take_extension(const Fact& fact, Assignment& assignment) const {
  bool asked = assignment.pending && assignment.pending->stops_chase;
  bool in_time = asked || (assignment.due && fact.at < *assignment.due);
  assignment.extended_in_time = assignment.extended_in_time || in_time;
  assignment.extended = true;
  assignment.granted_due = fact.time;
  assignment.extended_by = fact.seq;
  assignment.pending.reset();
  bool refused_before = assignment.answer && assignment.answer->kind == FactKind::declined;
  if (refused_before) assignment.answer.reset();
  move_due(assignment, *fact.time);
}

void Builder::take_refusal(const Fact& fact, Assignment& assignment) const {
  if (!assignment.pending) return;  // what it answered was voided
  if (assignment.pending->stops_chase) assignment.declined_at = fact.recorded_at;
  assignment.answer = Answer{FactKind::declined, fact.seq, fact.note, assignment.pending->kind};
  assignment.pending.reset();
}

void Builder::apply(const Fact& fact, Assignment& assignment) const {
  const auto& duty = plan_.duties[assignment.duty];
  switch (fact.kind) {
    case FactKind::held:
      if (duty.ends == plan::Ends::held) take_answer(fact, assignment);
      break;
    case FactKind::received:
    case FactKind::submitted:
    case FactKind::issued: take_answer(fact, assignment); break;
    case FactKind::returned: take_back(fact, assignment); break;
    case FactKind::extended: take_extension(fact, assignment); break;
    case FactKind::asked:
    case FactKind::not_ours:
      if (!assignment.answered_at) take_question(fact, assignment);
      break;
    case FactKind::declined:
      take_refusal(fact, assignment);
      break;
    case FactKind::excused:
      assignment.standing = Standing::excused;
      assignment.excuse = fact.note;
      assignment.excused_by = fact.seq;
      assignment.pending.reset();
      break;
    case FactKind::reassigned:
      assignment.standing = Standing::reassigned;
      assignment.reassigned_by = fact.seq;
      assignment.pending.reset();
      break;
    case FactKind::accepted:
      // Of a whole period: who has not handed in has nothing accepted.
      if (assignment.answered_at) assignment.accepted_by = fact.seq;
      break;
    default: break;
  }
}

// In the order in which they were recorded: each changes what the next one finds.
void Builder::apply_facts(Assignment& assignment) const {
  for (const auto* fact : bearing_facts(record_, assignment.key)) apply(*fact, assignment);
}

Instant Builder::in_force(const AssignmentKey& key) const {
  auto since = [&](const std::string& duty, const std::string& unit) {
    return record_.in_force_since(duty, unit).value_or(now_);
  };
  auto unit = key.unit == plan::office_id ? since("", "") : since("", key.unit);
  return std::max({since("", ""), since(key.duty, ""), unit});
}

void Builder::judge(Assignment& assignment) const {
  bool gone = assignment.standing == Standing::excused ||
              assignment.standing == Standing::reassigned;
  if (gone) return;
  if (assignment.answered_at) {
    assignment.standing = Standing::answered;
    return;
  }
  if (assignment.dating == Dating::never) {
    assignment.standing = Standing::unchased;
    return;
  }
  if (!assignment.due || *assignment.due > now_) return;
  auto audience = assignment.key.unit == plan::office_id ? Audience::office : Audience::liaison;
  auto known = knowledge_of(record_.told_about(assignment.key), audience);
  bool other_date = known.told && known.due != assignment.due;
  if (other_date) {
    assignment.standing = Standing::dated_too_late;
  } else if (!known.told && *assignment.due <= in_force(assignment.key)) {
    assignment.standing = Standing::before_the_beginning;
  }
}

// The instant from which the chase counts: the due time, or where that passed unseen the moment
// somebody could see it again.
Instant Builder::chase_base(const Assignment& assignment) const {
  auto base = *assignment.due;
  auto see = [&](const Record::Outage& outage) {
    if (outage.contains(base)) base = outage.to;
  };
  if (auto audible = quiet_.covered_until(assignment.key, base)) base = *audible;
  for (const auto& outage : record_.outages()) see(outage);
  if (outage_) see(*outage_);
  if (assignment.declined_at && *assignment.declined_at > base) base = *assignment.declined_at;
  for (const auto& key : widening(assignment.key)) {
    for (const auto* fact : record_.facts_about(key)) {
      if (fact->kind == FactKind::voided && fact->recorded_at > base) base = fact->recorded_at;
    }
  }
  return base;
}

std::optional<Instant> Builder::checked_since(const AssignmentKey& key, Instant since) const {
  std::optional<Instant> first;
  for (const auto* fact : record_.facts_about({key.duty, key.period, "", ""})) {
    if (fact->kind != FactKind::checked || fact->at < since) continue;
    first = std::min(first.value_or(fact->at), fact->at);
  }
  return first;
}

Instant Builder::stage_instant(const Assignment& assignment, const plan::Ladder& ladder,
                               std::size_t stage, std::optional<Day> base) const {
  calendar::Occurrence occurrence;
  occurrence.duty = assignment.duty;
  occurrence.period = assignment.key.period;
  occurrence.dating = Dating::dated;
  occurrence.due = assignment.due;
  occurrence.ask_by = assignment.ask_by;
  occurrence.due_has_hour = assignment.due_has_hour;
  occurrence.ask_by_has_hour = assignment.ask_by_has_hour;
  return calendar::stage_at(ladder, ladder.stages[stage], occurrence, plan_, timetable_.zone(),
                            base);
}

Point Builder::overdue_point(const Assignment& assignment, const plan::Ladder& ladder,
                             std::size_t stage, Instant planned, Instant base) const {
  Point point{.stage = stage, .at = planned};
  bool waits = ladder.stages[stage].after_checked || base > *assignment.due;
  if (!waits) return point;
  auto checked = checked_since(assignment.key, base);
  if (!checked) return {.stage = stage, .reason = Reason::waits_for_check};
  if (*checked <= planned) return point;
  calendar::Workdays workdays{plan_.calendar, !ladder.skip_made_up};
  const auto& zone = timetable_.zone();
  auto civil = zone.to_civil(*checked);
  auto hour = time_of(zone.to_civil(planned));
  auto day = workdays.on_or_after(day_of(civil));
  if (day + hour < civil) day = workdays.add(day, 1);
  point.at = zone.to_instant(day + hour);
  point.reason = Reason::waits_for_check;
  return point;
}

Point Builder::escalate_point(const Assignment& assignment, const plan::Ladder& ladder,
                              std::size_t stage, Instant planned, Instant base) const {
  Point point{.stage = stage, .at = planned};
  const Point* overdue = nullptr;
  for (const auto& earlier : assignment.points) {
    if (ladder.stages[earlier.stage].kind == StageKind::overdue) overdue = &earlier;
  }
  if (overdue != nullptr && !overdue->at) {
    return {.stage = stage, .reason = overdue->reason};
  }
  std::optional<Day> counted_from;
  if (base > *assignment.due) counted_from = timetable_.zone().day_of(base);
  if (overdue != nullptr && overdue->reason != Reason::on_time) {
    calendar::Workdays workdays{plan_.calendar, !ladder.skip_made_up};
    const auto& offset = ladder.stages[overdue->stage].offset;
    auto told = timetable_.zone().day_of(*overdue->at);
    counted_from = offset.unit == plan::Offset::Unit::working_days
                       ? workdays.add(told, -offset.count)
                       : told - std::chrono::days{offset.count};
  }
  if (counted_from) point.at = stage_instant(assignment, ladder, stage, counted_from);
  point.counted_from = counted_from;
  return point;
}

// Silences, and the hours of unit and channel.
void Builder::put_off(Point& point, const Assignment& assignment, const plan::Stage& stage) const {
  point.planned = point.at;
  if (!point.at) return;
  const auto& unit = assignment.key.unit;
  bool above = stage.audience == Audience::leader;
  auto audience = above ? Audience::leader : audience_of(unit);
  bool in_person = above || stage.kind == StageKind::overdue;
  const auto& route = timetable_.route_to(unit, audience, in_person);
  auto heard = quiet_.stage(assignment.key, stage.kind, route, *point.at, *assignment.due);
  if (heard.at != *point.at) {
    point.at = heard.at;
    point.reason = heard.reason;
  }
  if (above) point.drafted_at = list_before(plan_, timetable_.zone(), *point.at);
}

void Builder::add_points(Assignment& assignment, const Timetable::Slot& slot) const {
  const auto* ladder = plan_.ladder_of(plan_.duties[assignment.duty]);
  if (ladder == nullptr || !assignment.due) return;
  if (assignment.pending && assignment.pending->stops_chase) return;
  const auto& planned = timetable_.stages_of(slot.occurrence);
  const auto& occurrence = timetable_.occurrences()[slot.occurrence];
  // A due time to come that a silence covers will be chased from its end too.
  bool foreseen = quiet_.covered_until(assignment.key, *assignment.due).has_value();
  bool past = *assignment.due <= now_;
  auto base = past || foreseen ? chase_base(assignment) : *assignment.due;
  std::optional<Day> base_day;
  if (base > *assignment.due) base_day = timetable_.zone().day_of(base);
  for (std::size_t stage = 0; stage < ladder->stages.size(); ++stage) {
    auto kind = ladder->stages[stage].kind;
    bool before_due = kind == StageKind::remind || kind == StageKind::due;
    auto counted = before_due && !past ? std::nullopt : base_day;
    bool as_planned = assignment.due == occurrence.due && !assignment.extended && !counted;
    auto at = as_planned ? planned[stage] : stage_instant(assignment, *ladder, stage, counted);
    if (kind == StageKind::overdue) {
      assignment.points.push_back(overdue_point(assignment, *ladder, stage, at, base));
      assignment.points.back().counted_from = base_day;
    } else if (kind == StageKind::escalate) {
      assignment.points.push_back(escalate_point(assignment, *ladder, stage, at, base));
    } else {
      assignment.points.push_back({.stage = stage, .at = at});
    }
    put_off(assignment.points.back(), assignment, ladder->stages[stage]);
  }
}

Assignment Builder::build(const Timetable::Slot& slot) {
  const auto& occurrence = timetable_.occurrences()[slot.occurrence];
  Assignment assignment;
  assignment.key = slot.key;
  assignment.duty = occurrence.duty;
  assignment.dating = occurrence.dating;
  assignment.due = occurrence.due;
  assignment.ask_by = occurrence.ask_by;
  assignment.due_has_hour = occurrence.due_has_hour;
  assignment.ask_by_has_hour = occurrence.ask_by_has_hour;
  assignment.provisional = occurrence.provisional;
  if (occurrence.dating == Dating::excused) {
    assignment.standing = Standing::excused;
    assignment.excuse = occurrence.excused;
  }
  if (slot.due) move_due(assignment, *slot.due);
  assignment.first_due = assignment.due;
  apply_facts(assignment);
  judge(assignment);
  if (assignment.standing == Standing::open) add_points(assignment, slot);
  return assignment;
}

}  // namespace

Assignment assignment_of(const Timetable& timetable, const Record& record, const Quiet& quiet,
                         std::size_t slot, Instant now, std::optional<Record::Outage> outage) {
  return Builder{timetable, record, quiet, now, outage}.build(timetable.slots()[slot]);
}

std::vector<Assignment> assignments(const Timetable& timetable, const Record& record, Instant now,
                                    std::optional<Record::Outage> outage) {
  Quiet quiet{timetable, record};
  Builder builder{timetable, record, quiet, now, outage};
  std::vector<Assignment> all;
  all.reserve(timetable.slots().size());
  for (const auto& slot : timetable.slots()) all.push_back(builder.build(slot));
  return all;
}

}  // namespace duban::schedule
