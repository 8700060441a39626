// How a date came about, day by day where working days were counted.
#include "calendar/why.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Walk, NamesEachWorkingDayAndWhatWasPassedOver) {
  Workdays workdays{china()};
  EXPECT_EQ(counted_out(walk(day("2022-05-25"), -3, workdays)),
            "-1 05-24, -2 05-23, -3 05-20 (05-21..05-22 weekend)");
  EXPECT_EQ(counted_out(walk(day("2022-05-25"), 2, workdays)), "+1 05-26, +2 05-27");
  EXPECT_THAT(walk(day("2022-05-25"), 0, workdays), IsEmpty());
}

TEST(Walk, AFeastIsOneGapAndItsMadeUpDaysAreWorkedOrAreNot) {
  EXPECT_EQ(counted_out(walk(day("2022-09-30"), 2, Workdays{china()})),
            "+1 10-08 worked (10-01..10-07 国庆节), +2 10-09 worked");
  EXPECT_EQ(counted_out(walk(day("2022-09-30"), 1, Workdays{china(), false})),
            "+1 10-10 (10-01..10-07 国庆节) (10-08..10-09 made up)");
}

TEST(Walk, EndsWhereTheCountEnds) {
  Workdays workdays{china()};
  for (int count : {-31, -8, -1, 1, 15, 31}) {
    auto from = day("2022-04-28");
    auto strides = walk(from, count, workdays);
    ASSERT_FALSE(strides.empty());
    EXPECT_EQ(strides.back().day.day, workdays.add(from, count));
    EXPECT_EQ(strides.back().count, count);
  }
}

TEST(Walk, IsNotWrittenOutWhenItIsTooLongForAPage) {
  Workdays workdays{china()};
  EXPECT_THAT(walk(day("2022-04-28"), limits::walked_days + 1, workdays), IsEmpty());
  EXPECT_THAT(walk(day("2022-04-28"), -limits::walked_days - 1, workdays), IsEmpty());
}

TEST(Why, ADateOffItsDayIsWalkedToTheWorkedOne) {
  auto table = duty("table", Every::month, on_day(25, "17:00"));
  table.within = plan::Within{9, 9};
  table.on_day_off = plan::OnDayOff::before;
  auto why = expand(plan_of(2022, {table})).at(0).why;
  ASSERT_EQ(why.size(), 2U);
  EXPECT_EQ(why[1].kind, Step::Kind::off_day);
  EXPECT_EQ(counted_out(why[1].walked), "-1 09-23 (09-24 weekend)");
  // From a Saturday it is the day before.
  table.within = plan::Within{6, 6};
  EXPECT_THAT(expand(plan_of(2022, {table})).at(0).why.at(1).walked, IsEmpty());
}

TEST(Why, AnNthWorkingDayIsCountedFromTheBeginningOfItsPeriod) {
  auto brief = duty("brief", Every::quarter, nth_wd(7));
  brief.within = plan::Within{4, 4};
  auto why = expand(plan_of(2022, {brief})).at(0).why;
  EXPECT_EQ(counted_out(why.at(0).walked),
            "+1 10-08 worked (10-01..10-07 国庆节), +2 10-09 worked, +3 10-10, +4 10-11, "
            "+5 10-12, +6 10-13, +7 10-14");
}

TEST(Why, TheLastWorkingDayIsFoundFromTheEndOfThePeriod) {
  auto brief = duty("brief", Every::month, last_wd());
  brief.within = plan::Within{7, 8};
  auto plan = plan_of(2022, {brief});
  EXPECT_EQ(counted_out(expand(plan).at(0).why.at(0).walked), "-1 07-29 (07-30 weekend)");
  EXPECT_THAT(expand(plan).at(1).why.at(0).walked, IsEmpty());
}

TEST(Why, ADateThatCountsFromAnotherIsWalkedAndSaysWhatItCountsFrom) {
  auto table = duty("table", Every::once, on_date(5, 25, "17:00"));
  table.name = "月调度表";
  auto dispatch = duty("dispatch", Every::once, due_of("table", "+3wd"));
  auto why = expand(plan_of(2022, {table, dispatch})).at(1).why;
  ASSERT_EQ(why.size(), 2U);
  EXPECT_THAT(why[0].of, ElementsAre("月调度表"));
  EXPECT_THAT(why[1].of, IsEmpty());
  EXPECT_EQ(counted_out(why[1].walked),
            "+1 05-26, +2 05-27, +3 05-30 (05-28..05-29 weekend)");
}

class StageCounts : public testing::Test {
 protected:
  StageCount count(const plan::Stage& stage, std::optional<Day> base = std::nullopt) const {
    return stage_count(ladder_, stage, expand(plan_).at(0), plan_, zone_, base);
  }
  plan::Ladder ladder_ = monthly_ladder();
  plan::Plan plan_ = plan_of(2022, {duty("once", Every::once, on_date(5, 25, "17:00"))});
  Zone zone_ = Zone::find("Asia/Shanghai").value();
};

TEST_F(StageCounts, AStageIsCountedFromTheDueTime) {
  auto counted = count(ladder_.stages[0]);
  EXPECT_EQ(counted.base, StageCount::Base::due);
  EXPECT_EQ(counted.from, civil("2022-05-25 17:00"));
  EXPECT_EQ(counted.at, civil("2022-05-20 09:00"));
  EXPECT_EQ(counted_out(counted.walked), "-1 05-24, -2 05-23, -3 05-20 (05-21..05-22 weekend)");
}

TEST_F(StageCounts, AReminderIsCountedFromTheSofterDateAndTheChaseFromTheDueTime) {
  plan_.duties[0].ask_by = on_date(5, 20, "17:00");
  EXPECT_EQ(count(ladder_.stages[0]).base, StageCount::Base::asked);
  EXPECT_EQ(count(ladder_.stages[0]).from, civil("2022-05-20 17:00"));
  EXPECT_EQ(count(ladder_.stages[2]).base, StageCount::Base::due);
}

TEST_F(StageCounts, AChaseThatBeginsLaterIsCountedFromThere) {
  auto counted = count(ladder_.stages[2], day("2022-05-30"));
  EXPECT_EQ(counted.base, StageCount::Base::seen);
  EXPECT_EQ(counted.at, civil("2022-05-31 14:00"));
}

TEST_F(StageCounts, EveryStageEndsWhereStageAtHasIt) {
  for (const auto& stage : ladder_.stages) {
    auto at = stage_at(ladder_, stage, expand(plan_).at(0), plan_, zone_);
    EXPECT_EQ(zone_.to_instant(count(stage).at), at) << stage.key;
  }
}

}  // namespace
}  // namespace duban::calendar
