// From what was asked, in words, to facts about assignments.

#include <algorithm>
#include <array>

#include "control/requests.h"
#include "control/submission_request.h"
#include "control/time_words.h"

namespace duban::control {
namespace {

using engine::Refusal;
using schedule::AssignmentKey;
using schedule::Fact;

std::unexpected<Refusal> missing(Bilingual message, Bilingual mend) {
  return std::unexpected(Refusal{"bad-request", std::move(message), std::move(mend)});
}

// What must be said of each kind beside duty and period.
struct Needs {
  FactKind kind;
  enum class Units { none, one, some, any } units = Units::some;
  /// Each empty where it may be left out: why it must be there, and the option that says it.
  BilingualView until = {}, note = {};
  std::string_view option = {};
};
constexpr std::array needs{
    Needs{FactKind::received},
    Needs{FactKind::submitted, Needs::Units::one},
    Needs{FactKind::checked, Needs::Units::none},
    Needs{FactKind::held, Needs::Units::none},
    Needs{FactKind::accepted, Needs::Units::any},
    Needs{FactKind::extended, Needs::Units::some,
          {"没有说延到什么时候", "the time to extend to is not given"}},
    Needs{FactKind::excused, Needs::Units::any, {},
          {"免报要写原因", "excusing a unit needs a reason"}, "--reason"},
    Needs{FactKind::voided, Needs::Units::any},
    Needs{FactKind::returned, Needs::Units::some,
          {"没有说退回后什么时候再报", "the time to hand in again is not given"},
          {"退回要写原因", "returning needs a reason"}, "--why"},
    Needs{FactKind::asked, Needs::Units::some, {},
          {"申请延期要写原因", "asking for an extension needs a reason"}, "--why"},
    Needs{FactKind::declined, Needs::Units::some, {},
          {"不同意要写原因", "refusing an extension needs a reason"}, "--why"},
    Needs{FactKind::not_ours, Needs::Units::one, {},
          {"要写为什么不归本单位办", "why it is not this unit's must be said"}, "--why"},
    Needs{FactKind::reassigned, Needs::Units::one},
    Needs{FactKind::called, Needs::Units::some, {},
          {"通话记要写说了什么", "a call needs a note of what was said"}, "--note"},
    Needs{FactKind::issued, Needs::Units::any}};

Found<void> check_units(const Needs& kind, const FactRequest& request) {
  using enum Needs::Units;
  if (kind.units == none && !request.units.empty()) {
    return missing({"这一项按期登记,不分单位", "this is recorded of a period, not of a unit"},
                   {"去掉后面的单位", "remove the units after the period"});
  }
  bool wanted = kind.units == some || kind.units == one;
  if (wanted && request.units.empty()) {
    constexpr BilingualView single{"在期次后面写单位", "write the unit after the period"};
    constexpr BilingualView several{"在期次后面写单位,可以写几个",
                                    "write one or more units after the period"};
    return missing({"没有说是哪个单位", "no unit is named"}, kind.units == one ? single : several);
  }
  if (kind.units == one && request.units.size() > 1) {
    return missing({"这一项一次只登记一个单位", "this is recorded of one unit at a time"},
                   {"每个单位写一条", "record it once for each unit"});
  }
  return {};
}

Found<void> check_complete(const FactRequest& request) {
  const auto* kind = std::ranges::find(needs, request.kind, &Needs::kind);
  if (auto fine = check_units(*kind, request); !fine) return fine;
  if (!kind->until.chinese.empty() && request.until.empty()) {
    return missing(kind->until,
                   {"加上 --until \"05-27 17:00\"", "add --until \"05-27 17:00\""});
  }
  if (!kind->note.chinese.empty() && request.note.empty()) {
    return missing(kind->note, both("加上 {} 原因", "add {} REASON", kind->option));
  }
  if (request.kind == FactKind::reassigned && request.to.empty()) {
    return missing({"没有说改由哪个单位办", "the unit that takes it over is not named"},
                   {"加上 --to 单位", "add --to UNIT"});
  }
  bool numbered = !request.number.empty() && !request.digest.empty();
  if (request.kind == FactKind::issued && !numbered) {
    return missing({"印发要写期号和文件", "issuing needs the number and the file"},
                   {"dubanctl report issued 文件 --no 期号",
                    "run dubanctl report issued FILE --no NUMBER"});
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
  return kind == FactKind::silenced ||
         (kind != FactKind::voided && std::ranges::find(needs, kind, &Needs::kind) != needs.end());
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
                                 both("没有编号为{}的登记,或已作废",
                                      "no fact has the number {}, or it is voided already",
                                      request.seq),
                                 {"编号是登记时显示的那个",
                                  "write the number shown when it was recorded"}});
}

Found<Facts> void_newest(const std::vector<AssignmentKey>& keys, const engine::PlanRun& run,
                         Instant now) {
  Facts made{run.plan().id, {}};
  for (const auto& key : keys) {
    const auto* fact = newest_about(run.record(), key);
    if (fact == nullptr) {
      auto none = key.unit.empty()
                      ? both("这一期没有可作废的登记", "this period has no fact to void")
                      : both("{}的这一期没有可作废的登记", "{} has no fact to void in this period",
                             run.plan().name_of(key.unit));
      return std::unexpected(Refusal{"unknown-fact", std::move(none), {}});
    }
    made.facts.push_back(voiding(*fact, now));
  }
  return made;
}

// What only some kinds say.
Found<void> fill_kind(const FactRequest& request, const plan::Plan& plan, Fact& fact) {
  if (request.kind == FactKind::submitted) {
    fact.rows = with_ids(request.rows, plan);
    fact.files = request.files;
  } else if (request.kind == FactKind::reassigned) {
    auto unit = find_unit(plan, request.to);
    if (!unit) return std::unexpected(unit.error());
    fact.subject = std::move(*unit);
  } else if (request.kind == FactKind::issued) {
    fact.subject = request.digest;
  }
  return {};
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
  if (auto told = fill_kind(request, duty->timetable->plan(), fact); !told) {
    return std::unexpected(told.error());
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
    fact.note = fact.kind == FactKind::issued ? request.number : request.note;
  }
  return made;
}

}  // namespace duban::control
