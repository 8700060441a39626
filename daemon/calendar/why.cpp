#include "calendar/why.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "base/limits.h"

namespace duban::calendar {
namespace {

std::string_view weekday_name(Day day) {
  static constexpr std::array<std::string_view, 7> names{"周日", "周一", "周二", "周三",
                                                         "周四", "周五", "周六"};
  return names[std::chrono::weekday{day}.c_encoding()];
}

std::string with_hour(const Step& step) {
  auto text = describe(step.to);
  if (step.time) text += " " + format_time_of_day(*step.time);
  return text;
}

std::string own_words(const Step& step) {
  using enum Step::Kind;
  auto moved = step.to.day < step.from.day ? "提前" : "顺延";
  switch (step.kind) {
    case by_rule: return fmt::format("{}按“{}”为{}", step.period, step.rule, with_hour(step));
    case counted:
      return fmt::format("“{}”自{}起,为{}", step.rule, describe(step.from), with_hour(step));
    case extended:
      return fmt::format("期间有公休假日{}天,{}到{}", step.count, moved, describe(step.to));
    case off_day:
      return fmt::format("{}不上班,{}到{}", describe(step.from), moved, describe(step.to));
    case unpublished: return "所及年份的放假安排尚未公布,暂定";
    case excused: return "本期免报:" + step.excuse;
    case never: return "有事即报,不设时限";
    case undecided: return "时限待定,由办公室确定";
    case waiting: return "所依据的事项尚未召开或尚未定时,时限随后确定";
  }
  return {};
}

Gap gap_of(Day day, const Workdays& workdays) {
  auto name = workdays.holiday_name(day);
  auto cause = workdays.is_made_up(day) ? Gap::Cause::made_up
               : name.empty()           ? Gap::Cause::weekend
                                        : Gap::Cause::holiday;
  return {day, day, cause, std::string{name}};
}

void pass_over(std::vector<Gap>& skipped, Gap gap) {
  bool goes_on = !skipped.empty() && skipped.back().cause == gap.cause &&
                 skipped.back().holiday == gap.holiday;
  if (!goes_on) return skipped.push_back(std::move(gap));
  auto& last = skipped.back();
  last.first = std::min(last.first, gap.first);
  last.last = std::max(last.last, gap.last);
}

}  // namespace

NamedDay named(Day day, const Workdays& workdays) {
  return {day, std::string{workdays.holiday_name(day)}, workdays.is_made_up(day)};
}

std::vector<Stride> walk(Day from, int count, const Workdays& workdays) {
  std::vector<Stride> strides;
  if (std::abs(count) > limits::walked_days) return strides;
  int sign = count < 0 ? -1 : 1;
  std::vector<Gap> skipped;
  for (auto day = from; static_cast<int>(strides.size()) < std::abs(count);) {
    day += std::chrono::days{sign};
    if (!workdays.is_working(day)) {
      pass_over(skipped, gap_of(day, workdays));
      continue;
    }
    auto number = sign * (static_cast<int>(strides.size()) + 1);
    strides.push_back({number, named(day, workdays), std::exchange(skipped, {})});
  }
  return strides;
}

std::string describe(const NamedDay& day) {
  auto text = fmt::format("{}({}", format_day(day.day), weekday_name(day.day));
  if (!day.holiday.empty()) text += fmt::format(",{}放假", day.holiday);
  if (day.made_up) text += ",调休上班";
  return text + ")";
}

std::string describe(const Step& step) {
  std::string text;
  if (step.softer) text += "希望时间:";
  for (const auto& name : step.of) text += name + ":";
  return text + own_words(step);
}

}  // namespace duban::calendar
