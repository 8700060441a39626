#include "engine/finding.h"

#include <fmt/format.h>

#include "base/limits.h"

namespace duban::engine {
namespace {

std::string_view words_of(FindingKind kind) {
  using enum FindingKind;
  switch (kind) {
    case rows_differ: return "内存里的记录同台账不一样";
    case untold: return "该通知,程序却没有想到";
    case plainly_untold: return "该通知而没有通知";
    case overslept: return "该通知的时候没有醒来,自查时才补上";
    case unasked: return "不该通知,程序却要通知";
    case goes_on: return "事由已经没有,消息却还要发";
    case taken_back: return "事由还在,消息却要撤";
    case wake_differs: return "下一次该什么时候看,算得不对";
    case not_in_outbox: return "没有办结,却不在待发里";
    case never_due: return "在待发里,却没有时间";
    case far_away: return "在待发里,时间却远得不会发";
    case lease_stays: return "一直占着,没有人发";
    case ended_in_outbox: return "已经办结或台账里没有,却还在待发里";
    case draft_is_due: return "还没有点发,却有了发送时间";
    case tries_differ: return "试过几次,记的对不上";
    case doubled: return "一件事在两条消息里";
    case cursor_ahead: return "看到的时间远在将来";
  }
  return "";
}

std::string_view words_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::change: return "改期";
    case ItemKind::gone: return "不用报了";
    case ItemKind::correction: return "更正";
    case ItemKind::start: return "启动信";
    case ItemKind::handover: return "交接";
    case ItemKind::list: return "办公室日清单";
    case ItemKind::trouble: return "出错提示";
    default: return "";
  }
}

void append(std::string& text, std::string_view word) {
  if (!text.empty() && !word.empty()) text += ' ';
  text += word;
}

std::string words_of(const schedule::ItemKey& item, const plan::Plan& plan) {
  std::string text;
  if (!item.about.unit.empty()) text = plan.name_of(item.about.unit);
  if (item.audience == Audience::leader) text += "分管负责同志";
  const auto* duty = plan.find_duty(item.about.duty);
  append(text, duty == nullptr ? item.about.duty : duty->name);
  append(text, item.about.period);
  append(text, item.about.slice);
  append(text, item.stage.empty() ? words_of(item.kind) : item.stage);
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

std::string words_of(const Finding& finding, const plan::Plan& plan) {
  std::string text;
  if (finding.item != schedule::ItemKey{}) text = words_of(finding.item, plan);
  append(text, finding.notice);
  return fmt::format("{}{}{}", words_of(finding.kind), text.empty() ? "" : ":", text);
}

std::string words_of(const std::vector<Finding>& findings, const plan::Plan& plan) {
  std::string text;
  for (std::size_t i = 0; i < findings.size() && i < limits::audit_named; ++i) {
    if (i > 0) text += ";";
    text += words_of(findings[i], plan);
  }
  bool more = findings.size() > limits::audit_named;
  return more ? fmt::format("{}等{}处", text, findings.size()) : text;
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
