// What becomes of notices that are written but not delivered: their cause may have gone, their
// route may have changed, the office may have released them.

#include <algorithm>

#include "schedule/document_draft.h"
#include "schedule/knowledge.h"
#include "schedule/missing_calendar.h"
#include "schedule/step.h"

namespace duban::schedule {
namespace {

Reason reason_of(Standing standing) {
  switch (standing) {
    case Standing::answered: return Reason::answered;
    case Standing::excused: return Reason::excused;
    case Standing::unchased: return Reason::removed;
    case Standing::before_the_beginning: return Reason::before_the_beginning;
    case Standing::dated_too_late: return Reason::due_moved;
    case Standing::reassigned: return Reason::reassigned;
    case Standing::open: break;
  }
  return Reason::none;
}

class Tender {
 public:
  Tender(const Step& step, Decision& decision) : step_(step), decision_(decision) {}
  void tend(const NoticeHead& notice);
  // Why an item's cause has gone; none while it stands.
  Reason gone_because(const NoticeHead& notice, const ItemKey& key, bool storm) const;

 private:
  Reason storm_gone_because(const ItemKey& key, const Assignment& assignment) const;
  bool goes_now(const NoticeHead& notice) const;
  Reason draft_gone_because(const NoticeHead& notice, const ItemKey& key,
                            const Assignment& assignment) const;
  bool was_called(const NoticeHead& notice, const AssignmentKey& about) const;
  bool fell_back(const NoticeHead& notice, const ItemKey& key) const;
  bool route_changed(const NoticeHead& notice) const;
  void end(const NoticeHead& notice, Reason reason);
  void keep(const NoticeHead& notice, const std::vector<ItemKey>& items, NoticeState state,
            Reason reason);

