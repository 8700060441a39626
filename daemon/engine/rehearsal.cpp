#include "engine/rehearsal.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "schedule/assignment.h"

namespace duban::engine {
namespace {

using schedule::AssignmentKey;
using schedule::Fact;

constexpr auto hand_in_at = std::chrono::hours{8};
constexpr const char* rehearsal_salt = "rehearsal";

struct Event {
  Instant at;
  Fact fact;
};

Fact fact_of(FactKind kind, AssignmentKey about, Instant at) {
  Fact fact;
  fact.kind = kind;
  fact.about = std::move(about);
  fact.at = at;
  fact.recorded_at = at;
  fact.by = "rehearsal";
  fact.way = "rehearse";
  return fact;
}

// 08:00 of the day asked for.
Fact in_time(const schedule::Timetable& timetable, const schedule::Timetable::Slot& slot) {
  const auto& occurrence = timetable.occurrences()[slot.occurrence];
  auto day = timetable.zone().day_of(occurrence.ask_by.value_or(occurrence.due.value()));
  auto at = timetable.zone().to_instant(day + hand_in_at);
  auto about = slot.key;
  if (timetable.plan().duties[occurrence.duty].ends == plan::Ends::received) {
    return fact_of(FactKind::received, std::move(about), at);
  }
  about.unit.clear();
  about.slice.clear();
  return fact_of(FactKind::held, std::move(about), at);
}

// 收件已核 at the ladder's hour after `due`, where the occurrence waits for it.
void check(const schedule::Timetable& timetable, calendar::Occurrence occurrence, Instant due,
           std::vector<Event>& events) {
  const auto& plan = timetable.plan();
  const auto& duty = plan.duties[occurrence.duty];
  const auto* ladder = plan.ladder_of(duty);
  if (ladder == nullptr) return;
  occurrence.due = due;
  for (const auto& stage : ladder->stages) {
    if (!stage.after_checked) continue;
    auto at = calendar::stage_at(*ladder, stage, occurrence, plan, timetable.zone());
    events.push_back({at, fact_of(FactKind::checked, {duty.id, occurrence.period, "", ""}, at)});
  }
}

bool is_checked(const std::vector<Fact>& events, const AssignmentKey& key) {
  return std::ranges::any_of(events, [&](const Fact& fact) {
    return fact.kind == FactKind::checked && fact.about.duty == key.duty &&
           fact.about.period == key.period;
  });
}

// What people do, by the behaviour, in the order of time.
std::vector<Event> events_of(const schedule::Timetable& timetable, const Behaviour& behaviour) {
  std::vector<Event> events;
  for (const auto& fact : behaviour.events) {
    events.push_back({fact.at, fact});
    auto slots = timetable.slots_of(fact.about);
    if (fact.kind != FactKind::extended || slots.empty()) continue;
    auto occurrence = timetable.slots()[slots.front()].occurrence;
    check(timetable, timetable.occurrences()[occurrence], fact.time.value(), events);
  }
  std::set<std::size_t> seen;
  for (const auto& slot : timetable.slots()) {
    const auto& occurrence = timetable.occurrences()[slot.occurrence];
    if (occurrence.dating != calendar::Dating::dated) continue;
    if (behaviour.punctual && !behaviour.spoken_for.contains(slot.key)) {
      auto fact = in_time(timetable, slot);
      events.push_back({fact.at, std::move(fact)});
    }
    bool first = seen.insert(slot.occurrence).second;
    if (first && !is_checked(behaviour.events, slot.key)) {
      check(timetable, occurrence, *occurrence.due, events);
    }
  }
  std::ranges::stable_sort(events, {}, &Event::at);
  return events;
}

std::string month_of(const schedule::Timetable& timetable, Instant at) {
  return format_day(timetable.zone().day_of(at)).substr(0, 7);
}

bool is_pre_due(const schedule::Item& item) {
  const auto& stage = item.key.stage;
  return item.key.kind == ItemKind::stage &&
         (stage.starts_with(to_word(StageKind::remind)) ||
          stage.starts_with(to_word(StageKind::due)));
}

class Life {
 public:
  Life(std::shared_ptr<const plan::Plan> plan, const message::Templates& templates,
       const RehearsalOptions& options)
      : run_(std::move(plan), templates),
        options_(options),
        from_(run_.timetable().zone().to_instant(Civil{options.from})),
        to_(run_.timetable().zone().to_instant(Civil{options.to + std::chrono::days{1}})) {}

