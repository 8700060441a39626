#include "calendar/due.h"

#include <fmt/format.h>

namespace duban::calendar {
namespace {

using std::chrono::days;
using Found = std::expected<Day, DueMistake>;

/// The holiday days that make a term grow: fewer, and the term stands.
constexpr int extending_days = 3;

std::unexpected<DueMistake> impossible(const plan::DueRule& rule, int year, unsigned month,
                                       unsigned day) {
  auto in_year = fmt::format("{:04}-{:02}", year, month);
  auto text = both("没有 {} 这一天(due 写的是“{}”)", "there is no {} (due says “{}”)",
                   fmt::format("{}-{:02}", in_year, day), rule.text);
  auto mend = both("{} 只有{}天;月末写 \"last\"",
                   "{} has only {} days; write \"last\" for the end of the month", in_year,
                   days_in_month(year, month));
  return std::unexpected{DueMistake{"impossible-date", std::move(text), std::move(mend)}};
}

std::unexpected<DueMistake> unsuitable(const plan::DueRule& rule, const Period& period) {
  auto text = both("“{}”在 {} 这一期里说不出是哪一天", "“{}” names no day in the period {}",
                   rule.text, period.id);
  return std::unexpected{
      DueMistake{"due-unsuitable", std::move(text),
                 {"改成与 every 相配的写法", "write it in a form that goes with every"}}};
}

// What a rule says by itself, before its hour and days off: one overload a form.
struct DateFinder {
  const plan::DueRule& written;
  const Period& period;
  int year;
  const Workdays& workdays;

