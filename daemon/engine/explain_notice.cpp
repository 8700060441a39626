// The page of a notice.

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/explain_parts.h"
#include "schedule/missing_calendar.h"

namespace duban::engine {
namespace {

using schedule::AssignmentKey;
using schedule::Fact;
using schedule::Item;

// The period stands in this text, for this unit, and is neither excused nor left open.
bool is_owed(const plan::Plan& plan, const schedule::Record& record, const AssignmentKey& about) {
  schedule::Timetable timetable{std::make_shared<const plan::Plan>(plan),
                                schedule::bearings_of(plan, record)};
  auto slot = timetable.slot_of(about);
  if (!slot) return false;
  auto dating = timetable.occurrences()[timetable.slots()[*slot].occurrence].dating;
  return dating != calendar::Dating::excused && dating != calendar::Dating::never;
}

class NoticePage {
 public:
  NoticePage(const Past& past, const ledger::NoticeView& view)
      : past_(past), view_(view), scene_(past, *past.then, view.notice.head.queued_at) {}

  Page make(const std::vector<ledger::NoticeView>& others);

 private:
  void add_item(Page& page, const Item& item);
  ItemPart item_part(const Item& item);
  std::optional<Fact> cause_of(const Item& item) const;
  std::optional<Fact> cause_of_start(const AssignmentKey& about, Audience audience) const;
  std::optional<Fact> cause_of_gone(const Item& item) const;
  std::optional<Fact> cause_of_stage(const Item& item) const;
  std::optional<Fact> trouble_of(const Item& item) const;
  Reason waited_because(const Item& item, const Fact& cause);
  NoticePart notice_part(const std::vector<ledger::NoticeView>& others) const;
  RoutePart route_part() const;
  // What let a whole storm go let this go, which was held in it.
  bool is_freed(const Fact& fact) const {
    bool held = view_.notice.head.reason == Reason::storm;
    return held && view_.notice.head.queued_at <= fact.at &&
           (!view_.ended_at || fact.at <= *view_.ended_at);
  }
  // The trouble of an address; else something that duban itself met, by its code.
  bool is_of_endpoint(const Item& item) const {
    return item.key.kind == ItemKind::trouble &&
           past_.plan->find_endpoint(item.key.about.slice) != nullptr;
  }

