// The office's daily list: what it must see and decide.

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "schedule/list_hour.h"
#include "schedule/knowledge.h"
#include "schedule/progress.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

constexpr int undated_notice_days = 5;

bool is_overdue(const Assignment& assignment, Instant now) {
  return assignment.standing == Standing::open && assignment.due && *assignment.due <= now;
}

// It is under way still, and should have been delivered by now.
bool is_spent(const Step& step, const std::string& notice) {
  auto open = step.record.open_notices().find(notice);
  if (open == step.record.open_notices().end()) return false;
  auto spent = time_spent_at(step.plan(), open->second);
  return spent && *spent <= step.now;
}

// What the unit should have been told by now and cannot be, and why; nothing when all is told.
std::optional<Reason> by_hand(const Step& step, const Assignment& assignment) {
  auto audience = audience_of(assignment.key.unit);
  const auto* ladder = step.plan().ladder_of(step.plan().duties[assignment.duty]);
  const auto& unit = assignment.key.unit;
  bool reached = step.timetable.route_to(unit, audience, true).has_value();
  bool bounded = std::ranges::any_of(step.plan().contacts, [](const plan::Contact& contact) {
    return contact.within > Seconds{0};
  });
  bool all_well = reached && !bounded && step.record.failures().empty();
  if (ladder == nullptr || all_well) return std::nullopt;
  const auto* point = newest_stage(*ladder, assignment, audience, step.now);
  if (point == nullptr) return std::nullopt;
  const auto& stage = ladder->stages[point->stage];
  bool in_person = stage.kind == StageKind::overdue;
  if (!step.timetable.route_to(unit, audience, false)) return Reason::no_contact;
  if (!step.timetable.route_to(unit, audience, in_person)) return Reason::group_only;
  const auto* told = step.record.told_about(assignment.key);
  if (told == nullptr) return std::nullopt;
  // Of what failed since, a list in the past could not know. A clock put back does not undo it.
  auto known_by = std::max(step.now, step.cursor.value_or(step.now));
  for (const auto& one : *told) {
    bool newest = one.item.key.stage == stage.key && one.item.key.audience == audience;
    if (!newest || one.withdrawn || one.notices.empty()) continue;
    if (step.record.has_failed(one.notices.back(), known_by)) return Reason::tries_exhausted;
    if (is_spent(step, one.notices.back())) return Reason::time_spent;
  }
  return std::nullopt;
}

// What was tried to reach the unit, and what its office was told by telephone.
OfficeList::Overdue overdue_of(const Step& step, const Assignment& assignment, std::size_t index) {
  OfficeList::Overdue overdue{.assignment = index};
  if (const auto* told = step.record.told_about(assignment.key)) {
    for (const auto& one : *told) {
      bool reminded = one.item.key.kind == ItemKind::stage && !one.withdrawn &&
                      one.item.key.audience == audience_of(assignment.key.unit);
      if (!reminded || one.notices.empty()) continue;
      for (const auto& notice : one.notices) {
        auto state = step.record.state_of(notice);
        // Of a channel before, that it failed; of the last, whatever it came to.
        bool failed = state == NoticeState::failed || state == NoticeState::bounced;
        if (notice != one.notices.back() && !failed) continue;
        overdue.tried.push_back({one.item.planned_at, state, step.record.reason_of(notice)});
      }
    }
  }
  for (const auto* fact : step.record.facts_about(assignment.key)) {
    if (fact->kind == FactKind::called) overdue.calls.push_back(*fact);
  }
  Telling history;
  add_history(step, assignment, history);
  overdue.checked = history.checked_at.has_value();
  return overdue;
}

void list_unclear(const Step& step, OfficeList& list) {
  for (const auto& one : unclear_rows(step.plan(), step.record)) {
    auto slot = step.timetable.slot_of(one.about);
    auto fact = std::ranges::find(step.record.facts(), one.fact, &Fact::seq);
    if (!slot || fact == step.record.facts().end()) continue;
    OfficeList::Unclear unclear{.assignment = *slot, .fact = one.fact, .rows = {}};
    for (auto row : one.rows) unclear.rows.push_back(fact->rows[row]);
    list.unclear.push_back(std::move(unclear));
  }
}

void list_undated(const Step& step, const std::vector<Assignment>& all, OfficeList& list) {
  calendar::Workdays workdays{step.plan().calendar};
  std::set<std::pair<std::size_t, std::string>> seen;
  for (const auto& assignment : all) {
    const auto& duty = step.plan().duties[assignment.duty];
    bool too_late = assignment.standing == Standing::dated_too_late;
    bool undated = assignment.standing == Standing::open && duty.decide_by &&
                   assignment.dating == calendar::Dating::undecided && !assignment.due;
    if (!too_late && !undated) continue;
    if (undated) {
      auto asked_from = workdays.add(*duty.decide_by, -undated_notice_days);
      if (step.zone().day_of(step.now) < asked_from) continue;
    }
    if (!seen.insert({assignment.duty, assignment.key.period}).second) continue;
    list.undated.push_back({assignment.duty, assignment.key.period, duty.decide_by, too_late});
  }
}

void list_drafts(const Step& step, OfficeList& list) {
  for (const auto& [id, notice] : step.record.open_notices()) {
    if (notice.state != NoticeState::drafted || notice.items.empty()) continue;
    list.storm += is_storm_draft(notice) ? 1U : 0U;
    if (is_storm_draft(notice)) continue;
    auto slot = step.timetable.slot_of(notice.items.front().about);
    if (!slot) continue;
    auto deferred = step.record.deferred_until(id);
    if (!deferred || *deferred <= step.now) {
      Telling history;
      add_history(step, (*step.board.assignments())[*slot], history);
      list.drafts.push_back({id, std::nullopt, *slot, planned_of(step.record, notice),
                             std::move(history.told_before)});
    }
  }
}

