#include "engine/finding.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace duban::engine {
namespace {

BilingualView words_of(FindingKind kind) {
  using enum FindingKind;
  switch (kind) {
    case rows_differ:
      return {"内存里的记录同台账不一样", "the records in memory differ from the ledger"};
    case untold: return {"该通知,程序却没有想到", "it must be told, and duban does not think so"};
    case plainly_untold: return {"该通知而没有通知", "it must be told, and was not"};
    case overslept:
      return {"该通知的时候没有醒来,自查时才补上",
              "nobody woke when it was to be told; only the audit made up for it"};
    case unasked: return {"不该通知,程序却要通知", "duban would tell what is not to be told"};
    case goes_on:
      return {"事由已经没有,消息却还要发", "the cause has gone, but the notice goes on"};
    case taken_back:
      return {"事由还在,消息却要撤", "the cause stands, but the notice would be withdrawn"};
    case wake_differs:
      return {"下一次该什么时候看,算得不对", "the next time to look is worked out wrongly"};
    case not_in_outbox:
      return {"没有办结,却不在待发里", "it has not ended, but is not in the outbox"};
    case never_due: return {"在待发里,却没有时间", "it is in the outbox, but at no time"};
    case far_away:
      return {"在待发里,时间却远得不会发", "it is in the outbox, but too far away to be sent"};
    case lease_stays: return {"一直占着,没有人发", "it stays claimed, and nobody sends it"};
    case ended_in_outbox:
      return {"已经办结或台账里没有,却还在待发里",
              "it has ended or is not in the ledger, but is still in the outbox"};
    case draft_is_due:
      return {"还没有点发,却有了发送时间", "it was not released, but has a time to be sent"};
    case tries_differ: return {"试过几次,记的对不上", "the count of its attempts does not agree"};
    case doubled: return {"一件事在两条消息里", "one item is in two notices"};
    case cursor_ahead:
      return {"看到的时间远在将来", "it was looked at until a time far in the future"};
  }
  return {};
}

BilingualView words_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::change: return {"改期", "new date"};
    case ItemKind::gone: return {"不用报了", "no longer owed"};
    case ItemKind::correction: return {"更正", "correction"};
    case ItemKind::start: return {"启动信", "first letter"};
    case ItemKind::handover: return {"交接", "handover"};
    case ItemKind::list: return {"办公室日清单", "list of the office"};
    case ItemKind::trouble: return {"出错提示", "trouble"};
    default: return {};
  }
}

void append(Bilingual& text, const Bilingual& word) {
  if (word.empty()) return;
  text = text.empty() ? word : both("{} {}", "{} {}", text, word);
}

Bilingual words_of(const schedule::ItemKey& item, const plan::Plan& plan) {
  Bilingual text;
  if (!item.about.unit.empty()) text = alike(plan.name_of(item.about.unit));
  if (item.audience == Audience::leader) text = both("{}分管负责同志", "leader of {}", text);
  const auto* duty = plan.find_duty(item.about.duty);
  append(text, alike(duty == nullptr ? item.about.duty : duty->name));
  append(text, alike(item.about.period));
  append(text, alike(item.about.slice));
  append(text, item.stage.empty() ? Bilingual{words_of(item.kind)} : alike(item.stage));
  return text;
}

}  // namespace

std::string_view to_word(FindingKind kind) {
  using enum FindingKind;
  switch (kind) {
    case rows_differ: return "rows-differ";
    case untold: return "untold";
    case plainly_untold: return "plainly-untold";
    case overslept: return "overslept";
    case unasked: return "unasked";
    case goes_on: return "goes-on";
    case taken_back: return "taken-back";
    case wake_differs: return "wake-differs";
    case not_in_outbox: return "not-in-outbox";
    case never_due: return "never-due";
    case far_away: return "far-away";
    case lease_stays: return "lease-stays";
    case ended_in_outbox: return "ended-in-outbox";
    case draft_is_due: return "draft-is-due";
    case tries_differ: return "tries-differ";
    case doubled: return "doubled";
    case cursor_ahead: return "cursor-ahead";
  }
  return "";
}

Bilingual words_of(const Finding& finding, const plan::Plan& plan) {
  Bilingual text;
  if (finding.item != schedule::ItemKey{}) text = words_of(finding.item, plan);
  append(text, alike(finding.notice));
  Bilingual kind{words_of(finding.kind)};
  return text.empty() ? kind : both("{}:{}", "{}: {}", kind, text);
}

Bilingual words_of(const std::vector<Finding>& findings, const plan::Plan& plan) {
  Bilingual text;
  for (std::size_t i = 0; i < findings.size() && i < limits::audit_named; ++i) {
    auto words = words_of(findings[i], plan);
    text = i == 0 ? words : both("{};{}", "{}; {}", text, words);
  }
  bool more = findings.size() > limits::audit_named;
  return more ? both("{}等{}处", "{}; {} in all", text, findings.size()) : text;
}

std::string log_lines(const std::vector<Finding>& findings) {
  std::string lines;
  for (const auto& [kind, item, notice] : findings) {
    const auto& about = item.about;
    auto line = fmt::format("\n  {} {} {} {} {} {} {}", to_word(kind), about.duty, about.period,
                            about.unit, about.slice, item.stage, notice);
    if (lines.size() + line.size() > limits::audit_log_bytes) return lines + "\n  …";
    lines += line;
  }
  return lines;
}

}  // namespace duban::engine
