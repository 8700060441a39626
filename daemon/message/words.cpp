#include "message/words.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "schedule/missing_calendar.h"

namespace duban::message {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"日", "一", "二", "三", "四", "五", "六"};

// Small numbers stand in every message: written without a format string's cost.
void append_number(std::string& out, unsigned number) {
  std::array<char, 12> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_day(std::string& out, Day day, int year) {
  YearMonthDay date{day};
  if (static_cast<int>(date.year()) != year) {
    append_number(out, static_cast<unsigned>(static_cast<int>(date.year())));
    out += "年";
  }
  append_number(out, static_cast<unsigned>(date.month()));
  out += "月";
  append_number(out, static_cast<unsigned>(date.day()));
  out += "日";
}

void append_hour(std::string& out, Seconds since_midnight) {
  auto minutes = static_cast<unsigned>(since_midnight.count() / 60);
  append_number(out, minutes / 60);
  out += minutes % 60 < 10 ? ":0" : ":";
  append_number(out, minutes % 60);
}

std::string within_year(std::string_view part) {
  if (part.starts_with('Q')) {
    constexpr std::array<std::string_view, 4> quarters{"一季度", "二季度", "三季度", "四季度"};
    auto number = number_in(part.substr(1));
    return number >= 1 && number <= 4 ? std::string{quarters.at(number - 1)} : std::string{part};
  }
  if (part == "H1") return "上半年";
  if (part == "H2") return "下半年";
  if (part.starts_with('W')) return fmt::format("第{}周", number_in(part.substr(1)));
  if (part.size() == 2) return fmt::format("{}月", number_in(part));
  return std::string{part};
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> addresses{{
    {"局", "贵局"}, {"委", "贵委"}, {"部", "贵部"}, {"办", "贵办"}, {"处", "贵处"},
    {"中心", "贵中心"}, {"集团", "贵集团"}, {"台", "贵台"}}};

}  // namespace

unsigned number_in(std::string_view digits) {
  unsigned number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

PeriodParts parts_of(std::string_view period) {
  return {.year = static_cast<int>(number_in(period.substr(0, 4))),
          .within = period.size() <= 5 ? std::string_view{} : period.substr(5)};
}

std::string day_words(Day day, int year) {
  std::string out;
  append_day(out, day, year);
  return out;
}

std::string weekday_words(Day day, int year) {
  std::string out;
  append_day(out, day, year);
  out += "(周";
  out += weekdays.at(std::chrono::weekday{day}.c_encoding());
  out += ')';
  return out;
}

std::string hour_words(Seconds since_midnight) {
  std::string out;
  append_hour(out, since_midnight);
  return out;
}

std::string moment_words(Civil at, int year) {
  auto out = day_words(day_of(at), year);
  append_hour(out, time_of(at));
  return out;
}

std::string period_words(std::string_view period, int year) {
  if (auto day = parse_day(period)) return day_words(*day, year);
  auto [named_year, within] = parts_of(period);
  auto prefix = named_year == year ? std::string{} : fmt::format("{}年", named_year);
  return within.empty() ? prefix : prefix + within_year(within);
}

std::string you_words(const plan::Unit& unit, std::string_view name) {
  if (unit.manner == "district" || unit.manner == "zone") return "贵区";
  for (const auto& [ending, address] : addresses) {
    if (name.ends_with(ending)) return std::string{address};
  }
  return "贵单位";
}

std::string verb_words(plan::Origin origin) {
  switch (origin) {
    case plan::Origin::duty: return "报";
    case plan::Origin::milestone: return "完成";
    case plan::Origin::action: return "办结";
  }
  return {};
}

std::string_view form_word(plan::Form form) {
  switch (form) {
    case plan::Form::dispatch: return "dispatch";
    case plan::Form::briefing: return "briefing";
    case plan::Form::register_: return "register";
  }
  return {};
}

bool is_peer(const plan::Unit& unit) {
  return unit.manner == "party" || unit.manner == "vertical" || unit.manner == "company";
}

std::string please_words(const plan::Unit& unit) { return is_peer(unit) ? "商请" : "请"; }

std::string stage_words(StageKind kind) {
  switch (kind) {
    case StageKind::remind: return "提醒";
    case StageKind::due: return "当日提示";
    case StageKind::overdue: return "催报";
    case StageKind::escalate: return "提请关注";
  }
  return {};
}

std::string reason_words(Reason reason) {
  switch (reason) {
    case Reason::no_contact: return "没有联络方式";
    case Reason::group_only: return "只有工作群,不便在群里说";
    case Reason::connect_failed: return "连接不上";
    case Reason::resolve_failed: return "域名解析不了";
    case Reason::tls_failed: return "加密连接失败";
    case Reason::timed_out: return "对方长时间没有应答";
    case Reason::reply_lost: return "发出后没有等到回执";
    case Reason::reply_strange: return "对方的应答看不懂,不知收到没有";
    case Reason::server_error: return "对方服务器出错";
    case Reason::rate_limited: return "对方限制发送次数";
    case Reason::refused: return "对方拒收";
    case Reason::endpoint_gone: return "地址已停用";
    case Reason::bad_address: return "地址有误";
    case Reason::bad_configuration: return "通道设置有误";
    case Reason::tries_exhausted: return "多次重试未成";
    case Reason::time_spent: return "限定的时间内没有送到";
    case Reason::sense_ended: return "到期前没有送达";
    default: return "没有送达";
  }
}

Met met_words(std::string_view code, std::string_view period, std::size_t count) {
  if (code == "bad-files") {
    return {"方案文件有错,改动没有生效,现仍按原来的文本运行", "dubanctl check"};
  }
  if (code == "plan-folder-gone") {
    return {"方案的文件夹不在了,现仍按原来的文本运行", "dubanctl status"};
  }
  if (code == "plan-not-running") {
    return {"有一个方案的文件有错,没有运行", "dubanctl status"};
  }
  if (code == "clock-step") {
    return {"本机时钟一次跳得太多,已停下不发,请先核对时间", "dubanctl clock accept"};
  }
  if (code == "audit-failed") {
    return {"自查发现台账同该通知的对不上,可能有单位没有收到通知,请先看是哪几件",
            "dubanctl status"};
  }
  if (code == "ledger-damaged") {
    return {"台账文件坏了,请尽快用最近一份好的备份恢复,以前的备份都别删",
            "dubanctl ledger restore 文件"};
  }
  if (code == "step-refused") {
    return {"有一件通知台账不收,没有发出,别的照常发,这是程序的错,请把日志交给维护的人",
            "dubanctl status"};
  }
  if (code == "return-unclear") {
    return {"发件邮箱收到一封格式认不得的系统退信,请打开邮箱看是哪个单位没有收到",
            "dubanctl notices"};
  }
  if (code == schedule::storm_code) {
    return {fmt::format("有{}条改期、取消或补发的消息要一次发出,已先压下,请看过再放行", count),
            "dubanctl release storm"};
  }
  if (code == schedule::calendar_code) {
    return {fmt::format("{}年的放假安排还没有录入工作日历,国务院办公厅公布后请导入", period),
            "dubanctl calendar import 文件"};
  }
  return {};
}

void append_joined(std::string& list, std::string_view entry) {
  if (!list.empty()) list += "、";
  list += entry;
}

}  // namespace duban::message
