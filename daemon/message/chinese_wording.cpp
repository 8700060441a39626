#include <fmt/format.h>

#include "message/wording.h"

namespace duban::message {
namespace {

const Phrases phrases{
    .comma = "、",
    .bracketed = "({})",
    .quoted = "“{}”",
    .no_date = "待定",
    .provisional = "(暂定)",
    .today = "今日",
    .by = "{}前",
    .today_at = "今日{}",
    .same_day = "当天{}",
    .between = "{}至{}",
    .is_past = "已到期",
    .is_today = "就在今日",
    .working_days_left = "还有{}个工作日",
    .days_left = "还有{}天",
    .undated = "待定,定后另告",
    .undated_within = "待定({}),定后另告",
    .also_undated = ";另{}期",
    .periods = "({}期)",
    .all_at = "{},均{}前",
    .please = "请",
    .you = "贵单位",
    .our_office = "我办",
    .lead_units = "牵头单位",
    .all_units = "各单位",
    .person_of = "{}{}",
    .leader_of = "{}分管负责同志",
    .and_others = "{0}等{1}家",
    .leads = "{}(牵头)",
    .milestone = "节点“{}”",
    .action = "交办“{}”",
    .of_clause = "{}{}",
    .alike = "等{}件",
    .others = "(另有{}件)",
    .reassigned = "已改由别的单位办",
    .removed = "方案已调整",
    .missing = "未报{}",
    .by_hand = "人工送达{}",
    .decisions = "请定{}件",
    .told = "已告{}次",
    .between_counts = "|",
    .between_tries = ";",
    .not_delivered = "{}的未送达:{}",
    .called = "{}电话:{}",
    .silenced = "{}的{}",
    .between_words = "",
    .tally = "应报{}:{}",
    .outcome = "{}{}",
    .outcomes = {"按时", "迟报", "延期", "免报", "未报"},
    .unit_word = "单位",
    .reason_word = "原因",
    .date_word = "月-日",
    .hour_word = "时:分",
    .folder_word = "目录",
    .file_word = "文件",
    .number_word = "期号",
};

class Chinese final : public Wording {
 public:
  Chinese() : Wording(phrases) {}

  std::string day(Day day, int year) const override { return day_words(day, year); }
  std::string weekday(Day day, int year) const override { return weekday_words(day, year); }
  std::string day_in_month(Day day, int /*year*/) const override {
    return fmt::format("{}日", day_of_month(day));
  }
  std::string within_month(Day day) const override {
    return fmt::format("{}月内", month_of(day));
  }
  std::string with_period(std::string_view period, int year,
                          const std::string& name) const override {
    return period_words(period, year) + name;
  }
  std::string you(const plan::Unit& unit, std::string_view name) const override {
    return you_words(unit, name);
  }
  std::string please(const plan::Unit& unit) const override { return please_words(unit); }
  std::string verb(plan::Origin origin) const override { return verb_words(origin); }
  std::string stage(StageKind kind) const override { return stage_words(kind); }
  std::string reason(Reason reason) const override { return reason_words(reason); }
  Met met(std::string_view code, std::string_view period, std::size_t count) const override {
    return met_words(code, period, count);
  }

 protected:
  std::string_view before_hour() const override { return {}; }
};

}  // namespace

const Wording& chinese_wording() {
  static const Chinese wording;
  return wording;
}

}  // namespace duban::message