  const Step& step_;
  Decision& decision_;
};

// The office has phoned since the draft was made, and noted it.
bool Tender::was_called(const NoticeHead& notice, const AssignmentKey& about) const {
  auto facts = step_.record.facts_about(about);
  return std::ranges::any_of(facts, [&](const Fact* fact) {
    return fact->kind == FactKind::called && fact->recorded_at >= notice.queued_at;
  });
}

Reason Tender::draft_gone_because(const NoticeHead& notice, const ItemKey& key,
                                  const Assignment& assignment) const {
  const auto* ladder = step_.plan().ladder_of(step_.plan().duties[assignment.duty]);
  if (ladder == nullptr) return Reason::removed;
  auto own = std::ranges::find_if(assignment.points, [&](const Point& point) {
    return ladder->stages[point.stage].key == key.stage;
  });
  // A clock set back before its time is no reason.
  bool stands = own != assignment.points.end() && own->at;
  if (!stands) return Reason::due_moved;
  if (was_called(notice, key.about)) return Reason::called;
  const auto* newest = newest_stage(*ladder, assignment, Audience::leader, step_.now);
  bool newer = newest != nullptr && newest->stage > own->stage;
  return newer ? Reason::newer_stage : Reason::none;
}

// What was held until a later stage came, or until it was too late for it.
Reason Tender::storm_gone_because(const ItemKey& key, const Assignment& assignment) const {
  const auto* ladder = step_.plan().ladder_of(step_.plan().duties[assignment.duty]);
  if (key.kind != ItemKind::stage || ladder == nullptr) return Reason::none;
  auto own = std::ranges::find(ladder->stages, key.stage, &plan::Stage::key);
  if (own == ladder->stages.end()) return Reason::none;
  auto place = static_cast<std::size_t>(own - ladder->stages.begin());
  const auto* newest = newest_stage(*ladder, assignment, key.audience, step_.now);
  if (newest != nullptr && newest->stage > place) return Reason::newer_stage;
  bool before_due = own->kind == StageKind::remind || own->kind == StageKind::due;
  bool passed = assignment.due && *assignment.due <= step_.now;
  return before_due && passed ? Reason::sense_ended : Reason::none;
}

bool Tender::goes_now(const NoticeHead& notice) const {
  if (notice.state != NoticeState::drafted || !step_.record.is_released(notice.id)) return false;
  return released_at(step_, notice) <= step_.now;
}

Reason Tender::gone_because(const NoticeHead& notice, const ItemKey& key, bool storm) const {
  if (key.kind == ItemKind::handover) {
    const auto& route = step_.timetable.route_to(key.about.unit, Audience::liaison, false);
    bool same = route && route->contact == key.about.slice;
    return same ? Reason::none : Reason::contact_changed;
  }
  if (key.kind == ItemKind::trouble && key.about.slice == calendar_code) {
    // A clock set back before its day is no reason.
    auto year = unpublished_next_year(step_.plan());
    bool stands = year && std::to_string(*year) == key.about.period;
    return stands ? Reason::none : Reason::removed;
  }
  bool about_assignment = key.kind == ItemKind::stage || key.kind == ItemKind::start ||
                          key.kind == ItemKind::change || key.kind == ItemKind::answer ||
                          key.kind == ItemKind::document;
  auto slot = step_.timetable.slot_of(key.about);
  if (key.kind == ItemKind::gone) {
    bool back = slot && decision_.assignments[*slot].standing == Standing::open;
    return back ? Reason::due_moved : Reason::none;
  }
  if (!about_assignment) return Reason::none;
  if (!slot) return Reason::removed;
  const auto& assignment = decision_.assignments[*slot];
  if (auto reason = reason_of(assignment.standing); reason != Reason::none) return reason;
  if (key.kind == ItemKind::document) return document_gone_because(step_, key, assignment);
  const auto* told = step_.record.told_item(key);
  if (told == nullptr || told->item.due != assignment.due) return Reason::due_moved;
  if (key.kind == ItemKind::answer) {
    bool same = assignment.answer && answer_stage(*assignment.answer) == key.stage;
    return same ? Reason::none : Reason::due_moved;
  }
  bool quiet = assignment.pending && assignment.pending->stops_chase;
  if (key.kind == ItemKind::stage && quiet) {
    return assignment.pending->kind == FactKind::asked ? Reason::asked : Reason::disputed;
  }
  if (storm) return storm_gone_because(key, assignment);
  bool draft = key.audience == Audience::leader;
  return draft ? draft_gone_because(notice, key, assignment) : Reason::none;
}

// It came here from the channel before, which could not deliver it.
bool Tender::fell_back(const NoticeHead& notice, const ItemKey& key) const {
  const auto* told = step_.record.told_item(key);
  return told != nullptr && told->notices.size() > 1 &&
         leads_to(step_.plan(), key.about.unit, key.audience, notice.endpoint, notice.contact);
}

bool Tender::route_changed(const NoticeHead& notice) const {
  for (const auto& key : notice.items) {
    if (key.about.duty.empty() || key.about.unit.empty()) continue;
    const auto& route = step_.timetable.route_to(key.about.unit, key.audience, false);
    const auto& in_person = step_.timetable.route_to(key.about.unit, key.audience, true);
    bool same = (route && route->endpoint == notice.endpoint && route->contact == notice.contact) ||
                (in_person && in_person->endpoint == notice.endpoint &&
                 in_person->contact == notice.contact) ||
                fell_back(notice, key);
    if (!same) return true;
  }
  return false;
}

void Tender::end(const NoticeHead& notice, Reason reason) {
  auto state = reason == Reason::newer_stage ? NoticeState::superseded : NoticeState::withdrawn;
  decision_.ended_notices.push_back({notice.id, state, reason});
}

void Tender::keep(const NoticeHead& notice, const std::vector<ItemKey>& items, NoticeState state,
                  Reason reason) {
  NoticePlan planned{.endpoint = notice.endpoint,
                     .channel = notice.channel,
                     .contact = notice.contact,
                     .state = state,
                     .expires_at = notice.expires_at,
                     .replaces = notice.id,
                     .replaces_reason = reason,
                     .storm = state == NoticeState::drafted && is_storm_draft(notice)};
  for (const auto& key : items) {
    planned.tellings.push_back(told_again(step_, decision_, key));
  }
  decision_.notices.push_back(std::move(planned));
}

void Tender::tend(const NoticeHead& notice) {
  if (step_.now >= step_.timetable.ends()) {
    if (notice.state == NoticeState::drafted) end(notice, Reason::plan_over);
    return;
  }
  if (route_changed(notice)) {
    end(notice, Reason::contact_changed);
    for (const auto& key : notice.items) {
      decision_.ended_items.push_back({key, Reason::contact_changed});
    }
    return;
  }
  if (notice.attempted) return;
  std::vector<ItemKey> standing;
  Reason last = Reason::none;
  bool storm = is_storm_draft(notice);
  for (const auto& key : notice.items) {
    auto reason = gone_because(notice, key, storm);
    if (reason == Reason::none) {
      standing.push_back(key);
      continue;
    }
    last = reason;
    // A draft that a later stage or a call closes counts as told.
    bool told = reason == Reason::newer_stage || reason == Reason::called;
    if (!told) decision_.ended_items.push_back({key, reason});
  }
  if (standing.empty()) return end(notice, last);
  if (last != Reason::none) return keep(notice, standing, notice.state, last);
  auto freed = storm ? Reason::storm : Reason::waits_for_release;
  if (goes_now(notice)) keep(notice, standing, NoticeState::queued, freed);
}

}  // namespace

Telling told_again(const Step& step, const Decision& decision, const ItemKey& key) {
  Telling telling;
  telling.item = step.record.told_item(key)->item;
  telling.assignment = step.timetable.slot_of(key.about);
  if (telling.assignment) {
    add_history(step, decision.assignments[*telling.assignment], telling);
  }
  return telling;
}

Reason cause_gone(const Step& step, Decision& decision, const NoticeHead& notice,
                  const ItemKey& key) {
  return Tender{step, decision}.gone_because(notice, key, is_storm_draft(notice));
}

Instant planned_of(const Record& record, const NoticeHead& notice) {
  Instant planned{};
  for (const auto& key : notice.items) {
    if (const auto* told = record.told_item(key)) {
      planned = std::max(planned, told->item.planned_at);
    }
  }
  return planned;
}

Instant released_at(const Step& step, const NoticeHead& notice) {
  auto planned = planned_of(step.record, notice);
  if (!is_storm_draft(notice)) return planned;
  Route route{notice.endpoint, notice.channel, notice.contact};
  auto opens = step.quiet().at_once(notice.items.front().about, route, step.now, std::nullopt);
  return std::max(planned, opens.at);
}

void tend_open_notices(const Step& step, Decision& decision) {
  Tender tender{step, decision};
  for (const auto& [id, notice] : step.record.open_notices()) tender.tend(notice);
}

}  // namespace duban::schedule
