#include "control/silences.h"

#include "control/time_words.h"
#include "settings/report.h"

namespace duban::control {
namespace {

using engine::Refusal;
using schedule::Fact;
using schedule::Timetable;

Found<std::string> stage_of(const std::string& word) {
  if (word.empty() || from_word<StageKind>(word)) return word;
  return std::unexpected(Refusal{"bad-request",
                                 both("没有这种节点:{}", "there is no stage {}",
                                      settings::in_quotes(word)),
                                 {"写 remind、due、overdue 或 escalate",
                                  "write remind, due, overdue or escalate"}});
}

// Whose: the plan named, else the one that has the duty or the unit, else the only one.
Found<const Timetable*> plan_of(const Fields& asked, Timetables plans) {
  if (!asked.at("duty").empty()) {
    auto duty = find_duty(plans, asked.at("plan"), asked.at("duty"));
    if (!duty) return std::unexpected(duty.error());
    return duty->timetable;
  }
  if (asked.at("unit").empty()) return find_plan(plans, asked.at("plan"));
  auto unit = find_unit(plans, asked.at("plan"), asked.at("unit"));
  if (!unit) return std::unexpected(unit.error());
  return unit->timetable;
}

Found<void> fill_about(const Fields& asked, Timetables plans, const Timetable& timetable,
                       Fact& fact) {
  if (!asked.at("duty").empty()) {
    auto duty = find_duty(plans, timetable.plan().id, asked.at("duty"));
    if (!duty) return std::unexpected(duty.error());
    fact.about.duty = duty->duty->id;
  }
  if (!asked.at("unit").empty()) {
    auto unit = find_unit(timetable.plan(), asked.at("unit"));
    if (!unit) return std::unexpected(unit.error());
    if (*unit == plan::office_id) {
      return std::unexpected(Refusal{
          "bad-request",
          {"办公室自己不能静默,日清单照常出",
           "the office itself cannot be silenced, its daily list goes out as ever"},
          {"写一个责任单位,或用 --duty", "name a responsible unit, or use --duty"}});
    }
    fact.about.unit = *unit;
  }
  auto stage = stage_of(asked.at("stage"));
  if (!stage) return std::unexpected(stage.error());
  fact.subject = *stage;
  return {};
}

Found<void> fill_times(const Fields& asked, Instant now, const calendar::Zone& zone, Fact& fact) {
  fact.at = now;
  if (!asked.at("from").empty()) {
    auto from = read_beginning(asked.at("from"), now, zone);
    if (!from) return std::unexpected(from.error());
    fact.at = *from;
  }
  auto until = read_coming(asked.at("until"), now, zone);
  if (!until) return std::unexpected(until.error());
  fact.time = *until;
  if (*until > fact.at) return {};
  return std::unexpected(Refusal{"bad-request",
                                 {"静默的结束在开始之前", "the silence ends before it begins"},
                                 {"--until 要晚于 --from", "make --until later than --from"}});
}

}  // namespace

Found<Facts> make_silence(std::string_view body, std::span<const engine::PlanRun* const> plans,
                          Instant now, const std::string& by) {
  const std::vector<std::string> words{"plan", "unit", "duty", "stage", "from", "until", "why"};
  auto asked = parse_fields(body, words, {"until", "why"});
  if (!asked) return std::unexpected(asked.error());
  for (const auto& word : words) asked->try_emplace(word);
  if (asked->at("unit").empty() && asked->at("duty").empty() && asked->at("stage").empty()) {
    return std::unexpected(Refusal{
        "bad-request", {"没有说静默谁、静默什么", "whom or what to silence is not said"},
        {"写 --unit、--duty 或 --stage", "add --unit, --duty or --stage"}});
  }
  auto timetables = timetables_of(plans);
  auto timetable = plan_of(*asked, timetables);
  if (!timetable) return std::unexpected(timetable.error());
  Fact fact{.kind = FactKind::silenced, .recorded_at = now, .by = by, .way = "socket"};
  fact.note = asked->at("why");
  if (auto done = fill_about(*asked, timetables, **timetable, fact); !done) {
    return std::unexpected(done.error());
  }
  if (auto done = fill_times(*asked, now, (*timetable)->zone(), fact); !done) {
    return std::unexpected(done.error());
  }
  return Facts{(*timetable)->plan().id, {std::move(fact)}};
}

}  // namespace duban::control