  Rehearsal live();

 private:
  void step(Instant now);
  void deliver(const ledger::Notice& notice, Instant now);
  void count_requests();
  void judge_budget();
  Share& share_of(const std::string& unit);

  PlanRun run_;
  RehearsalOptions options_;
  Instant from_, to_;
  Rehearsal out_;
};

Share& Life::share_of(const std::string& unit) {
  auto found = std::ranges::find(out_.shares, unit, &std::pair<std::string, Share>::first);
  if (found != out_.shares.end()) return found->second;
  return out_.shares.emplace_back(unit, Share{}).second;
}

void Life::deliver(const ledger::Notice& notice, Instant now) {
  if (notice.head.state == NoticeState::drafted) return;
  run_.delivered(notice.head.id, now);
  std::set<std::string> told, reminded;
  for (const auto& item : notice.items) {
    if (item.key.audience == Audience::leader) continue;
    told.insert(item.key.about.unit);
    if (is_pre_due(item)) reminded.insert(item.key.about.unit);
  }
  for (const auto& unit : told) ++share_of(unit).messages;
  auto month = month_of(run_.timetable(), now);
  for (const auto& unit : reminded) ++share_of(unit).pre_due[month];
}

void Life::step(Instant now) {
  // A step that withdraws leaves what follows from it to the next.
  for (int round = 0; round < 4; ++round) {
    auto step = run_.prepare(now, now, rehearsal_salt);
    bool nothing = step.decision.nothing();
    run_.commit(step);
    for (auto& notice : step.advance.notices) {
      deliver(notice, now);
      out_.notices.push_back(std::move(notice));
    }
    if (nothing) return;
  }
}

void Life::count_requests() {
  const auto& timetable = run_.timetable();
  for (const auto& slot : timetable.slots()) {
    const auto& occurrence = timetable.occurrences()[slot.occurrence];
    if (occurrence.dating != calendar::Dating::dated) continue;
    auto asked = occurrence.ask_by.value_or(*occurrence.due);
    if (asked < from_ || asked >= to_) continue;
    ++share_of(slot.key.unit).requests[month_of(timetable, asked)];
  }
}

void Life::judge_budget() {
  const auto& budget = run_.plan().budget;
  auto breach = [&](const std::string& unit, const std::map<std::string, std::size_t>& months,
                    unsigned most, const char* what) {
    for (const auto& [month, count] : months) {
      if (count <= most) continue;
      out_.breaches.push_back(fmt::format("{} {}:{} {} 次,预算 {} 次", run_.plan().name_of(unit),
                                          month, what, count, most));
    }
  };
  for (const auto& [unit, share] : out_.shares) {
    bool exempt = unit == plan::office_id ||
                  std::ranges::find(budget.exempt, unit) != budget.exempt.end();
    if (exempt) continue;
    breach(unit, share.pre_due, budget.pre_due, "到期前的提醒");
    breach(unit, share.requests, budget.requests, "要交的东西");
  }
}

Rehearsal Life::live() {
  for (const auto& unit : run_.plan().units) share_of(unit.id);
  auto events = events_of(run_.timetable(), options_.behaviour);
  auto event = events.begin();
  while (event != events.end() && event->at < from_) ++event;
  std::optional<Instant> now = from_;
  while (now && *now < to_) {
    step(*now);
    auto next = run_.next_wake();
    if (event != events.end() && (!next || event->at <= *next)) next = event->at;
    now = next;
    bool happens = now && event != events.end() && event->at == *now;
    if (!happens || *now >= to_) continue;
    // What was handed in or checked at a stage's own instant counts for it.
    while (event != events.end() && event->at == *now) run_.record(event++->fact);
  }
  count_requests();
  judge_budget();
  return std::move(out_);
}

}  // namespace

Rehearsal rehearse(std::shared_ptr<const plan::Plan> plan, const message::Templates& templates,
                   const RehearsalOptions& options) {
  return Life{std::move(plan), templates, options}.live();
}

}  // namespace duban::engine