  const Past& past_;
  const ledger::NoticeView& view_;
  Scene scene_;
  std::map<Instant, std::vector<schedule::Explanation>> explained_at_;
};

std::optional<Fact> NoticePage::cause_of_start(const AssignmentKey& about,
                                               Audience audience) const {
  auto since = scene_.causes().in_force(about);
  auto reached = [&](const plan::Plan& plan) {
    return plan.find_duty(about.duty) != nullptr &&
           schedule::route_to(plan, about.unit, audience, false).has_value();
  };
  auto edit = scene_.causes().edit(reached, since ? since->at : Instant::min());
  const auto& facts = past_.then->facts();
  auto first = std::ranges::find(facts, FactKind::plan_text, &Fact::kind);
  bool edited = edit && first != facts.end() && edit->seq != first->seq;
  return edited && (!since || edit->at >= since->at) ? edit : since;
}

std::optional<Fact> NoticePage::cause_of_gone(const Item& item) const {
  const auto* assignment = scene_.assignment(item.key.about);
  if (item.reason == Reason::excused && assignment != nullptr && assignment->excused_by != 0) {
    return scene_.causes().fact(assignment->excused_by);
  }
  return scene_.causes().edit([&](const plan::Plan& plan) {
    return !is_owed(plan, *past_.then, item.key.about);
  });
}

std::optional<Fact> NoticePage::cause_of_stage(const Item& item) const {
  if (item.late) return scene_.causes().outage_over(item.planned_at);
  const auto* assignment = scene_.assignment(item.key.about);
  if (item.reason != Reason::newly_known || assignment == nullptr) return std::nullopt;
  if (assignment->extended) return scene_.causes().fact(assignment->extended_by);
  auto start = cause_of_start(item.key.about, item.key.audience);
  if (start && start->at > item.planned_at) return start;
  return scene_.causes().moved_due(*assignment, item.due);
}

std::optional<Fact> NoticePage::trouble_of(const Item& item) const {
  std::optional<Fact> last;
  for (const auto& fact : past_.then->facts()) {
    bool this_one = fact.kind == FactKind::trouble && fact.subject == item.key.about.slice;
    if (this_one) last = fact;
  }
  return last;
}

std::optional<Fact> NoticePage::cause_of(const Item& item) const {
  const auto* assignment = scene_.assignment(item.key.about);
  switch (item.key.kind) {
    case ItemKind::start: return cause_of_start(item.key.about, item.key.audience);
    case ItemKind::change:
      if (assignment == nullptr) return std::nullopt;
      return scene_.causes().moved_due(*assignment, item.due);
    case ItemKind::gone: return cause_of_gone(item);
    case ItemKind::correction:
      if (assignment == nullptr) return std::nullopt;
      return scene_.causes().fact(assignment->answered_by);
    case ItemKind::stage: return cause_of_stage(item);
    case ItemKind::trouble: return trouble_of(item);
    case ItemKind::handover:
      return scene_.causes().edit([&](const plan::Plan& plan) {
        return plan.find_contact(item.key.about.slice) != nullptr;
      });
    default: return std::nullopt;
  }
}

// What the schedule itself says of the moment at which the cause became known.
Reason NoticePage::waited_because(const Item& item, const Fact& cause) {
  if (cause.recorded_at >= view_.notice.head.queued_at) return Reason::none;
  auto [known, is_new] = explained_at_.try_emplace(cause.recorded_at);
  if (is_new) {
    known->second = schedule::decide(scene_.timetable(), scene_.record(), cause.recorded_at,
                                     cause.recorded_at)
                        .explanations;
  }
  for (const auto& one : known->second) {
    bool own = one.about == item.key.about && one.audience == item.key.audience &&
               (one.stage.empty() || one.stage == item.key.stage);
    bool waits = one.reason == Reason::waits_for_hours || one.reason == Reason::silenced;
    if (own && waits) return one.reason;
  }
  return Reason::none;
}

ItemPart NoticePage::item_part(const Item& item) {
  const auto& key = item.key;
  ItemPart part{.kind = key.kind,
                .audience = key.audience,
                .units = {},
                .subject = {},
                .planned_at = item.planned_at,
                .told_at = std::nullopt,
                .due = item.due,
                .was_due = item.was_due,
                .telling = key.telling,
                .late = item.late,
                .reason = item.reason,
                .stage = std::nullopt,
                .cause = cause_of(item),
                .checked = std::nullopt};
  const auto* duty = scene_.plan().find_duty(key.about.duty);
  if (duty != nullptr) part.ends = duty->ends;
  bool may_repeat = key.kind == ItemKind::start || key.kind == ItemKind::stage;
  part.again = may_repeat && key.telling > 1;
  bool after_its_time = item.late || item.reason == Reason::newly_known;
  if (after_its_time && item.planned_at < scene_.at()) part.told_at = scene_.at();
  if (key.kind == ItemKind::list) part.subject = key.about.period;
  bool of_slice = key.kind == ItemKind::trouble || key.kind == ItemKind::handover;
  if (of_slice) part.subject = key.about.slice;
  if (is_of_endpoint(item)) part.subject_fails = item.reason;
  if (key.kind == ItemKind::stage) {
    part.stage = scene_.stage(key.about, key.stage, item.planned_at);
    bool after_due = part.stage->kind == StageKind::overdue && item.due;
    if (after_due) part.checked = scene_.causes().checked(key.about, *item.due);
  }
  if (part.cause) part.waited_because = waited_because(item, *part.cause);
  return part;
}

bool are_alike(const ItemPart& one, const ItemPart& other) {
  auto told = [](const ItemPart& part) {
    return std::tuple{part.kind, part.audience, part.stage ? part.stage->key : std::string{},
                      part.subject, part.planned_at, part.due, part.was_due, part.telling,
                      part.late, part.reason, part.waited_because};
  };
  auto seq = [](const std::optional<Fact>& fact) { return fact ? fact->seq : 0; };
  return told(one) == told(other) && seq(one.cause) == seq(other.cause) &&
         seq(one.checked) == seq(other.checked);
}

void NoticePage::add_item(Page& page, const Item& item) {
  const auto& about = item.key.about;
  auto duty = std::ranges::find(page.duties, about.duty, &DutyPart::id);
  if (duty == page.duties.end()) {
    page.duties.push_back(scene_.duty(about));
    duty = page.duties.end() - 1;
  }
  if (item.key.kind == ItemKind::list) duty->lines = {scene_.cite().office_list()};
  auto period = std::ranges::find_if(duty->periods, [&](const PeriodPart& one) {
    return one.period == about.period && one.slice == about.slice;
  });
  if (period == duty->periods.end()) {
    duty->periods.push_back(scene_.period(about));
    period = duty->periods.end() - 1;
  }
  auto part = item_part(item);
  auto alike = std::ranges::find_if(period->items, [&](const ItemPart& one) {
    return are_alike(one, part);
  });
  if (alike == period->items.end()) {
    period->items.push_back(std::move(part));
    alike = period->items.end() - 1;
  }
  alike->units.push_back(scene_.name_of(about.unit));
}

RoutePart NoticePage::route_part() const {
  const auto& head = view_.notice.head;
  bool known = scene_.plan().find_endpoint(head.endpoint) != nullptr;
  const auto& plan = known ? scene_.plan() : *past_.plan;
  RoutePart part{.endpoint = head.endpoint, .channel = head.channel};
  const plan::Contact* first = nullptr;
  for (const auto& contact : plan.contacts) {
    bool reads = std::ranges::find(contact.endpoints, head.endpoint) != contact.endpoints.end();
    bool meant = head.contact.empty() ? reads : contact.id == head.contact;
    if (!meant) continue;
    part.contacts.push_back(plan.name_of(contact.unit) + contact.name);
    if (first == nullptr) first = &contact;
  }
  if (const auto* endpoint = plan.find_endpoint(head.endpoint)) part.group = endpoint->group;
  if (first == nullptr || view_.notice.items.empty()) return part;
  if (known) part.line = scene_.cite().contact(*first);
  const auto& item = view_.notice.items.front();
  bool by_itself = item.key.about.slice == schedule::calendar_code;
  if (item.key.kind == ItemKind::trouble && !by_itself) {
    part.choice = is_of_endpoint(item) ? RoutePart::Choice::around : RoutePart::Choice::first;
    return part;
  }
  auto route = schedule::route_to(plan, item.key.about.unit, item.key.audience,
                                  schedule::is_in_person(item.key));
  if (!route) return part;
  if (route->endpoint != head.endpoint) {
    bool after = !view_.notice.replaces.empty() &&
                 schedule::leads_to(plan, item.key.about.unit, item.key.audience, head.endpoint,
                                    head.contact);
    if (after) part.choice = RoutePart::Choice::fallback;
    return part;
  }
  for (const auto& id : first->endpoints) {
    if (id == head.endpoint) break;
    part.groups_passed.push_back(id);
  }
  part.choice = part.groups_passed.empty() ? RoutePart::Choice::first
                                           : RoutePart::Choice::past_groups;
  return part;
}

NoticePart NoticePage::notice_part(const std::vector<ledger::NoticeView>& others) const {
  const auto& head = view_.notice.head;
  NoticePart part{.id = head.id,
                  .subject = view_.notice.content.subject,
                  .state = head.state,
                  .reason = head.reason,
                  .queued_at = head.queued_at,
                  .expires_at = head.expires_at,
                  .ended_at = view_.ended_at,
                  .items = view_.notice.items.size(),
                  .route = route_part(),
                  .attempts = view_.attempts,
                  .decisions = {},
                  .replaces = std::nullopt,
                  .replaced_by = {}};
  for (const auto& fact : past_.record.facts()) {
    bool decided = fact.kind == FactKind::released || fact.kind == FactKind::deferred;
    bool own = fact.subject == head.id || (fact.subject == schedule::storm_code && is_freed(fact));
    if (decided && own && !past_.record.is_voided(fact.seq)) part.decisions.push_back(fact);
  }
  for (const auto& other : others) {
    const auto& its = other.notice.head;
    OtherNotice one{its.id, its.state, its.reason};
    if (its.id == view_.notice.replaces) part.replaces = one;
    if (other.notice.replaces == head.id) part.replaced_by.push_back(one);
  }
  return part;
}

Page NoticePage::make(const std::vector<ledger::NoticeView>& others) {
  auto page = scene_.page(past_);
  page.notice = notice_part(others);
  for (const auto& item : view_.notice.items) add_item(page, item);
  return page;
}

}  // namespace

Page explain_notice(const Past& past, const ledger::NoticeView& view,
                    const std::vector<ledger::NoticeView>& others) {
  return NoticePage{past, view}.make(others);
}

}  // namespace duban::engine
