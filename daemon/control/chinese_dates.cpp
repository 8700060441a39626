// What Chinese says of dates, facts and texts.

#include "control/chinese.h"

#include <fmt/format.h>

namespace duban::control {
namespace {

std::string basis_words(plan::Basis basis) {
  switch (basis) {
    case plan::Basis::source: return "日子是文件规定的";
    case plan::Basis::office: return "日子是我办定的";
    case plan::Basis::unit: return "日子是单位自己方案里的";
  }
  return {};
}

}  // namespace

std::string Chinese::when(Instant at) const {
  auto civil = page().zone->to_civil(at);
  auto text = day(day_of(civil));
  return time_of(civil) == end_of_day ? text : text + message::hour_words(time_of(civil));
}

std::string Chinese::label(Label label) const {
  switch (label) {
    case Label::why: return "为何";
    case Label::duty: return "事项";
    case Label::due: return "截止";
    case Label::what: return "告知";
    case Label::cause: return "起因";
    case Label::waited: return "等候";
    case Label::route: return "发给";
    case Label::together: return "同件";
    case Label::tries: return "投递";
    case Label::ending: return "结局";
    case Label::before: return "接替";
    case Label::after: return "后来";
    case Label::text: return "文本";
    case Label::stages: return "各节点";
    case Label::pending: return "还没告知的";
    case Label::told: return "另外告知过的";
    case Label::others: return "其他各期";
  }
  return {};
}

std::string Chinese::duty(const engine::DutyPart& duty) const {
  if (duty.clause.empty()) return fmt::format("{}({})", duty.name, duty.id);
  return fmt::format("{}({}),依据{},{}", duty.name, duty.id, duty.clause,
                     basis_words(duty.basis));
}

std::string Chinese::due(const engine::PeriodPart& period) const {
  auto name = period.slice.empty() ? period.period : period.period + " 条款" + period.slice;
  if (!period.due) {
    if (period.steps.empty()) return {};
    auto text = name + ":没有截止时间";
    return period.decide_by ? text + ",请在" + day(*period.decide_by) + "前定下来" : text;
  }
  auto text = name + ":" + when(*period.due);
  if (period.provisional) text += "(暂定)";
  return period.ask_by ? text + ",希望" + when(*period.ask_by) + "前" : text;
}

std::string Chinese::counted(const calendar::StageCount& count) const {
  using enum calendar::StageCount::Base;
  auto base = count.base == due     ? std::string{"截止日"}
              : count.base == asked ? std::string{"希望的日子"}
                                    : std::string{"看到过期的那天"};
  base += day(day_of(count.from));
  if (day_of(count.at) == day_of(count.from)) return base + "当天";
  if (count.walked.empty()) return fmt::format("自{}起,到{}", base, day(day_of(count.at)));
  return fmt::format("自{}起:{}", base, walked(count.walked));
}

std::string Chinese::moved(const engine::StagePart& stage) const {
  auto to = when(*stage.moved_to);
  switch (stage.moved_because) {
    case Reason::waits_for_check: return "等收件已核,改到" + to;
    case Reason::waits_for_hours: return "不在工作时间,改到" + to;
    case Reason::silenced: return "静默,改到" + to;
    default: return "改到" + to;
  }
}

std::string Chinese::happened(const schedule::Fact& fact) const {
  auto at = when(fact.at);
  auto until = when_or(fact.time, "");
  switch (fact.kind) {
    case FactKind::received: return at + "报来";
    case FactKind::checked: return at + "收件已核";
    case FactKind::held: return fmt::format("{}{}召开", duty_name(fact.about.duty), at);
    case FactKind::extended: return at + "准予延期到" + until;
    case FactKind::excused: return fmt::format("{}准予免报({})", at, fact.note);
    case FactKind::released: return at + "点发";
    case FactKind::deferred: return at + "缓发到" + until;
    case FactKind::voided: return fmt::format("{}作废第{}号登记", at, fact.refers);
    case FactKind::called: return at + "电话联系" + (fact.note.empty() ? "" : ":" + fact.note);
    case FactKind::submitted:
      return fact.rows.empty() ? at + "报来" : fmt::format("{}报来{}行", at, fact.rows.size());
    case FactKind::accepted: return at + "已采用";
    case FactKind::returned: return fmt::format("{}退回({}),{}前补", at, fact.note, until);
    case FactKind::asked: {
      auto wanted = until.empty() ? std::string{} : "到" + until;
      return fmt::format("{}申请延期{}({})", at, wanted, fact.note);
    }
    case FactKind::declined: return fmt::format("{}未同意({})", at, fact.note);
    case FactKind::not_ours: return fmt::format("{}提出不归本单位办({})", at, fact.note);
    case FactKind::reassigned: return fmt::format("{}改由 {} 办", at, fact.subject);
    case FactKind::issued: return fmt::format("{}印发第{}期", at, fact.note);
    case FactKind::in_force: {
      auto what = !fact.about.duty.empty() ? "这个事项" : !fact.about.unit.empty() ? "这个单位"
                                                                                   : "这个方案";
      return fmt::format("{}自{}起由 duban 管", what, at);
    }
    case FactKind::outage: return fmt::format("{}到{} duban 没有在看", until, at);
    case FactKind::plan_text:
      return fmt::format("文本 {} {}起生效", short_digest(fact.subject), at);
    case FactKind::silenced: return fmt::format("{}起静默到{}({})", at, until, fact.note);
    case FactKind::trouble: return fmt::format("{} duban 遇到 {}", at, fact.subject);
    default: return fmt::format("{} {}", at, to_word(fact.kind));
  }
}

std::string Chinese::brief(const schedule::Fact& fact) const {
  return fmt::format("{}(第{}号)", happened(fact), fact.seq);
}

std::string Chinese::entered(const schedule::Fact& fact) const {
  auto when_entered = fact.recorded_at == fact.at ? std::string{} : when(fact.recorded_at);
  return fmt::format("(第{}号,{}由 {} 登记)", fact.seq, when_entered, fact.by);
}

std::string Chinese::fact(const schedule::Fact& fact) const {
  return happened(fact) + entered(fact);
}

std::string Chinese::text(const engine::TextInForce& text) const {
  auto words = short_digest(text.digest);
  if (text.since) words += fmt::format(",{}起生效{}", when(text.since->at), entered(*text.since));
  return text.missing ? words + ";当时的文本没有留下,所引是现在的文本" : words;
}

std::unique_ptr<Language> chinese(const engine::Page& page) {
  return std::make_unique<Chinese>(page);
}

}  // namespace duban::control
