#include "plan/calendar_file.h"

#include <algorithm>
#include <cstdlib>

#include "base/limits.h"
#include "plan/draft.h"
#include "settings/report.h"

namespace duban::plan {
namespace {

using settings::error;
using settings::in_quotes;

bool is_weekend(Day day) {
  std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// A day of this year's notice: it may lie in the neighbouring year, no further.
bool is_near(Day day, int year, const Place& place, Diagnostics& out) {
  if (year == 0 || std::abs(year_of(day) - year) <= 1) return true;
  error(out, place, "bad-value",
        both("{} 不在{}年前后", "{} is not near the year {}", format_day(day), year),
        {"年份写错了吗?", "check the year"});
  return false;
}

void read_holiday(Section& section, int year, WorkCalendar& calendar) {
  auto& out = section.diagnostics();
  auto name = read_required(section, "name");
  if (!section.has("from")) section.missing("from");
  auto from = read_day(section, "from");
  bool one_day = !section.has("to");
  auto to = read_day(section, "to");
  if (one_day) to = from;
  section.finish();
  if (!from || !to || !is_near(*from, year, section.place(), out)) return;
  auto days = (*to - *from).count() + 1;
  if (days < 1 || days > limits::holiday_days) {
    error(out, section.place(), "bad-value",
          days < 1 ? both("{}的 to 在 from 之前", "to is before from in {}", in_quotes(name))
                   : both("{}放了{}天,最多{}天", "{} lasts {} days, at most {} are allowed",
                          in_quotes(name), days, limits::holiday_days));
    return;
  }
  for (auto day = *from; day <= *to; day += std::chrono::days{1}) calendar.off[day] = name;
}

void read_made_up(const Word& word, int year, WorkCalendar& calendar, Diagnostics& out) {
  auto day = parse_day(word.value);
  if (!day) {
    error(out, word.place, "impossible-date",
          both("没有{}这一天", "there is no day {}", in_quotes(word.value)),
          {"日期写成 YYYY-MM-DD", "write the date as YYYY-MM-DD"});
    return;
  }
  if (!is_near(*day, year, word.place, out)) return;
  if (!is_weekend(*day)) {
    error(out, word.place, "bad-value",
          both("{} 不是周六、周日,本来就上班",
               "{} is not a Saturday or Sunday, it is a working day anyway", word.value),
          {"work 只写调休上班的周六、周日",
           "list in work only the Saturdays and Sundays that are worked"});
    return;
  }
  if (calendar.off.contains(*day)) {
    error(out, word.place, "bad-value",
          both("{} 既写了放假,又写了上班", "{} is written both as a day off and as a working day",
               word.value));
    return;
  }
  calendar.made_up[*day] = "调休";
}

void read_year(Section& section, WorkCalendar& calendar) {
  auto& out = section.diagnostics();
  WorkYear read;
  auto year = section.integer("year", 1900, 2200);
  if (!section.has("year")) section.missing("year");
  if (year) read.year = static_cast<int>(year->value);
  for (const auto& known : calendar.years) {
    if (!year || known.year != read.year) continue;
    error(out, year->place, "twice-used",
          both("{}年写了两次", "the year {} is written twice", read.year),
          {"并成一段", "merge the two"});
  }
  if (!section.has("status")) {
    section.missing("status", {"写 published、provisional 或 unknown",
                               "write published, provisional or unknown"});
  }
  auto status = section.choice<YearStatus>("status", {{"published", YearStatus::published},
                                                      {"provisional", YearStatus::provisional},
                                                      {"unknown", YearStatus::unknown}});
  read.status = status.value_or(YearStatus::unknown);
  read.notice = read_word(section, "notice");
  for (auto& holiday : section.tables("off")) read_holiday(holiday, read.year, calendar);
  for (const auto& word : section.texts("work").value_or(Words{})) {
    read_made_up(word, read.year, calendar, out);
  }
  section.finish();
  calendar.years.push_back(std::move(read));
}

}  // namespace

WorkCalendar read_calendar(Section& root) {
  WorkCalendar calendar;
  auto id = root.required_text("id");
  if (id && !is_id(id->value)) {
    error(root.diagnostics(), id->place, "bad-value",
          both("id 不能写{}", "id cannot be {}", in_quotes(id->value)),
          {"只用小写字母、数字、连字符", "use only small letters, digits and hyphens"});
  }
  if (id) calendar.id = id->value;
  calendar.name = read_word(root, "name");
  for (auto& section : root.tables("year")) read_year(section, calendar);
  std::ranges::sort(calendar.years, {}, &WorkYear::year);
  root.finish();
  return calendar;
}

}  // namespace duban::plan
