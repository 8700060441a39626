// What Chinese says of an assignment.

#include "control/chinese.h"

#include <fmt/format.h>

#include "control/state_words.h"

namespace duban::control {
namespace {

using schedule::Standing;

std::string standing_words(Standing standing) {
  switch (standing) {
    case Standing::open: return "未报";
    case Standing::answered: return "已报";
    case Standing::excused: return "免报";
    case Standing::unchased: return "有事即报,不催";
    case Standing::before_the_beginning: return "开始管以前已到期,不催";
    case Standing::dated_too_late: return "改后的日子得知时已过,等另定";
    case Standing::reassigned: return "已改由别的单位办";
  }
  return {};
}

}  // namespace

std::string Chinese::standing(const engine::AssignmentPart& part) const {
  if (part.removed) {
    return part.removed_by ? "方案里已没有,自" + fact(*part.removed_by) : "方案里已没有";
  }
  auto text = standing_words(part.standing);
  if (part.settled_by) return text + "," + fact(*part.settled_by) + acceptance(part);
  return part.excuse.empty() ? text : text + ":" + part.excuse;
}

std::string Chinese::acceptance(const engine::AssignmentPart& part) const {
  if (part.accepted_by) return ";" + fact(*part.accepted_by);
  if (part.accepted_at) return ";到" + when(*part.accepted_at) + "截稿没有退回,视同采用";
  if (!part.accepted_from) return {};
  return ";到" + when(*part.accepted_from) + "截稿还没有退回的,视同采用";
}

std::string Chinese::title(const engine::Page& page) const {
  const auto& part = *page.assignment;
  const auto& duty = page.duties.front();
  return fmt::format("{} {} {}:{}\n现在是{}", part.unit_name, duty.name,
                     duty.periods.front().period, standing(part), when(page.now));
}

std::string Chinese::why_not(const engine::StageRow& row) const {
  auto known = row.fact ? "," + brief(*row.fact) : std::string{};
  switch (row.reason) {
    case Reason::not_yet: return row.until ? "还没到" : "还没有定时间";
    case Reason::answered: return "没有发:已报" + known;
    case Reason::excused: return "没有发:免报" + known;
    case Reason::silenced: return "静默到" + when_or(row.until, "以后");
    case Reason::no_contact: return "没有发:没有联络方式,列在人工送达";
    case Reason::group_only: return "没有发:只有群,这样的事不进群,列在人工送达";
    case Reason::waits_for_hours: return "不在工作时间,等到" + when_or(row.until, "工作时间");
    case Reason::waits_for_check: return "没有发:等收件已核(dubanctl checked)";
    case Reason::waits_for_release:
      return row.until ? "草稿缓发到" + when(*row.until) : "草稿等点发(dubanctl release)";
    case Reason::storm: return "草稿:一次太多,停下来问办公室(dubanctl release storm)";
    case Reason::newer_stage: return "没有发:更新的节点“" + row.newer + "”取代了它";
    case Reason::sense_ended: return "没有发:到期前没有告知,过了截止时间就不再提醒";
    case Reason::due_moved:
      return row.dated_too_late ? "没有发:知道这个日子时它已经过了,等办公室另定"
                                : "没有发:改期时已说明新的时限";
    case Reason::before_the_beginning: return "没有发:开始管以前已到期" + known;
    case Reason::plan_over: return "没有发:方案已结束";
    case Reason::removed: return "没有发:事项已取消";
    case Reason::asked: return "没有发:已申请延期,等答复" + known;
    case Reason::disputed: return "没有发:已提出不归本单位办,等答复" + known;
    case Reason::reassigned: return "没有发:已改由别的单位办" + known;
    default: return "就要发";
  }
}

std::string Chinese::stage(const engine::StageRow& row) const {
  auto text = fmt::format("{}({}),{}", stage_words(row.stage.key), row.stage.key,
                          audience_words(to_word(row.audience)));
  if (!row.slice.empty()) text += ",条款" + row.slice;
  if (row.at) text += "," + when(*row.at);
  if (row.notice.empty()) return text + ":" + why_not(row);
  text += fmt::format(":{} {}", state_words(to_word(row.state)), row.notice);
  return row.reason == Reason::none ? text : text + "," + why_not(row);
}

std::string Chinese::pending(const engine::PendingRow& row) const {
  engine::StageRow same{.audience = row.audience, .stage = {}, .reason = row.reason,
                        .until = row.until};
  return audience_words(to_word(row.audience)) + ":" + why_not(same);
}

std::string Chinese::told(const engine::ToldRow& row) const {
  auto what = row.stage.empty() ? kind_words(to_word(row.kind)) : stage_words(row.stage);
  auto text = fmt::format("{},{},{}", what, audience_words(to_word(row.audience)), when(row.at));
  if (row.kind == ItemKind::change) {
    text += fmt::format(",原定{},现为{}", when_or(row.was_due, "待定"), when_or(row.due, "待定"));
  } else {
    text += ",截止" + when_or(row.due, "待定");
  }
  text += fmt::format(":{} {}", state_words(to_word(row.state)), row.notice);
  return row.withdrawn ? text + ",已收回" : text;
}

std::string Chinese::period(const engine::OtherPeriod& period) const {
  return fmt::format("{}:{},{}", period.id, when_or(period.due, "待定"),
                     standing_words(period.standing));
}

}  // namespace duban::control
