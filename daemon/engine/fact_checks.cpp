#include "engine/fact_checks.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "schedule/acceptance.h"
#include "settings/report.h"

namespace duban::engine {
namespace {

using schedule::Fact;

Bilingual hint(std::string_view word, const std::vector<std::string>& candidates) {
  auto near = did_you_mean(word, candidates);
  return near.empty() ? Bilingual{} : both("是不是“{}”?", "did you mean “{}”?", near);
}

std::optional<Refusal> unknown_duty(const PlanRun& run, const Fact& fact) {
  if (run.plan().find_duty(fact.about.duty) != nullptr) return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& duty : run.plan().duties) ids.push_back(duty.id);
  return Refusal{"unknown-duty",
                 both("没有事项“{}”", "there is no duty “{}”", fact.about.duty),
                 hint(fact.about.duty, ids)};
}

std::optional<Refusal> unknown_period(const PlanRun& run, const Fact& fact) {
  std::vector<std::string> periods;
  for (const auto& occurrence : run.timetable().occurrences()) {
    const auto& duty = run.plan().duties[occurrence.duty];
    if (duty.id == fact.about.duty) periods.push_back(occurrence.period);
  }
  if (std::ranges::find(periods, fact.about.period) != periods.end()) return std::nullopt;
  return Refusal{"unknown-period",
                 both("“{}”没有“{}”这一期", "“{}” has no period “{}”", fact.about.duty,
                      fact.about.period),
                 periods.empty() ? Bilingual{}
                                 : both("有:{}", "it has: {}", settings::listed(periods))};
}

std::optional<Refusal> not_owed(const PlanRun& run, const Fact& fact) {
  if (fact.about.unit.empty()) return std::nullopt;
  std::vector<std::string> units;
  for (const auto& slot : run.timetable().slots()) {
    if (slot.key.duty != fact.about.duty || slot.key.period != fact.about.period) continue;
    bool same_slice = fact.about.slice.empty() || slot.key.slice == fact.about.slice;
    if (slot.key.unit == fact.about.unit && same_slice) return std::nullopt;
    units.push_back(slot.key.unit);
  }
  if (run.plan().find_unit(fact.about.unit) != nullptr) {
    return Refusal{"not-owed",
                   both("{}不用报“{}”", "{} does not owe “{}”",
                        run.plan().name_of(fact.about.unit),
                        run.plan().find_duty(fact.about.duty)->name),
                   {"看 dubanctl show", "see dubanctl show"}};
  }
  return Refusal{"unknown-unit",
                 both("没有单位“{}”", "there is no unit “{}”", fact.about.unit),
                 hint(fact.about.unit, units)};
}

// Who was told nothing by the cut-off may count on it: what is accepted is not asked for again. A
// new term would end after the dispatch anyway; a word of the office can be taken back.
std::optional<Refusal> accepted_already(const PlanRun& run, const schedule::Assignment& one,
                                        Instant now) {
  auto accepted = schedule::acceptance_of(run.timetable(), run.record(), one, now);
  if (!accepted) return std::nullopt;
  if (accepted->fact != 0) {
    return Refusal{"accepted-already",
                   both("第{}号记录已采用,不再退回",
                        "it was accepted by record {} and is not given back any more",
                        accepted->fact),
                   both("采用记错了的,先 dubanctl void {}",
                        "if that was recorded by mistake, run dubanctl void {} first",
                        accepted->fact)};
  }
  auto at = run.timetable().zone().to_civil(accepted->at);
  return Refusal{"accepted-already",
                 both("{} {}截稿时没有退回,已视同采用",
                      "it was not given back by the cut-off, {} {}, and counts as accepted",
                      format_day(day_of(at)).substr(5), format_time_of_day(time_of(at))),
                 {"请单位另报一次(dubanctl submit),下期更正",
                  "ask the unit to hand it in once more (dubanctl submit), and correct it in the "
                  "next period"}};
}

std::optional<Refusal> bad_return(const PlanRun& run, const schedule::Assignment& one,
                                  const Fact& fact, Instant now) {
  if (one.standing != schedule::Standing::answered) {
    return Refusal{"not-received",
                   {"还没有登记收到,谈不上退回",
                    "it is not recorded as received, so it cannot be given back"},
                   {"先 dubanctl received", "run dubanctl received first"}};
  }
  if (auto problem = accepted_already(run, one, now)) return problem;
  calendar::Workdays workdays{run.plan().calendar};
  const auto& zone = run.timetable().zone();
  auto first = workdays.add(zone.day_of(now), limits::returned_working_days);
  if (zone.day_of(*fact.time) < first) {
    return Refusal{"too-soon",
                   {"退回后至少给2个工作日",
                    "what is given back gets at least 2 working days"},
                   both("写 {} 或以后", "write {} or later", format_day(first).substr(5))};
  }
  return std::nullopt;
}

std::optional<Refusal> bad_reassignment(const PlanRun& run, const schedule::Assignment& one,
                                        const Fact& fact, Instant now) {
  if (fact.subject == fact.about.unit) {
    return Refusal{"same-unit", {"还是原来的单位", "it is the same unit as before"},
                   {"加上 --to 另一个单位", "name another unit with --to"}};
  }
  auto to = fact.about;
  to.unit = fact.subject;
  if (run.timetable().slot_of(to)) {
    return Refusal{"owed-already",
                   both("{}本来就要办这一件", "{} owes this already",
                        run.plan().name_of(fact.subject)),
                   {}};
  }
  if (!fact.time && one.due && *one.due <= now) {
    return Refusal{"in-the-past",
                   {"原定日子已经过去,改由别的单位办要另定日子",
                    "the date has passed, so another unit needs a new one"},
                   {"加上 --until \"05-27 17:00\"", "add --until \"05-27 17:00\""}};
  }
  return std::nullopt;
}

// What a unit asks and the office answers: it must be open, and asked before it is answered.
std::optional<Refusal> bad_answer(const PlanRun& run, const Fact& fact, Instant now) {
  using enum FactKind;
  bool judged = fact.kind == returned || fact.kind == asked || fact.kind == declined ||
                fact.kind == not_ours || fact.kind == reassigned;
  if (!judged) return std::nullopt;
  auto slot = run.timetable().slot_of(fact.about);
  if (!slot) {
    return Refusal{"by-clause", {"这一件按条款分报", "this is handed in clause by clause"},
                   {"加上 --clause 条款", "add --clause CLAUSE"}};
  }
  schedule::Quiet quiet{run.timetable(), run.record()};
  auto one = schedule::assignment_of(run.timetable(), run.record(), quiet, *slot, now, {});
  if (fact.kind == returned) return bad_return(run, one, fact, now);
  if (one.standing != schedule::Standing::open) {
    return Refusal{"not-open",
                   {"这一件已经报了、免了,或不催",
                    "this has been handed in or excused, or is not chased"},
                   {"看 dubanctl explain", "see dubanctl explain"}};
  }
  if (fact.kind == declined && !one.pending) {
    return Refusal{"nothing-asked", {"没有等答复的申请", "no request waits for an answer"},
                   {"看 dubanctl today", "see dubanctl today"}};
  }
  bool plans_only = fact.kind == not_ours || fact.kind == reassigned;
  if (plans_only && !run.plan().duties[one.duty].not_ours) {
    return Refusal{"always-ours",
                   {"“不归本单位办”只用于方案和交办项",
                    "“not ours” is only for actions and for duties with not_ours = true"},
                   {"分工有误的,改 tasks.toml 后 dubanctl reload",
                    "if the work is divided wrongly, edit tasks.toml, then run dubanctl reload"}};
  }
  if (fact.kind == reassigned) return bad_reassignment(run, one, fact, now);
  return std::nullopt;
}

std::optional<Refusal> bad_void(const PlanRun& run, const Fact& fact) {
  const auto& facts = run.record().facts();
  auto found = std::ranges::find(facts, fact.refers, &Fact::seq);
  if (found == facts.end()) {
    return Refusal{"unknown-fact",
                   both("没有第{}号记录", "there is no record {}", fact.refers), {}};
  }
  if (run.record().is_voided(fact.refers)) {
    return Refusal{"voided-already",
                   both("第{}号记录已经作废", "record {} is voided already", fact.refers), {}};
  }
  return std::nullopt;
}

std::optional<Refusal> bad_silence(const PlanRun& run, const Fact& fact, Instant now) {
  if (!fact.time || *fact.time <= now || *fact.time <= fact.at) {
    return Refusal{"in-the-past",
                   {"静默的结束已经过去,或在开始之前",
                    "the end of the silence has passed, or is before its beginning"},
                   {"写一个将来的时间", "give a time in the future"}};
  }
  if (!fact.about.duty.empty()) return unknown_duty(run, fact);
  return std::nullopt;
}

bool is_about_duty(FactKind kind) {
  using enum FactKind;
  switch (kind) {
    case received:
    case checked:
    case held:
    case extended:
    case excused:
    case called:
    case submitted:
    case accepted:
    case returned:
    case asked:
    case declined:
    case not_ours:
    case reassigned:
    case issued: return true;
    default: return false;
  }
}

std::optional<Refusal> bad_times(const Fact& fact, Instant now) {
  if (fact.at > now) {
    return Refusal{"in-the-future",
                   {"记录的时间还没有到", "the recorded time has not come yet"},
                   {"写实际发生的时间", "give the time when it happened"}};
  }
  bool needs_time = fact.kind == FactKind::extended || fact.kind == FactKind::deferred ||
                    fact.kind == FactKind::returned;
  bool may_have = fact.kind == FactKind::asked || fact.kind == FactKind::reassigned;
  bool past = fact.time && *fact.time <= now;
  if ((needs_time && (!fact.time || past)) || (may_have && past)) {
    return Refusal{"in-the-past", {"新的时间已经过去", "the new time has passed"},
                   {"写一个将来的时间", "give a time in the future"}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> problem_with(const PlanRun& run, const Fact& fact, Instant now) {
  if (!is_utf8_text(fact.note) || fact.note.size() > limits::fact_note_bytes) {
    return Refusal{"bad-note",
                   {"说明不是 UTF-8 文本,或者太长", "the note is not UTF-8 text, or is too long"},
                   {"写短一些", "write a shorter one"}};
  }
  if (fact.kind == FactKind::silenced) return bad_silence(run, fact, now);
  if (auto problem = bad_times(fact, now)) return problem;
  if (fact.kind == FactKind::voided) return bad_void(run, fact);
  if (!is_about_duty(fact.kind)) return std::nullopt;
  if (auto problem = unknown_duty(run, fact)) return problem;
  if (auto problem = unknown_period(run, fact)) return problem;
  if (auto problem = not_owed(run, fact)) return problem;
  return bad_answer(run, fact, now);
}

}  // namespace duban::engine
