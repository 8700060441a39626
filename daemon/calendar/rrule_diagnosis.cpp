// What only the days of an rrule show.

#include <algorithm>
#include <cstdlib>

#include "base/english_names.h"
#include "calendar/rrule.h"

namespace duban::calendar {
namespace {

using Freq = plan::RRule::Freq;

// The months of the year that a rule looks into.
std::vector<unsigned> months_of(const plan::RRule& rule) {
  std::vector<unsigned> months;
  bool by_interval = rule.freq == Freq::monthly;
  for (unsigned month = by_interval && rule.from ? month_of(*rule.from) : 1;
       month <= (rule.to ? month_of(*rule.to) : 12); month += by_interval ? rule.interval : 1) {
    bool named = rule.by_month.empty() ||
                 std::ranges::find(rule.by_month, static_cast<int>(month)) != rule.by_month.end();
    if (named) months.push_back(month);
  }
  return months;
}

Bilingual months_without(unsigned day, const plan::RRule& rule, int year) {
  Bilingual listed;
  for (auto month : months_of(rule)) {
    if (day <= days_in_month(year, month)) continue;
    const Bilingual name{std::to_string(month), english_months.at(month - 1)};
    listed = listed.empty() ? name : both("{}、{}", "{}, {}", listed, name);
  }
  return listed;
}

void find_skipped_months(const plan::Duty& duty, int year, const Place& place, Diagnostics& out) {
  const auto& rule = *duty.rrule;
  bool by_month_day_alone = rule.by_day.empty() && rule.by_set_pos.empty();
  if (!by_month_day_alone) return;
  for (int day : rule.by_month_day) {
    auto counted = static_cast<unsigned>(std::abs(day));
    auto months = months_without(counted, rule, year);
    if (months.empty()) continue;
    out.push_back({Severity::warning, place, "rrule-skips-month",
                   day > 0 ? both("{}:{}月没有{}日,那时没有这一期",
                                  "{0}: no day {2} in {1}, so no period then", duty.id, months, day)
                           : both("{}:{}月没有倒数第{}天,那时没有这一期",
                                  "{0}: fewer than {2} days in {1}, so no period then", duty.id,
                                  months, counted),
                   {"每月最后一天写 BYMONTHDAY=-1",
                    "write BYMONTHDAY=-1 for the last day of each month"}});
  }
}

void find_unknown_changes(const plan::Duty& duty, const std::vector<Day>& days, const Place& place,
                          Diagnostics& out) {
  for (const auto& [period, change] : duty.changes) {
    auto day = parse_day(period);
    if (!day || std::ranges::binary_search(days, *day)) continue;
    auto near = std::ranges::min(days, {}, [&](Day one) { return std::abs((one - *day).count()); });
    out.push_back({Severity::error, place, "unknown-period",
                   both("{}:rrule 里没有 {} 这一天", "{}: {} is not a day of the rrule", duty.id,
                        period.substr(5)),
                   both("离它最近的是 {}", "the nearest day is {}", format_day(near).substr(5))});
  }
}

}  // namespace

Diagnostics diagnose_rrule(const plan::Duty& duty, int year) {
  Diagnostics found;
  const auto& place = duty.due_place.line != 0 ? duty.due_place : duty.place;
  auto days = days_of(*duty.rrule, year);
  if (days.empty()) {
    found.push_back({Severity::error, place, "rrule-empty",
                     both("{}:按 rrule,{}年里(within 之内)一天也没有",
                          "{}: the rrule gives no day in {} (inside within)", duty.id, year),
                     {"改 rrule 或 within", "change rrule or within"}});
    return found;
  }
  find_skipped_months(duty, year, place, found);
  find_unknown_changes(duty, days, place, found);
  return found;
}

}  // namespace duban::calendar
