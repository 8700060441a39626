// From what was asked, in words, to facts about assignments.

#include <algorithm>

#include "control/requests.h"
#include "control/time_words.h"

namespace duban::control {
namespace {

using engine::Refusal;
using schedule::AssignmentKey;
using schedule::Fact;

std::unexpected<Refusal> missing(std::string message, std::string mend) {
  return std::unexpected(Refusal{"bad-request", std::move(message), std::move(mend)});
}

// What must be said beside duty and period.
Found<void> check_complete(const FactRequest& request) {
  bool by_unit = request.kind == FactKind::received || request.kind == FactKind::extended;
  if (by_unit && request.units.empty()) {
    return missing("没有说是哪个单位", "在期次后面写单位,可以写几个");
  }
  bool of_period = request.kind == FactKind::checked || request.kind == FactKind::held;
  if (of_period && !request.units.empty()) {
    return missing("这一项按期登记,不分单位", "去掉后面的单位");
  }
  if (request.kind == FactKind::extended && request.until.empty()) {
    return missing("没有说延到什么时候", "加上 --until \"05-27 17:00\"");
  }
  if (request.kind == FactKind::excused && request.note.empty()) {
    return missing("免报要写原因", "加上 --reason 原因");
  }
  return {};
}

// The assignments that a request is about: one per unit, or the period as a whole.
Found<std::vector<AssignmentKey>> keys_of(const FactRequest& request, const FoundDuty& duty) {
  const auto& plan = duty.timetable->plan();
  auto period = find_period(duty, request.period);
  if (!period) return std::unexpected(period.error());
  std::string slice;
  if (!request.clause.empty()) {
    auto clause = find_clause(plan, request.clause);
    if (!clause) return std::unexpected(clause.error());
    slice = *clause;
  }
  if (request.units.empty()) return std::vector{AssignmentKey{duty.duty->id, *period, "", slice}};
  std::vector<AssignmentKey> keys;
  for (const auto& word : request.units) {
    auto unit = find_unit(plan, word);
    if (!unit) return std::unexpected(unit.error());
    AssignmentKey key{duty.duty->id, *period, *unit, slice};
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
  }
  return keys;
}

bool can_be_voided(FactKind kind) {
  return kind == FactKind::received || kind == FactKind::checked || kind == FactKind::held ||
         kind == FactKind::extended || kind == FactKind::excused || kind == FactKind::silenced;
}

const Fact* newest_about(const schedule::Record& record, const AssignmentKey& key) {
  const Fact* newest = nullptr;
  for (const auto* fact : record.facts_about(key)) {
    if (can_be_voided(fact->kind)) newest = fact;
  }
  return newest;
}

Fact voiding(const Fact& fact, Instant now) {
  return {.kind = FactKind::voided, .about = fact.about, .at = now, .refers = fact.seq};
}

Found<Facts> void_by_number(const FactRequest& request,
                            std::span<const engine::PlanRun* const> plans, Instant now) {
  auto timetables = timetables_of(plans);
  auto named = find_plan(timetables, request.plan);
  if (!named) return std::unexpected(named.error());
  for (const auto* one : plans) {
    if (&one->timetable() != *named) continue;
    const auto& facts = one->record().facts();
    auto fact = std::ranges::find(facts, request.seq, &Fact::seq);
    bool found = fact != facts.end() && can_be_voided(fact->kind);
    if (!found || one->record().is_voided(request.seq)) break;
    return Facts{one->plan().id, {voiding(*fact, now)}};
  }
  return std::unexpected(Refusal{"unknown-fact",
                                 "没有编号为" + std::to_string(request.seq) + "的登记,或已作废",
                                 "编号是登记时显示的那个"});
}

Found<Facts> void_newest(const std::vector<AssignmentKey>& keys, const engine::PlanRun& run,
                         Instant now) {
  Facts made{run.plan().id, {}};
  for (const auto& key : keys) {
    const auto* fact = newest_about(run.record(), key);
    if (fact == nullptr) {
      auto who = key.unit.empty() ? std::string{} : run.plan().name_of(key.unit) + "的";
      return std::unexpected(Refusal{"unknown-fact", who + "这一期没有可作废的登记", ""});
    }
    made.facts.push_back(voiding(*fact, now));
  }
  return made;
}

Found<Facts> make_on_duty(const FactRequest& request, std::span<const engine::PlanRun* const> plans,
                          Instant now) {
  auto timetables = timetables_of(plans);
  auto duty = find_duty(timetables, request.plan, request.duty);
  if (!duty) return std::unexpected(duty.error());
  if (auto complete = check_complete(request); !complete) {
    return std::unexpected(complete.error());
  }
  auto keys = keys_of(request, *duty);
  if (!keys) return std::unexpected(keys.error());
  auto run = std::ranges::find_if(
      plans, [&](const auto* one) { return &one->timetable() == duty->timetable; });
  if (request.kind == FactKind::voided) return void_newest(*keys, **run, now);

  const auto& zone = duty->timetable->zone();
  Fact fact{.kind = request.kind, .at = now};
  if (!request.at.empty()) {
    auto at = read_past(request.at, now, zone);
    if (!at) return std::unexpected(at.error());
    fact.at = *at;
  }
  if (!request.until.empty()) {
    auto until = read_coming(request.until, now, zone);
    if (!until) return std::unexpected(until.error());
    fact.time = *until;
  }
  Facts made{duty->timetable->plan().id, {}};
  for (const auto& key : *keys) {
    made.facts.push_back(fact);
    made.facts.back().about = key;
  }
  return made;
}

}  // namespace

Found<Facts> make_facts(const FactRequest& request, std::span<const engine::PlanRun* const> plans,
                        Instant now, const std::string& by) {
  bool numbered = request.kind == FactKind::voided && request.seq != 0;
  auto made = numbered ? void_by_number(request, plans, now) : make_on_duty(request, plans, now);
  if (!made) return made;
  for (auto& fact : made->facts) {
    fact.recorded_at = now;
    fact.by = by;
    fact.way = "socket";
    fact.note = request.note;
  }
  return made;
}

}  // namespace duban::control
