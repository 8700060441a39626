#include "calendar/fixture.h"

#include <gtest/gtest.h>

#include <charconv>
#include <stdexcept>

namespace duban::tests {
namespace {

struct Holiday {
  const char* name;
  const char* from;
  const char* to;
};

// State Council notices 国办发明电〔2021〕11号, 〔2022〕16号, 〔2023〕7号, 〔2024〕12号 and of
// 2025-11-04.
constexpr Holiday holidays[] = {
    {"元旦", "2022-01-01", "2022-01-03"},   {"春节", "2022-01-31", "2022-02-06"},
    {"清明节", "2022-04-03", "2022-04-05"}, {"劳动节", "2022-04-30", "2022-05-04"},
    {"端午节", "2022-06-03", "2022-06-05"}, {"中秋节", "2022-09-10", "2022-09-12"},
    {"国庆节", "2022-10-01", "2022-10-07"}, {"元旦", "2022-12-31", "2023-01-02"},
    {"春节", "2023-01-21", "2023-01-27"},   {"清明节", "2023-04-05", "2023-04-05"},
    {"劳动节", "2023-04-29", "2023-05-03"}, {"端午节", "2023-06-22", "2023-06-24"},
    {"中秋节、国庆节", "2023-09-29", "2023-10-06"},
    {"元旦", "2024-01-01", "2024-01-01"},   {"春节", "2024-02-10", "2024-02-17"},
    {"清明节", "2024-04-04", "2024-04-06"}, {"劳动节", "2024-05-01", "2024-05-05"},
    {"端午节", "2024-06-10", "2024-06-10"}, {"中秋节", "2024-09-15", "2024-09-17"},
    {"国庆节", "2024-10-01", "2024-10-07"}, {"元旦", "2025-01-01", "2025-01-01"},
    {"春节", "2025-01-28", "2025-02-04"},   {"清明节", "2025-04-04", "2025-04-06"},
    {"劳动节", "2025-05-01", "2025-05-05"}, {"端午节", "2025-05-31", "2025-06-02"},
    {"国庆节、中秋节", "2025-10-01", "2025-10-08"},
    {"元旦", "2026-01-01", "2026-01-03"},   {"春节", "2026-02-15", "2026-02-23"},
    {"清明节", "2026-04-04", "2026-04-06"}, {"劳动节", "2026-05-01", "2026-05-05"},
    {"端午节", "2026-06-19", "2026-06-21"}, {"中秋节", "2026-09-25", "2026-09-27"},
    {"国庆节", "2026-10-01", "2026-10-07"},
};

constexpr const char* made_up_days[] = {
    "2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08",
    "2022-10-09", "2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25",
    "2023-10-07", "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28",
    "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08",
    "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28",
    "2026-05-09", "2026-09-20", "2026-10-10",
};

plan::WorkCalendar make_china() {
  plan::WorkCalendar calendar{.id = "cn", .name = "中国", .years = {}, .off = {}, .made_up = {}};
  for (int year = 2022; year <= 2026; ++year) {
    calendar.years.push_back({year, plan::YearStatus::published, ""});
  }
  calendar.years.push_back({2027, plan::YearStatus::unknown, ""});
  for (const auto& [name, from, to] : holidays) {
    for (auto at = day(from); at <= day(to); at += std::chrono::days{1}) calendar.off[at] = name;
  }
  for (const auto* text : made_up_days) calendar.made_up[day(text)] = "调休";
  return calendar;
}

plan::DueRule rule(decltype(plan::DueRule::rule) form, std::string text, std::string_view time) {
  plan::DueRule due{std::move(form), std::nullopt, std::move(text)};
  if (time.empty()) return due;
  due.time = parse_time_of_day(time).value();
  due.text += " " + std::string{time};
  return due;
}

plan::DueRule relative(std::string_view duty, plan::DueRelative::Event event,
                       std::string_view text) {
  auto counted = offset(text);
  auto written = std::string{duty} +
                 (event == plan::DueRelative::Event::due ? ".due " : ".held ") + counted.text;
  return {plan::DueRelative{std::string{duty}, event, counted}, counted.time, written};
}

std::string_view word(calendar::Dating dating) {
  switch (dating) {
    case calendar::Dating::dated: return "dated";
    case calendar::Dating::undecided: return "undecided";
    case calendar::Dating::never: return "never";
    case calendar::Dating::waiting: return "waiting";
    case calendar::Dating::excused: return "excused";
  }
  return "?";
}

}  // namespace

std::shared_ptr<const plan::WorkCalendar> china() {
  static const auto calendar = std::make_shared<const plan::WorkCalendar>(make_china());
  return calendar;
}

std::shared_ptr<const plan::WorkCalendar> no_holidays() {
  plan::WorkCalendar calendar;
  for (int year = 1900; year <= 2200; ++year) {
    calendar.years.push_back({year, plan::YearStatus::published, ""});
  }
  return std::make_shared<const plan::WorkCalendar>(std::move(calendar));
}

Day day(std::string_view text) { return parse_day(text).value(); }

Civil civil(std::string_view text) {
  return day(text.substr(0, 10)) + parse_time_of_day(text.substr(11)).value();
}

std::vector<Day> days(std::vector<std::string_view> texts) {
  std::vector<Day> found;
  for (auto text : texts) found.push_back(day(text));
  return found;
}

plan::DueRule none() { return {plan::DueNone{}, std::nullopt, "none"}; }
plan::DueRule tbd() { return {plan::DueUndecided{}, std::nullopt, "tbd"}; }

plan::DueRule on_date(unsigned month, unsigned day_of_month, std::string_view time) {
  return rule(plan::DueDate{month, day_of_month},
              std::to_string(month) + "-" + std::to_string(day_of_month), time);
}

plan::DueRule on_day(unsigned day_of_month, std::string_view time) {
  return rule(plan::DueDayOfMonth{1, day_of_month}, std::to_string(day_of_month), time);
}

plan::DueRule on_day_of_month(unsigned month, unsigned day_of_month, std::string_view time) {
  return rule(plan::DueDayOfMonth{month, day_of_month},
              "month-" + std::to_string(month) + " " + std::to_string(day_of_month), time);
}

plan::DueRule last(std::string_view time) { return rule(plan::DueLast{false}, "last", time); }
plan::DueRule last_wd(std::string_view time) { return rule(plan::DueLast{true}, "last-wd", time); }

plan::DueRule nth_wd(unsigned n, std::string_view time) {
  return rule(plan::DueNthWorkingDay{n}, std::to_string(n) + "th-wd", time);
}

plan::DueRule on_weekday(std::chrono::weekday weekday, std::string_view time) {
  return rule(plan::DueWeekday{weekday}, "weekday", time);
}

plan::DueRule due_of(std::string_view duty, std::string_view text) {
  return relative(duty, plan::DueRelative::Event::due, text);
}

plan::DueRule held_of(std::string_view duty, std::string_view text) {
  return relative(duty, plan::DueRelative::Event::held, text);
}

plan::Offset offset(std::string_view text) {
  plan::Offset found;
  found.text = text;
  auto sign = text.front() == '-' ? -1 : 1;
  if (text.front() == '-' || text.front() == '+') text.remove_prefix(1);
  auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), found.count);
  found.count *= sign;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  auto unit = text.substr(0, text.find(' '));
  if (error != std::errc{}) throw std::invalid_argument{"offset without a number"};
  found.unit = unit == "wd"  ? plan::Offset::Unit::working_days
               : unit == "d" ? plan::Offset::Unit::days
                             : plan::Offset::Unit::hours;
  if (unit.size() < text.size()) found.time = parse_time_of_day(text.substr(unit.size() + 1));
  return found;
}

