#include "plan/lamp.h"

#include <fmt/format.h>

namespace duban::plan {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view with) {
  std::string all;
  for (const auto& part : parts) {
    if (!all.empty()) all += with;
    all += part;
  }
  return all;
}

// 1至30日, 31日以上, 3日以内.
std::string span_words(const NumberSpan& span, std::string_view unit) {
  if (span.from && span.to && *span.from == *span.to) return fmt::format("{}{}", *span.from, unit);
  if (span.from && span.to) return fmt::format("{}至{}{}", *span.from, *span.to, unit);
  if (span.from) return fmt::format("{}{}以上", *span.from, unit);
  return fmt::format("{}{}以内", span.to.value_or(0), unit);
}

// Any day at all: the bare word says it.
bool is_any(const NumberSpan& span, int least) { return !span.to && span.from == least; }

std::string_view reported_words(RowState state) {
  switch (state) {
    case RowState::unsaid: return "未填";
    case RowState::done: return "已完成";
    case RowState::on_track: return "按序时";
    case RowState::behind: return "滞后";
    case RowState::undated: return "未定节点";
  }
  return {};
}

std::string condition_words(const LampCondition& condition) {
  std::vector<std::string> parts;
  auto flag = [&](std::optional<bool> asked, const char* yes, const char* no) {
    if (asked) parts.emplace_back(*asked ? yes : no);
  };
  flag(condition.milestone, "有节点", "没有节点");
  flag(condition.done, "节点都完成", "节点没有都完成");
  if (condition.left) {
    parts.push_back(is_any(*condition.left, 0)
                        ? "节点未到期"
                        : "离节点" + span_words(*condition.left, "日"));
  }
  if (condition.behind) {
    parts.push_back(is_any(*condition.behind, 1) ? "过了节点"
                                                 : "滞后" + span_words(*condition.behind, "日"));
  }
  flag(condition.extended, "有批准的延期", "无批准延期");
  if (condition.moved) parts.push_back("改期" + span_words(*condition.moved, "次"));
  if (condition.reminders) {
    parts.push_back(is_any(*condition.reminders, 1)
                        ? "已书面提醒"
                        : "书面提醒" + span_words(*condition.reminders, "次"));
  }
  std::vector<std::string> reported;
  for (auto state : condition.reported) reported.emplace_back(reported_words(state));
  if (!reported.empty()) parts.push_back("填报“" + joined(reported, "”或“") + "”");
  if (condition.by_hand) parts.emplace_back("办公室手定");
  if (!condition.tasks.empty()) parts.push_back("限任务" + joined(condition.tasks, "、"));
  return joined(parts, "、");
}

LampCondition behind_from(int days) {
  LampCondition condition;
  condition.behind = NumberSpan{days, std::nullopt};
  return condition;
}

std::vector<LampCondition> long_behind() {
  auto condition = behind_from(31);
  condition.extended = false;
  condition.reminders = NumberSpan{1, std::nullopt};
  return {condition};
}

// By its date, or by what its reporter says; without a milestone nothing is behind.
std::vector<LampCondition> just_behind() {
  LampCondition said;
  said.milestone = true;
  said.reported = {RowState::behind};
  return {behind_from(1), said};
}

std::vector<LampCondition> on_schedule() {
  LampCondition done, ahead;
  done.done = true;
  ahead.left = NumberSpan{0, std::nullopt};
  ahead.reported = {RowState::unsaid, RowState::on_track, RowState::done};
  return {done, ahead};
}

std::vector<LampCondition> set_by_hand() {
  LampCondition condition;
  condition.by_hand = true;
  return {condition};
}

}  // namespace

std::vector<Lamp> usual_lamps() {
  std::vector<Lamp> lamps;
  auto add = [&](const char* word, Colour colour, std::vector<LampCondition> when) {
    lamps.push_back({.word = word, .colour = colour, .when = std::move(when), .place = {}});
  };
  add("等上级", Colour::grey, set_by_hand());
  add("滞后超过30日", Colour::red, long_behind());
  add("滞后", Colour::yellow, just_behind());
  add("按序时", Colour::green, on_schedule());
  lamps.push_back(last_lamp());
  return lamps;
}

Lamp last_lamp() { return {.word = "未定节点", .colour = Colour::grey, .when = {}, .place = {}}; }

std::string lamp_rule(const Lamp& lamp) {
  std::vector<std::string> ways;
  for (const auto& condition : lamp.when) ways.push_back(condition_words(condition));
  auto rule = ways.empty() ? std::string{"其余"} : joined(ways, ";或");
  return lamp.by_month ? rule + "(逐月重定)" : rule;
}

std::string_view to_word(Colour colour) {
  switch (colour) {
    case Colour::green: return "green";
    case Colour::blue: return "blue";
    case Colour::yellow: return "yellow";
    case Colour::orange: return "orange";
    case Colour::red: return "red";
    case Colour::grey: return "grey";
  }
  return {};
}

std::string_view colour_name(Colour colour) {
  switch (colour) {
    case Colour::green: return "绿";
    case Colour::blue: return "蓝";
    case Colour::yellow: return "黄";
    case Colour::orange: return "橙";
    case Colour::red: return "红";
    case Colour::grey: return "灰";
  }
  return {};
}

std::string format_span(const NumberSpan& span) {
  if (span.from && span.from == span.to) return fmt::format("{}", *span.from);
  return fmt::format("{}..{}", span.from ? fmt::format("{}", *span.from) : "",
                     span.to ? fmt::format("{}", *span.to) : "");
}

}  // namespace duban::plan
