// What Chinese says of a notice.

#include "control/chinese.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "control/state_words.h"
#include "schedule/missing_calendar.h"

namespace duban::control {
namespace {

std::string_view when_words(StageKind kind) {
  switch (kind) {
    case StageKind::remind: return "到了提醒的时候";
    case StageKind::due: return "到了截止那天";
    case StageKind::overdue: return "过了截止时间";
    case StageKind::escalate: return "逾期后要提请关注,先拟好等办公室点发";
  }
  return {};
}

std::string why_stage(StageKind kind, plan::Ends ends) {
  auto open = ends == plan::Ends::held ? "还没有登记召开" : "还没有登记收到";
  return fmt::format("{},{}", when_words(kind), open);
}

std::string ending_reason(Reason reason) {
  switch (reason) {
    case Reason::accepted: return "对方已收下";
    case Reason::answered: return "已经报来";
    case Reason::excused: return "已免报";
    case Reason::removed: return "事项已取消";
    case Reason::due_moved: return "截止时间已改";
    case Reason::contact_changed: return "联络员或地址已换";
    case Reason::newer_stage: return "有了更新的节点";
    case Reason::waits_for_release: return "已点发,重新拟好再发";
    case Reason::plan_over: return "方案已结束";
    case Reason::asked: return "已申请延期,等答复";
    case Reason::disputed: return "已提出不归本单位办,等答复";
    case Reason::reassigned: return "已改由别的单位办";
    case Reason::called: return "已打电话";
    case Reason::returned: return "退回";
    case Reason::declined: return "未同意";
    case Reason::sense_ended: return "过了它有用的时间";
    case Reason::resent: return "按要求补发";
    case Reason::late: return "补告";
    case Reason::on_time:
    case Reason::newly_known:
    case Reason::none: return {};
    case Reason::storm: return "一次太多,先停下来问办公室";
    default: return message::reason_words(reason);
  }
}

// A day, or an endpoint with what is wrong with it, or what duban itself met.
std::string subject_words(const engine::ItemPart& item) {
  if (item.subject_fails != Reason::none) {
    return item.subject + ":" + message::reason_words(item.subject_fails);
  }
  if (item.subject == schedule::storm_code) return "一次要发的消息太多,先压下等放行";
  if (item.subject == schedule::calendar_code) return "缺下一年的放假安排";
  auto met = message::met_words(item.subject, {}, 0).what;
  return met.empty() ? item.subject : met;
}

std::string in_brackets(const std::string& text) { return text.empty() ? text : "(" + text + ")"; }

}  // namespace

std::string Chinese::title(const engine::NoticePart& notice) const {
  return fmt::format("通知 {}:{}", notice.id, state_words(to_word(notice.state)));
}

std::string Chinese::why(const engine::ItemPart& item) const {
  switch (item.kind) {
    case ItemKind::start: return "第一次告知这件事和全年日历";
    case ItemKind::change: return "截止时间同上次告知的不一样了";
    case ItemKind::gone: return "告知过的事不用报了";
    case ItemKind::handover: return "联络员换了人,把还没办结的事告知新的一位";
    case ItemKind::correction: return "催过之后才登记到其实早已报来";
    case ItemKind::list: return "到了出日清单的时候,有事要办公室看";
    case ItemKind::trouble:
      if (item.subject == schedule::calendar_code) {
        return "到了11月1日,下一年的放假安排还没有录入工作日历";
      }
      return "有一处不好,要让办公室知道";
    case ItemKind::document: return "到了写初稿的时候,照登记的写好,送办公室改定";
    case ItemKind::answer: return "办公室退回了报来的,或没有同意单位提出的";
    case ItemKind::stage: break;
  }
  auto text = why_stage(item.stage ? item.stage->kind : StageKind::remind, item.ends);
  if (item.late) return text + ";这个时候 duban 没有在看,补告";
  if (item.reason == Reason::silenced) return text + ";静默期过了才告知";
  if (item.reason == Reason::newly_known) text += ";知道这件事时已过了这个时候,随即告知";
  return text;
}

std::string Chinese::item(const engine::ItemPart& item) const {
  auto what = item.stage ? fmt::format("{}({})", stage_words(item.stage->key), item.stage->key)
                         : kind_words(to_word(item.kind));
  auto text = fmt::format("{},{},{}", what, fmt::join(item.units, "、"), when(item.planned_at));
  if (item.told_at) text += fmt::format("的,{}告知", when(*item.told_at));
  if (item.audience == Audience::leader) text += ",给" + audience_words("leader");
  if (item.kind == ItemKind::change) {
    text += fmt::format(",原定{},现为{}", when_or(item.was_due, "待定"),
                        when_or(item.due, "待定"));
  }
  if (!item.subject.empty()) text += "," + subject_words(item);
  return item.again ? text + fmt::format(",第{}次", item.telling) : text;
}

std::string Chinese::waited(Reason reason, const engine::NoticePart& notice) const {
  auto why = reason == Reason::silenced ? "静默期" : "不在工作时间";
  return fmt::format("当时{},等到{}", why, when(notice.queued_at));
}

std::string Chinese::route(const engine::RoutePart& route) const {
  using enum engine::RoutePart::Choice;
  auto text = fmt::format("{},地址 {},通道 {}",
                          route.contacts.empty() ? "(方案里已没有这个联络员)"
                                                 : fmt::format("{}", fmt::join(route.contacts,
                                                                               "、")),
                          route.endpoint, route.channel);
  if (route.group) text += "(群)";
  switch (route.choice) {
    case first: return text + ";是写在最前面的通道";
    case past_groups:
      return text + fmt::format(";前面的 {} 是群,各家自己的事不进群",
                                fmt::join(route.groups_passed, "、"));
    case around: return text + ";绕开出故障的那个通道";
    case fallback: return text + ";前一个通道没有送到,改走这里";
    case unknown: break;
  }
  return text + ";现在的方案已不走这里";
}

std::string Chinese::together(const engine::NoticePart& notice) const {
  if (notice.items == 1) return "只有这一条";
  return fmt::format("共{}条,同一时刻发到同一个地址的合成一件", notice.items);
}

std::string Chinese::attempt(std::size_t number, const ledger::AttemptView& attempt) const {
  auto text = fmt::format("第{}次,{}:{}", number, when(attempt.at),
                          outcome_words(to_word(attempt.outcome)));
  if (attempt.outcome != AttemptOutcome::delivered) {
    text += "," + message::reason_words(attempt.reason);
  }
  return attempt.detail.empty() ? text : text + ";对方说:" + attempt.detail;
}

std::string Chinese::ending(const engine::NoticePart& notice) const {
  auto text = state_words(to_word(notice.state)) + in_brackets(ending_reason(notice.reason));
  if (notice.ended_at) return when(*notice.ended_at) + " " + text;
  if (notice.state == NoticeState::drafted) {
    return text + ";点发:dubanctl release " +
           (notice.reason == Reason::storm ? std::string{schedule::storm_code} : notice.id);
  }
  if (notice.expires_at) text += ";到" + when(*notice.expires_at) + "还没送达就不再发";
  return text;
}

std::string Chinese::other(const engine::OtherNotice& other) const {
  return fmt::format("{}:{}{}", other.id, state_words(to_word(other.state)),
                     in_brackets(ending_reason(other.reason)));
}

}  // namespace duban::control
