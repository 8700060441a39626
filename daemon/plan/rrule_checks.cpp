// Which rules are refused although each part reads well: those that say no day by themselves, and
// those that libical 3.0.16 gets wrong, or looks for through centuries (a second of work) because
// no day can meet them. Each has its rows in tests/plan/rrule_test.cpp; what is let through is held
// against another expansion in tests/calendar/rrule_property_test.cpp.

#include <algorithm>
#include <cstdlib>

#include "base/english_names.h"
#include "plan/due_grammar.h"

namespace duban::plan {
namespace {

using Freq = RRule::Freq;
using Wrong = std::optional<GrammarError>;

// Each weekday comes so often in any month.
constexpr int weeks_in_any_month = 4;

constexpr BilingualView no_day{"没有写是哪一天", "it does not say which day"};
constexpr BilingualView end_of_month{"月末写 BYMONTHDAY=-1",
                                     "for the end of the month write BYMONTHDAY=-1"};

Wrong refuse(Bilingual why, Bilingual mend) {
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
      return refuse({"没有写是周几", "it does not say which day of the week"},
                    {"加 BYDAY,如 FREQ=WEEKLY;BYDAY=TU",
                     "add BYDAY, such as FREQ=WEEKLY;BYDAY=TU"});
    case Freq::monthly:
      if (by_day || by_month_day) return std::nullopt;
      return refuse(no_day, {"加 BYMONTHDAY=10 或 BYDAY=1MO", "add BYMONTHDAY=10 or BYDAY=1MO"});
    case Freq::yearly:
      if (by_day || by_month_day || !rule.by_year_day.empty()) return std::nullopt;
      return refuse(no_day, {"加 BYMONTH=6;BYMONTHDAY=10", "add BYMONTH=6;BYMONTHDAY=10"});
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
    return refuse(both("INTERVAL={} 隔了半年以上,一年里排不出两次",
                       "INTERVAL={} is over half a year: no year is sure to have it twice",
                       rule.interval),
                  {"一年一次的写 every = \"once\",due 写日子",
                   "for once a year write every = \"once\" and the day in due"});
  }
  bool filtered = !rule.by_day.empty() || !rule.by_month_day.empty();
  if (rule.freq == Freq::daily && filtered) {
    return refuse({"隔几天一次,又只取某几天,凑在一起说不清是哪天",
                   "every few days and only on some of them: it is not clear which days"},
                  {"按周的写 FREQ=WEEKLY,按月的写 FREQ=MONTHLY",
                   "write FREQ=WEEKLY for days of the week, FREQ=MONTHLY for days of the month"});
  }
  if (rule.freq == Freq::monthly && !rule.by_month.empty()) {
    return refuse({"INTERVAL 和 BYMONTH 同时写,可能永远凑不到一起",
                   "INTERVAL and BYMONTH together may never meet"},
                  {"去掉 INTERVAL,用 BYMONTH 列出月份",
                   "remove INTERVAL and list the months in BYMONTH"});
  }
  return std::nullopt;
}

Wrong check_month_days(const RRule& rule) {
  if (rule.by_month_day.empty()) return std::nullopt;
  if (rule.freq == Freq::weekly) {
    return refuse({"按周重复的不能写 BYMONTHDAY", "FREQ=WEEKLY takes no BYMONTHDAY"},
                  {"写 BYDAY=TU 这样", "write it like BYDAY=TU"});
  }
  if (rule.freq == Freq::yearly && rule.by_month.empty()) {
    return refuse({"FREQ=YEARLY 写了 BYMONTHDAY 却没有 BYMONTH,libical 3.0.16 会漏掉月份",
                   "FREQ=YEARLY with BYMONTHDAY but without BYMONTH: libical 3.0.16 misses months"},
                  {"加 BYMONTH;每月都有的写 FREQ=MONTHLY",
                   "add BYMONTH; for every month write FREQ=MONTHLY"});
  }
  bool backward = std::ranges::any_of(rule.by_month_day, [](int day) { return day < 0; });
  if (rule.freq == Freq::daily && backward) {
    return refuse({"FREQ=DAILY 里从月末倒数的 BYMONTHDAY,libical 3.0.16 会漏掉日子",
                   "FREQ=DAILY with a BYMONTHDAY from the month's end: libical 3.0.16 misses days"},
                  {"写 FREQ=MONTHLY;BYMONTHDAY=-1 这样",
                   "write it like FREQ=MONTHLY;BYMONTHDAY=-1"});
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
                      both("{}月没有{}日", "{2} has no day {1}", rule.by_month.front(),
                           std::abs(rule.by_month_day.front()),
                           english_months.at(static_cast<std::size_t>(rule.by_month.front()) - 1)),
                      end_of_month};
}

Wrong check_year_days(const RRule& rule) {
  if (rule.by_year_day.empty()) return std::nullopt;
  bool alone = rule.by_month.empty() && rule.by_month_day.empty() && rule.by_day.empty() &&
               rule.by_set_pos.empty();
  if (rule.freq == Freq::yearly && alone) return std::nullopt;
  return refuse({"BYYEARDAY 只能单独用在 FREQ=YEARLY 里,和别的写在一起 libical 3.0.16 会算错",
                 "BYYEARDAY works only alone with FREQ=YEARLY: beside other parts libical 3.0.16 "
                 "gets it wrong"},
                {"写 BYMONTH 和 BYMONTHDAY", "write BYMONTH and BYMONTHDAY"});
}

Wrong check_ordinals(const RRule& rule) {
  if (!has_ordinals(rule)) return std::nullopt;
  if (rule.freq == Freq::daily || rule.freq == Freq::weekly) {
    return refuse({"“第几个周几”只能用在按月、按年重复里",
                   "a numbered weekday works only with FREQ=MONTHLY or FREQ=YEARLY"},
                  {"写 FREQ=MONTHLY;BYDAY=1MO 这样", "write it like FREQ=MONTHLY;BYDAY=1MO"});
  }
  if (!rule.by_month_day.empty() || !rule.by_set_pos.empty()) {
    return refuse({"“第几个周几”又限定日子或位置,可能永远凑不到一起",
                   "a numbered weekday with BYMONTHDAY or BYSETPOS may never come"},
                  {"只留 BYDAY", "keep only BYDAY"});
  }
  bool of_month = rule.freq == Freq::monthly || !rule.by_month.empty();
  for (const auto& one : rule.by_day) {
    if (one.nth == 0) {
      return refuse({"BYDAY 里有的写了第几个,有的没写",
                     "some weekdays in BYDAY have a number and some have none"},
                    {"都写,或都不写", "number all of them, or none"});
    }
    if (of_month && std::abs(one.nth) > weeks_in_any_month + 1) {
      return refuse(both("一个月里没有第{}个周几", "no weekday comes {} times in a month",
                         std::abs(one.nth)),
                    {"写 1 至 5、-1 至 -5", "write 1 to 5, or -1 to -5"});
    }
  }
  return std::nullopt;
}

Wrong check_positions(const RRule& rule) {
  if (rule.by_set_pos.empty()) return std::nullopt;
  if (rule.freq == Freq::daily || rule.freq == Freq::weekly) {
    return refuse({"按天、按周重复里的 BYSETPOS,libical 3.0.16 不理会",
                   "libical 3.0.16 ignores BYSETPOS with FREQ=DAILY or FREQ=WEEKLY"},
                  {"去掉 BYSETPOS", "remove BYSETPOS"});
  }
  if (rule.by_day.empty() || !rule.by_month_day.empty()) {
    return refuse({"BYSETPOS 只能和 BYDAY 一起用", "BYSETPOS works only with BYDAY"},
                  end_of_month);
  }
  auto months = rule.freq == Freq::monthly ? 1U
                : rule.by_month.empty()    ? 12U
                                           : static_cast<unsigned>(rule.by_month.size());
  auto sure = weeks_in_any_month * static_cast<int>(rule.by_day.size() * months);
  for (int position : rule.by_set_pos) {
    if (std::abs(position) <= sure) continue;
    return refuse(both("BYSETPOS={} 不是每次都排得到", "BYSETPOS={} is not there every time",
                       position),
                  both("这里最多写到 {}", "write at most {} here", sure));
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
