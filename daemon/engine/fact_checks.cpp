#include "engine/fact_checks.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace duban::engine {
namespace {

using schedule::Fact;

std::string hint(std::string_view word, const std::vector<std::string>& candidates) {
  auto near = did_you_mean(word, candidates);
  return near.empty() ? "" : fmt::format("是不是“{}”?", near);
}

std::optional<Refusal> unknown_duty(const PlanRun& run, const Fact& fact) {
  if (run.plan().find_duty(fact.about.duty) != nullptr) return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& duty : run.plan().duties) ids.push_back(duty.id);
  return Refusal{"unknown-duty", fmt::format("没有事项“{}”", fact.about.duty),
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
                 fmt::format("“{}”没有“{}”这一期", fact.about.duty, fact.about.period),
                 periods.empty() ? "" : fmt::format("有:{}", fmt::join(periods, "、"))};
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
                   fmt::format("{}不用报“{}”", run.plan().name_of(fact.about.unit),
                               run.plan().find_duty(fact.about.duty)->name),
                   "看 dubanctl show"};
  }
  return Refusal{"unknown-unit", fmt::format("没有单位“{}”", fact.about.unit),
                 hint(fact.about.unit, units)};
}

std::optional<Refusal> bad_void(const PlanRun& run, const Fact& fact) {
  const auto& facts = run.record().facts();
  auto found = std::ranges::find(facts, fact.refers, &Fact::seq);
  if (found == facts.end()) {
    return Refusal{"unknown-fact", fmt::format("没有第{}号记录", fact.refers), ""};
  }
  if (run.record().is_voided(fact.refers)) {
    return Refusal{"voided-already", fmt::format("第{}号记录已经作废", fact.refers), ""};
  }
  return std::nullopt;
}

std::optional<Refusal> bad_silence(const PlanRun& run, const Fact& fact, Instant now) {
  if (!fact.time || *fact.time <= now || *fact.time <= fact.at) {
    return Refusal{"in-the-past", "静默的结束已经过去,或在开始之前", "写一个将来的时间"};
  }
  if (!fact.about.duty.empty()) return unknown_duty(run, fact);
  return std::nullopt;
}

std::optional<Refusal> bad_times(const Fact& fact, Instant now) {
  if (fact.at > now) {
    return Refusal{"in-the-future", "记录的时间还没有到", "写实际发生的时间"};
  }
  bool later = fact.kind == FactKind::extended || fact.kind == FactKind::deferred;
  if (later && (!fact.time || *fact.time <= now)) {
    return Refusal{"in-the-past", "新的时间已经过去", "写一个将来的时间"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> problem_with(const PlanRun& run, const Fact& fact, Instant now) {
  if (!is_utf8_text(fact.note) || fact.note.size() > limits::fact_note_bytes) {
    return Refusal{"bad-note", "说明不是 UTF-8 文本,或者太长", "写短一些"};
  }
  if (fact.kind == FactKind::silenced) return bad_silence(run, fact, now);
  if (auto problem = bad_times(fact, now)) return problem;
  if (fact.kind == FactKind::voided) return bad_void(run, fact);
  bool about_duty = fact.kind == FactKind::received || fact.kind == FactKind::checked ||
                    fact.kind == FactKind::held || fact.kind == FactKind::extended ||
                    fact.kind == FactKind::excused || fact.kind == FactKind::called;
  if (!about_duty) return std::nullopt;
  if (auto problem = unknown_duty(run, fact)) return problem;
  if (auto problem = unknown_period(run, fact)) return problem;
  return not_owed(run, fact);
}

}  // namespace duban::engine