  Found in_month(int in_year, unsigned month, unsigned day) const {
    if (month < 1 || month > 12) return unsuitable(written, period);
    if (day < 1 || day > days_in_month(in_year, month)) {
      return impossible(written, in_year, month, day);
    }
    return make_day(in_year, month, day);
  }
  Found operator()(const plan::DueDate& date) const {
    return in_month(year, date.month, date.day);
  }
  Found operator()(const plan::DueDayOfMonth& date) const {
    auto month = month_of(period.first) + date.month - 1;
    bool is_week = period.last - period.first < days{27};
    if (is_week || date.month < 1 || month > month_of(period.last)) {
      return unsuitable(written, period);
    }
    return in_month(year_of(period.first), month, date.day);
  }
  Found operator()(const plan::DueLast& last) const {
    return last.working_day ? workdays.last_in(period.first, period.last) : period.last;
  }
  Found operator()(const plan::DueNthWorkingDay& nth) const {
    return workdays.nth_in(period.first, period.last, nth.n);
  }
  Found operator()(const plan::DueWeekday& weekday) const {
    auto day = period.first + days{weekday.day.iso_encoding() - 1};
    if (period.last - period.first != days{6}) return unsuitable(written, period);
    return day;
  }
  Found operator()(const plan::DueThatDay& /*by rrule*/) const {
    if (period.first != period.last) return unsuitable(written, period);
    return period.first;
  }
  Found operator()(const auto& /*without a date*/) const { return unsuitable(written, period); }
};

// The working days that a form counted through are the days whose year must be published.
bool is_provisional(const plan::DueRule& rule, const Period& period, Day found,
                    const Workdays& workdays) {
  if (std::holds_alternative<plan::DueNthWorkingDay>(rule.rule)) {
    return !workdays.is_published(period.first, found);
  }
  const auto* last = std::get_if<plan::DueLast>(&rule.rule);
  return last != nullptr && last->working_day && !workdays.is_published(found, period.last);
}

// A move to the very next day needs no counting out.
std::vector<Stride> unless_next_day(std::vector<Stride> walked) {
  bool next = walked.size() == 1 && walked.front().skipped.empty();
  return next ? std::vector<Stride>{} : walked;
}

// The working days that a form counted to its day.
std::vector<Stride> walked_by(const plan::DueRule& rule, const Period& period, Day found,
                              const Workdays& workdays) {
  if (std::holds_alternative<plan::DueNthWorkingDay>(rule.rule)) {
    auto before = period.first - days{1};
    return walk(before, workdays.count_between(before, found), workdays);
  }
  const auto* last = std::get_if<plan::DueLast>(&rule.rule);
  bool back = last != nullptr && last->working_day && found < period.last;
  return back ? unless_next_day(walk(period.last, -1, workdays)) : std::vector<Stride>{};
}

// Days of public holidays in (from, to] (or [to, from) when counted backward), of those holidays
// that have enough of them there. One holiday is a run of days off by notice of one name.
int holiday_days_inside(Day from, Day to, const Workdays& workdays) {
  days step{to < from ? -1 : 1};
  int inside = 0;
  int run = 0;
  std::string_view name;
  for (auto day = from; day != to;) {
    day += step;
    auto today = workdays.holiday_name(day);
    if (today != name) run = 0;
    name = today;
    if (!workdays.is_holiday(day)) continue;
    ++run;
    if (run == extending_days) inside += extending_days;
    if (run > extending_days) ++inside;
  }
  return inside;
}

void extend_over_holidays(DueDay& due, Day from, const Workdays& workdays) {
  const auto end = due.day;
  int sign = end < from ? -1 : 1;
  int added = 0;
  for (int inside = holiday_days_inside(from, due.day, workdays); inside > added;
       inside = holiday_days_inside(from, due.day, workdays)) {
    added = inside;
    due.day = end + days{sign * added};
  }
  if (!workdays.is_published(from, due.day)) due.provisional = true;
  if (added == 0) return;
  due.why.push_back({.kind = Step::Kind::extended,
                     .from = named(end, workdays),
                     .to = named(due.day, workdays),
                     .count = added});
}

Day moved(Day day, plan::OnDayOff rule, const Workdays& workdays) {
  switch (rule) {
    case plan::OnDayOff::before: return workdays.on_or_before(day);
    case plan::OnDayOff::after: return workdays.on_or_after(day);
    case plan::OnDayOff::after_2wd: return workdays.is_working(day) ? day : workdays.add(day, 2);
    case plan::OnDayOff::stay:
    case plan::OnDayOff::extend: break;
  }
  return day;
}

}  // namespace

std::expected<DueDay, DueMistake> date_in(const plan::DueRule& rule, const Period& period, int year,
                                          const Workdays& workdays) {
  auto found = std::visit(DateFinder{rule, period, year, workdays}, rule.rule);
  if (!found) return std::unexpected{found.error()};
  DueDay due{*found, rule.time, is_provisional(rule, period, *found, workdays), {}};
  bool by_rrule = std::holds_alternative<plan::DueThatDay>(rule.rule);
  due.why.push_back({.kind = Step::Kind::by_rule,
                     .period = period.id,
                     .rule = by_rrule ? "rrule" : rule.text,
                     .to = named(*found, workdays),
                     .time = due.time,
                     .walked = walked_by(rule, period, *found, workdays)});
  return due;
}

DueDay count_from(Civil from, const plan::DueRule& rule, bool extend, const Workdays& workdays) {
  const auto& offset = rule.relative()->offset;
  auto at = apply(offset, from, workdays);
  bool by_hours = offset.unit == plan::Offset::Unit::hours;
  bool by_working_days = offset.unit == plan::Offset::Unit::working_days;
  DueDay due{.day = day_of(at), .time = rule.time ? rule.time : offset.time, .why = {}};
  if (by_hours && !due.time) due.time = time_of(at);
  if (by_working_days) due.provisional = !workdays.is_published(day_of(from), due.day);
  due.why.push_back({.kind = Step::Kind::counted,
                     .rule = rule.text,
                     .from = named(day_of(from), workdays),
                     .to = named(due.day, workdays),
                     .time = due.time});
  if (by_working_days) due.why.back().walked = walk(day_of(from), offset.count, workdays);
  if (extend && !by_working_days) extend_over_holidays(due, day_of(from), workdays);
  return due;
}

void move_off_days(DueDay& due, plan::OnDayOff rule, const Workdays& workdays) {
  if (rule == plan::OnDayOff::stay || rule == plan::OnDayOff::extend) return;
  auto to = moved(due.day, rule, workdays);
  if (!workdays.is_published(due.day, to)) due.provisional = true;
  if (to == due.day) return;
  int count = to < due.day ? -1 : rule == plan::OnDayOff::after_2wd ? 2 : 1;
  due.why.push_back({.kind = Step::Kind::off_day,
                     .from = named(due.day, workdays),
                     .to = named(to, workdays),
                     .walked = unless_next_day(walk(due.day, count, workdays))});
  due.day = to;
}

}  // namespace duban::calendar