// The list of a week's first working day.
bool is_first_of_week(const Step& step, Day day) {
  calendar::Workdays workdays{step.plan().calendar};
  return workdays.on_or_after(monday_of(day)) == day;
}

void list_silences(const Step& step, OfficeList& list) {
  if (!is_first_of_week(step, step.zone().day_of(step.now))) return;
  for (const auto& silence : step.quiet().silences()) {
    if (silence.contains(step.now)) list.silences.push_back(silence);
  }
}

// The first list from now on that mentions a silence.
std::optional<Instant> silences_listed(const Step& step) {
  calendar::Workdays workdays{step.plan().calendar};
  std::optional<Instant> first;
  for (const auto& silence : step.quiet().silences()) {
    auto day = step.zone().day_of(std::max(step.now, silence.from));
    for (auto monday = monday_of(day); step.zone().to_instant(Civil{monday}) < silence.until;
         monday += std::chrono::days{7}) {
      auto listed = list_on(step.plan(), step.zone(), workdays.on_or_after(monday));
      if (listed <= step.now || !silence.contains(listed)) continue;
      first = std::min(first.value_or(listed), listed);
      break;
    }
  }
  return first;
}

// A list that goes on in another notice says all that it has to say.
bool keeps_list(const Decision& decision) {
  return std::ranges::any_of(decision.notices, [](const NoticePlan& notice) {
    return std::ranges::any_of(notice.tellings, [](const Telling& telling) {
      return telling.item.key.kind == ItemKind::list;
    });
  });
}

AssignmentKey list_of(const Step& step, Instant at) {
  return {"", format_day(step.zone().day_of(at)), std::string{plan::office_id}, ""};
}

}  // namespace

bool is_listed(const Step& step, Instant at) {
  return step.record.told_about(list_of(step, at)) != nullptr;
}

OfficeList make_list(const Step& step, const std::vector<Assignment>& all) {
  OfficeList list;
  for (std::size_t index = 0; index < all.size(); ++index) {
    if (all[index].standing != Standing::open) continue;
    if (all[index].pending) list.asked.push_back(index);
    if (is_overdue(all[index], step.now)) {
      list.overdue.push_back(overdue_of(step, all[index], index));
    }
    if (auto reason = by_hand(step, all[index])) list.by_hand.push_back({index, *reason});
  }
  list_unclear(step, list);
  list_drafts(step, list);
  list_undated(step, all, list);
  list_silences(step, list);
  return list;
}

std::optional<Instant> list_begins(const Step& step, const std::vector<Assignment>& all) {
  auto list = make_list(step, all);
  list.silences.clear();  // these are for one day of the week only
  if (!list.empty()) return step.now;
  calendar::Workdays workdays{step.plan().calendar};
  auto first = silences_listed(step);
  auto consider = [&](Instant at) {
    if (at > step.now) first = std::min(first.value_or(at), at);
  };
  for (const auto& [id, notice] : step.record.open_notices()) {
    if (auto until = step.record.deferred_until(id)) consider(*until);
  }
  for (const auto& assignment : all) {
    if (assignment.standing != Standing::open) continue;
    const auto& duty = step.plan().duties[assignment.duty];
    if (assignment.due) consider(*assignment.due);
    if (!assignment.due && duty.decide_by) {
      consider(step.zone().to_instant(workdays.add(*duty.decide_by, -undated_notice_days) +
                                      Seconds{0}));
    }
    const auto& unit = assignment.key.unit;
    bool reached = step.timetable.route_to(unit, audience_of(unit), false).has_value();
    for (const auto& point : assignment.points) {
      if (!reached && point.at) consider(*point.at);
      if (point.drafted_at) consider(*point.drafted_at);
    }
  }
  return first;
}

bool OfficeList::empty() const {
  return overdue.empty() && asked.empty() && unclear.empty() && drafts.empty() &&
         by_hand.empty() && undated.empty() && storm == 0 && silences.empty();
}

OfficeList office_list(const Timetable& timetable, const Record& record, Instant now) {
  Board board{timetable, record};
  board.bring_to(now);
  return make_list({timetable, record, now, now, std::nullopt, board}, *board.assignments());
}

void want_office_list(const Step& step, Decision& decision, std::vector<Wanted>& wanted) {
  if (keeps_list(decision)) decision.list = make_list(step, decision.assignments);
  if (!step.cursor) return;
  auto at = list_at_or_before(step.plan(), step.zone(), step.now);
  if (at <= *step.cursor || at < step.timetable.begins()) return;
  // One a day, wherever an edit puts its hour.
  if (is_listed(step, at)) return;
  // What came up since its hour waits for the next one.
  bool fresh = step.now - at <= limits::late_after;
  if (!fresh && !step.missed(at)) return;
  auto route = route_to(step.plan(), plan::office_id, Audience::office, false);
  decision.list = make_list(step, decision.assignments);
  bool drafts_now = std::ranges::any_of(
      wanted, [](const Wanted& one) { return one.state == NoticeState::drafted; });
  if (!route || (decision.list.empty() && !drafts_now)) return;
  Telling telling;
  telling.item = {.key = {list_of(step, at), ItemKind::list, "", Audience::office, 1},
                  .planned_at = at,
                  .late = step.missed(at),
                  .reason = step.missed(at) ? Reason::late : Reason::on_time};
  auto expires = list_after(step.plan(), step.zone(), step.now);
  wanted.push_back({std::move(telling), *route, NoticeState::queued, expires});
}

}  // namespace duban::schedule
