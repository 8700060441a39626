#pragma once
// Plans built by hand for the tests of this folder, and the real work calendar of 2022 to 2026.

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "calendar/occurrence.h"
#include "calendar/workdays.h"
#include "plan/plan.h"

namespace duban::tests {

/// The State Council's holidays and make-up days of 2022 to 2026 (published) and 2027 (unknown).
std::shared_ptr<const plan::WorkCalendar> china();
/// Weekends only, every year published.
std::shared_ptr<const plan::WorkCalendar> no_holidays();

/// `2022-05-25`; must exist.
Day day(std::string_view text);
/// `2022-05-25 17:00`.
Civil civil(std::string_view text);
std::vector<Day> days(std::vector<std::string_view> texts);

/// Due rules as the files would spell them. `time` may be empty.
plan::DueRule none();
plan::DueRule tbd();
plan::DueRule on_date(unsigned month, unsigned day_of_month, std::string_view time = "");
plan::DueRule on_day(unsigned day_of_month, std::string_view time = "");
plan::DueRule on_day_of_month(unsigned month, unsigned day_of_month, std::string_view time = "");
plan::DueRule last(std::string_view time = "");
plan::DueRule last_wd(std::string_view time = "");
plan::DueRule nth_wd(unsigned n, std::string_view time = "");
plan::DueRule on_weekday(std::chrono::weekday weekday, std::string_view time = "");
/// `offset` is `+3wd`, `-10wd 17:00`, `+20d`, `-2h`.
plan::DueRule due_of(std::string_view duty, std::string_view offset);
plan::DueRule held_of(std::string_view duty, std::string_view offset);
plan::Offset offset(std::string_view text);

plan::Stage stage(StageKind kind, std::string_view offset);
/// remind -3wd 09:00, due 0d 09:00, overdue +1wd 14:00, escalate +2wd 09:00.
plan::Ladder monthly_ladder();

plan::Duty duty(std::string_view id, plan::Every every, plan::DueRule due);
/// A plan for Asia/Shanghai and the real calendar.
plan::Plan plan_of(int year, std::vector<plan::Duty> duties);

/// The plan's occurrences in its own zone.
std::vector<calendar::Occurrence> expand(const plan::Plan& plan,
                                         const calendar::HeldOn& held = {});
/// `2022-05 2022-05-25 17:00`, a line an occurrence of the plan's first duty (or `duty`): period
/// and civil due time; without a written hour the day alone; `-` and the dating when it has none.
std::vector<std::string> dues(const plan::Plan& plan, const calendar::HeldOn& held = {},
                              std::size_t duty = 0);
/// How a date came about, a line a step, in Chinese.
std::vector<std::string> lines_of(const std::vector<calendar::Step>& why);
/// `-1 05-24, -2 05-23, -3 05-20 (05-21..05-22 weekend)`.
std::string counted_out(const std::vector<calendar::Stride>& strides);
/// The codes of diagnose(), in order.
std::vector<std::string> codes(const plan::Plan& plan);

}  // namespace duban::tests
