#include "control/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/shipped_plan.h"

namespace duban::control {
namespace {

using ::testing::HasSubstr;

class Names : public ::testing::Test {
 protected:
  schedule::Timetable timetable_{contract::shipped_plan(), {}};
  std::vector<const schedule::Timetable*> plans_{&timetable_};
  FoundDuty monthly_ = *find_duty(plans_, "", "monthly-table");
};

TEST_F(Names, a_unit_is_found_by_id_name_and_alias) {
  const auto& plan = timetable_.plan();
  EXPECT_EQ(find_unit(plan, "edu"), "edu");
  EXPECT_EQ(find_unit(plan, "市教育局"), "edu");
  for (const auto& unit : plan.units) {
    for (const auto& alias : unit.aliases) EXPECT_TRUE(find_unit(plan, alias)) << alias;
  }
}

TEST_F(Names, the_office_is_found_by_its_reserved_id_and_its_names) {
  EXPECT_EQ(find_unit(timetable_.plan(), "office"), "office");
  EXPECT_EQ(find_unit(timetable_.plan(), "领导小组办公室"), "office");
}

TEST_F(Names, a_mistyped_name_is_refused_with_what_was_meant) {
  auto unit = find_unit(timetable_.plan(), "市教育居");
  ASSERT_FALSE(unit);
  EXPECT_EQ(unit.error().code, "unknown-unit");
  EXPECT_EQ(unit.error().message,
            (Bilingual{"没有单位“市教育居”", "there is no unit “市教育居”"}));
  EXPECT_EQ(unit.error().mend, (Bilingual{"是不是“市教育局”?", "did you mean “市教育局”?"}));
  auto duty = find_duty(plans_, "", "montly-table");
  ASSERT_FALSE(duty);
  EXPECT_THAT(duty.error().mend.chinese, HasSubstr("monthly-table"));
}

TEST_F(Names, a_duty_is_found_by_its_name) {
  auto duty = find_duty(plans_, "", "月调度表");
  ASSERT_TRUE(duty);
  EXPECT_EQ(duty->duty->id, "monthly-table");
}

TEST_F(Names, a_period_has_a_short_form) {
  EXPECT_EQ(find_period(monthly_, "2022-05"), "2022-05");
  EXPECT_EQ(find_period(monthly_, "05"), "2022-05");
  EXPECT_EQ(find_period(monthly_, "5"), "2022-05");
  auto briefing = *find_duty(plans_, "", "quarterly-briefing");
  EXPECT_EQ(find_period(briefing, "Q2"), "2022-Q2");
  auto once = *find_duty(plans_, "", "work-plan");
  EXPECT_EQ(find_period(once, ""), "2022");
}

TEST_F(Names, a_period_outside_the_duty_is_refused_with_the_span) {
  auto period = find_period(monthly_, "2022-11");
  ASSERT_FALSE(period);
  EXPECT_EQ(period.error().code, "unknown-period");
  EXPECT_FALSE(period.error().mend.empty());
}

TEST_F(Names, a_duty_of_two_plans_wants_the_plan_named) {
  auto copy = std::make_shared<plan::Plan>(*contract::shipped_plan());
  copy->id = "other";
  schedule::Timetable other{copy, {}};
  std::vector<const schedule::Timetable*> both{&timetable_, &other};
  auto duty = find_duty(both, "", "monthly-table");
  ASSERT_FALSE(duty);
  EXPECT_EQ(duty.error().code, "which-plan");
  EXPECT_TRUE(find_duty(both, "other", "monthly-table"));
  EXPECT_EQ(find_duty(both, "othr", "monthly-table").error().code, "unknown-plan");
}

}  // namespace
}  // namespace duban::control