plan::Stage stage(StageKind kind, std::string_view text) {
  plan::Stage made;
  made.kind = kind;
  made.offset = offset(text);
  made.key = std::string{to_word(kind)} + " " + made.offset.text;
  return made;
}

plan::Ladder monthly_ladder() {
  plan::Ladder ladder;
  ladder.id = "monthly";
  ladder.stages = {stage(StageKind::remind, "-3wd 09:00"), stage(StageKind::due, "0d 09:00"),
                   stage(StageKind::overdue, "+1wd 14:00"),
                   stage(StageKind::escalate, "+2wd 09:00")};
  return ladder;
}

plan::Duty duty(std::string_view id, plan::Every every, plan::DueRule due) {
  plan::Duty made;
  made.id = made.name = id;
  made.every = every;
  made.due = std::move(due);
  made.due_place = {"plan.toml", 7, 9};
  return made;
}

plan::Plan plan_of(int year, std::vector<plan::Duty> duties) {
  plan::Plan plan;
  plan.id = "test";
  plan.zone = "Asia/Shanghai";
  plan.year = year;
  plan.duties = std::move(duties);
  plan.calendar = china();
  return plan;
}

std::vector<calendar::Occurrence> expand(const plan::Plan& plan, const calendar::HeldOn& held) {
  return calendar::occurrences(plan, calendar::Zone::find(plan.zone).value(), held);
}

std::vector<std::string> dues(const plan::Plan& plan, const calendar::HeldOn& held,
                              std::size_t duty) {
  auto zone = calendar::Zone::find(plan.zone).value();
  std::vector<std::string> lines;
  for (const auto& occurrence : calendar::occurrences(plan, zone, held)) {
    if (occurrence.duty != duty) continue;
    auto line = occurrence.period + " ";
    if (occurrence.due) {
      auto at = zone.to_civil(*occurrence.due);
      line += format_day(day_of(at));
      if (occurrence.due_has_hour) line += " " + format_time_of_day(time_of(at));
      if (!occurrence.due_has_hour) EXPECT_EQ(time_of(at), end_of_day) << line;
    } else {
      line += "- " + std::string{word(occurrence.dating)};
    }
    if (occurrence.provisional) line += " provisional";
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> lines_of(const std::vector<calendar::Step>& why) {
  std::vector<std::string> lines;
  for (const auto& step : why) lines.push_back(calendar::describe(step));
  return lines;
}

std::string counted_out(const std::vector<calendar::Stride>& strides) {
  auto short_day = [](Day at) { return format_day(at).substr(5); };
  std::string text;
  for (const auto& stride : strides) {
    if (!text.empty()) text += ", ";
    if (stride.count > 0) text += "+";
    text += std::to_string(stride.count) + " " + short_day(stride.day.day);
    if (stride.day.made_up) text += " worked";
    for (const auto& gap : stride.skipped) {
      text += " (" + short_day(gap.first);
      if (gap.last != gap.first) text += ".." + short_day(gap.last);
      bool made_up = gap.cause == calendar::Gap::Cause::made_up;
      text += gap.holiday.empty() ? made_up ? " made up)" : " weekend)" : " " + gap.holiday + ")";
    }
  }
  return text;
}

std::vector<std::string> codes(const plan::Plan& plan) {
  std::vector<std::string> found;
  for (const auto& diagnostic : calendar::diagnose(plan)) found.push_back(diagnostic.code);
  return found;
}

}  // namespace duban::tests
