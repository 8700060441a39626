// Which rules are refused although each part reads well: those that say no day by themselves, and
// those that libical 3.0.16 gets wrong, or looks for through centuries (a second of work) because
// no day can meet them. Each has its rows in tests/plan/rrule_test.cpp; what is let through is held
// against another expansion in tests/calendar/rrule_property_test.cpp.

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include "plan/due_grammar.h"

namespace duban::plan {
namespace {

using Freq = RRule::Freq;
using Wrong = std::optional<GrammarError>;

// Each weekday comes so often in any month.
constexpr int weeks_in_any_month = 4;

Wrong refuse(std::string why, std::string mend) {
  return GrammarError{"rrule-refused", std::move(why), std::move(mend)};
}

bool has_ordinals(const RRule& rule) {
  return std::ranges::any_of(rule.by_day, [](const auto& one) { return one.nth != 0; });
}

// RFC 5545 takes the day from the first occurrence then, which nobody has written: a plan's dates
// are never invented.
Wrong check_says_a_day(const RRule& rule) {
  bool by_day = !rule.by_day.empty();
  bool by_month_day = !rule.by_month_day.empty();
  switch (rule.freq) {
    case Freq::daily: return std::nullopt;
    case Freq::weekly:
      if (by_day) return std::nullopt;
      return refuse("没有写是周几", "加 BYDAY,如 FREQ=WEEKLY;BYDAY=TU");
    case Freq::monthly:
      if (by_day || by_month_day) return std::nullopt;
      return refuse("没有写是哪一天", "加 BYMONTHDAY=10 或 BYDAY=1MO");
    case Freq::yearly:
      if (by_day || by_month_day || !rule.by_year_day.empty()) return std::nullopt;
      return refuse("没有写是哪一天", "加 BYMONTH=6;BYMONTHDAY=10");
  }
  return std::nullopt;
}

Wrong check_interval(const RRule& rule) {
  if (rule.interval == 1) return std::nullopt;
  unsigned most = 1;
  if (rule.freq == Freq::daily) most = 182;
  if (rule.freq == Freq::weekly) most = 26;
  if (rule.freq == Freq::monthly) most = 6;
  if (rule.interval > most) {
    return refuse(fmt::format("INTERVAL={} 隔了半年以上,一年里排不出两次", rule.interval),
                  "一年一次的写 every = \"once\",due 写日子");
  }
  bool filtered = !rule.by_day.empty() || !rule.by_month_day.empty();
  if (rule.freq == Freq::daily && filtered) {
    return refuse("隔几天一次,又只取某几天,凑在一起说不清是哪天",
                  "按周的写 FREQ=WEEKLY,按月的写 FREQ=MONTHLY");
  }
  if (rule.freq == Freq::monthly && !rule.by_month.empty()) {
    return refuse("INTERVAL 和 BYMONTH 同时写,可能永远凑不到一起",
                  "去掉 INTERVAL,用 BYMONTH 列出月份");
  }
  return std::nullopt;
}

Wrong check_month_days(const RRule& rule) {
  if (rule.by_month_day.empty()) return std::nullopt;
  if (rule.freq == Freq::weekly) return refuse("按周重复的不能写 BYMONTHDAY", "写 BYDAY=TU 这样");
  if (rule.freq == Freq::yearly && rule.by_month.empty()) {
    return refuse("FREQ=YEARLY 写了 BYMONTHDAY 却没有 BYMONTH,libical 3.0.16 会漏掉月份",
                  "加 BYMONTH;每月都有的写 FREQ=MONTHLY");
  }
  bool backward = std::ranges::any_of(rule.by_month_day, [](int day) { return day < 0; });
  if (rule.freq == Freq::daily && backward) {
    return refuse("FREQ=DAILY 里从月末倒数的 BYMONTHDAY,libical 3.0.16 会漏掉日子",
                  "写 FREQ=MONTHLY;BYMONTHDAY=-1 这样");
  }
  return std::nullopt;
}

// A day that none of the months has.
Wrong check_days_exist(const RRule& rule) {
  if (rule.by_month.empty() || rule.by_month_day.empty()) return std::nullopt;
  for (int day : rule.by_month_day) {
    for (int month : rule.by_month) {
      constexpr int leap_year = 2024;
      if (std::abs(day) <= static_cast<int>(days_in_month(leap_year, static_cast<unsigned>(month))))
        return std::nullopt;
    }
  }
  return GrammarError{"impossible-date",
                      fmt::format("{}月没有{}日", rule.by_month.front(),
                                  std::abs(rule.by_month_day.front())),
                      "月末写 BYMONTHDAY=-1"};
}

Wrong check_year_days(const RRule& rule) {
  if (rule.by_year_day.empty()) return std::nullopt;
  bool alone = rule.by_month.empty() && rule.by_month_day.empty() && rule.by_day.empty() &&
               rule.by_set_pos.empty();
  if (rule.freq == Freq::yearly && alone) return std::nullopt;
  return refuse("BYYEARDAY 只能单独用在 FREQ=YEARLY 里,和别的写在一起 libical 3.0.16 会算错",
                "写 BYMONTH 和 BYMONTHDAY");
}

Wrong check_ordinals(const RRule& rule) {
  if (!has_ordinals(rule)) return std::nullopt;
  if (rule.freq == Freq::daily || rule.freq == Freq::weekly) {
    return refuse("“第几个周几”只能用在按月、按年重复里", "写 FREQ=MONTHLY;BYDAY=1MO 这样");
  }
  if (!rule.by_month_day.empty() || !rule.by_set_pos.empty()) {
    return refuse("“第几个周几”又限定日子或位置,可能永远凑不到一起",
                  "只留 BYDAY");
  }
  bool of_month = rule.freq == Freq::monthly || !rule.by_month.empty();
  for (const auto& one : rule.by_day) {
    if (one.nth == 0) return refuse("BYDAY 里有的写了第几个,有的没写", "都写,或都不写");
    if (of_month && std::abs(one.nth) > weeks_in_any_month + 1) {
      return refuse(fmt::format("一个月里没有第{}个周几", std::abs(one.nth)),
                    "写 1 至 5、-1 至 -5");
    }
  }
  return std::nullopt;
}

Wrong check_positions(const RRule& rule) {
  if (rule.by_set_pos.empty()) return std::nullopt;
  if (rule.freq == Freq::daily || rule.freq == Freq::weekly) {
    return refuse("按天、按周重复里的 BYSETPOS,libical 3.0.16 不理会", "去掉 BYSETPOS");
  }
  if (rule.by_day.empty() || !rule.by_month_day.empty()) {
    return refuse("BYSETPOS 只能和 BYDAY 一起用", "月末写 BYMONTHDAY=-1");
  }
  auto months = rule.freq == Freq::monthly ? 1U
                : rule.by_month.empty()    ? 12U
                                           : static_cast<unsigned>(rule.by_month.size());
  auto sure = weeks_in_any_month * static_cast<int>(rule.by_day.size() * months);
  for (int position : rule.by_set_pos) {
    if (std::abs(position) <= sure) continue;
    return refuse(fmt::format("BYSETPOS={} 不是每次都排得到", position),
                  fmt::format("这里最多写到 {}", sure));
  }
  return std::nullopt;
}

}  // namespace

std::optional<GrammarError> problem_with(const RRule& rule) {
  for (auto check : {check_says_a_day, check_interval, check_month_days, check_days_exist,
                     check_year_days, check_ordinals, check_positions}) {
    if (auto wrong = check(rule)) return wrong;
  }
  return std::nullopt;
}

}  // namespace duban::plan
