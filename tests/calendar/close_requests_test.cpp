// Two requests to one unit within two weeks of work.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "calendar/close_requests.h"
#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

plan::Duty asked(std::string_view id, unsigned month, unsigned day,
                 std::vector<std::string> who = {"a", "b"}) {
  auto made = duty(id, plan::Every::once, on_date(month, day));
  made.name = id;
  made.who = std::move(who);
  return made;
}

std::vector<std::string> warned(std::vector<plan::Duty> duties, plan::Budget budget = {}) {
  auto plan = plan_of(2022, std::move(duties));
  plan.budget = std::move(budget);
  std::vector<std::string> messages;
  for (const auto& one : close_requests(plan)) {
    EXPECT_EQ(one.severity, Severity::warning);
    EXPECT_EQ(one.code, "close-requests");
    messages.push_back(one.message.chinese);
  }
  return messages;
}

// June 2022: the 3rd is a holiday; the 6th is a Monday.
TEST(CloseRequests, ten_working_days_are_close_and_eleven_are_not) {
  auto found = warned({asked("one", 6, 6), asked("two", 6, 20)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front(), "one(6月6日)和two(6月20日)只隔10个工作日,2家单位两件都要报");
  EXPECT_THAT(warned({asked("one", 6, 6), asked("two", 6, 21)}), IsEmpty());
}

TEST(CloseRequests, the_earlier_one_is_named_first_and_the_softer_date_counts) {
  auto late = asked("late", 8, 31);
  late.ask_by = on_date(6, 7);
  EXPECT_THAT(warned({asked("two", 6, 8), late}).front(),
              HasSubstr("late(6月7日)和two(6月8日)只隔1个工作日"));
}

TEST(CloseRequests, only_the_units_that_both_are_asked_of_count) {
  EXPECT_THAT(warned({asked("one", 6, 6, {"a", "c"}), asked("two", 6, 8, {"b", "c"})}).front(),
              HasSubstr(",1家单位"));
  EXPECT_THAT(warned({asked("one", 6, 6, {"a"}), asked("two", 6, 8, {"b"})}), IsEmpty());
  EXPECT_THAT(warned({asked("one", 6, 6, {"office"}), asked("two", 6, 8, {"office"})}), IsEmpty());
  EXPECT_THAT(warned({asked("one", 6, 6, {"a"}), asked("two", 6, 8, {"a"})}, {.exempt = {"a"}}),
              IsEmpty());
}

TEST(CloseRequests, a_pair_is_named_once_with_the_period_where_it_comes_closest) {
  auto monthly = duty("table", plan::Every::month, on_day(25));
  monthly.name = "月报";
  monthly.who = {"a", "b"};
  monthly.within = plan::Within{4, 10};
  auto quarterly = duty("quarter", plan::Every::quarter, on_day_of_month(3, 28));
  quarterly.name = "季报";
  quarterly.who = {"a"};
  quarterly.within = plan::Within{2, 3};
  auto found = warned({monthly, quarterly});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front(),
            "月报(2022-06,6月25日)和季报(2022-Q2,6月28日)只隔2个工作日,"
            "1家单位两件都要报,这样的有2期");
}

TEST(CloseRequests, meetings_undated_papers_milestones_and_actions_are_no_requests) {
  auto meeting = asked("two", 6, 8);
  meeting.ends = plan::Ends::held;
  EXPECT_THAT(warned({asked("one", 6, 6), meeting}), IsEmpty());
  auto undecided = asked("two", 6, 8);
  undecided.due = tbd();
  EXPECT_THAT(warned({asked("one", 6, 6), undecided}), IsEmpty());
  for (auto origin : {plan::Origin::milestone, plan::Origin::action}) {
    auto once = asked("two", 6, 8);
    once.origin = origin;
    EXPECT_THAT(warned({asked("one", 6, 6), once}), IsEmpty());
  }
}

TEST(CloseRequests, what_is_asked_every_week_is_close_to_everything_and_so_to_nothing) {
  auto weekly = duty("weekly", plan::Every::week, on_weekday(std::chrono::Tuesday));
  weekly.who = {"a"};
  EXPECT_THAT(warned({weekly, asked("one", 6, 6)}), IsEmpty());
}

TEST(CloseRequests, what_the_plan_says_is_meant_so_is_left_alone) {
  plan::Budget budget;
  budget.close = {{"two", "one", "两件事"}};
  EXPECT_THAT(warned({asked("one", 6, 6), asked("two", 6, 8)}, budget), IsEmpty());
}

TEST(CloseRequests, of_many_pairs_only_some_are_named) {
  std::vector<plan::Duty> duties;
  for (std::size_t i = 0; i < limits::close_requests; ++i) {
    duties.push_back(asked("d" + std::to_string(i), 6, 6));
  }
  auto found = warned(duties);
  ASSERT_EQ(found.size(), limits::close_requests + 1);
  EXPECT_THAT(found.back(), HasSubstr("只列出"));
}

}  // namespace
}  // namespace duban::calendar
