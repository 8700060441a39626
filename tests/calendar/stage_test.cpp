// Where the points of a ladder fall.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/fixture.h"
#include "calendar/occurrence.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using testing::ElementsAre;

// Civil times of the ladder's stages for the plan's only occurrence.
std::vector<std::string> stages(const plan::Plan& plan, const plan::Ladder& ladder,
                                std::optional<Day> overdue_base = std::nullopt) {
  auto zone = Zone::find(plan.zone).value();
  auto occurrence = expand(plan).at(0);
  std::vector<std::string> found;
  for (const auto& each : ladder.stages) {
    auto at = zone.to_civil(stage_at(ladder, each, occurrence, plan, zone, overdue_base));
    found.push_back(format_day(day_of(at)) + " " + format_time_of_day(time_of(at)));
  }
  return found;
}

plan::Plan once_due(int year, plan::DueRule due) {
  return plan_of(year, {duty("once", Every::once, std::move(due))});
}

TEST(Stage, TheModelMonthOfTheOfficePage) {
  EXPECT_THAT(stages(once_due(2022, on_date(5, 25, "17:00")), monthly_ladder()),
              ElementsAre("2022-05-20 09:00", "2022-05-25 09:00", "2022-05-26 14:00",
                          "2022-05-27 09:00"));
}

TEST(Stage, CountsOverTheFeastWithItsMadeUpDays) {
  EXPECT_THAT(stages(once_due(2022, on_date(9, 30)), monthly_ladder()),
              ElementsAre("2022-09-27 09:00", "2022-09-30 09:00", "2022-10-08 14:00",
                          "2022-10-09 09:00"));
}

TEST(Stage, ALadderMaySkipMadeUpDays) {
  auto ladder = monthly_ladder();
  ladder.skip_made_up = true;
  EXPECT_THAT(stages(once_due(2022, on_date(9, 30)), ladder),
              ElementsAre("2022-09-27 09:00", "2022-09-30 09:00", "2022-10-10 14:00",
                          "2022-10-11 09:00"));
  // Backward from the Monday after made-up days.
  EXPECT_THAT(stages(once_due(2022, on_date(10, 10)), ladder)[0], "2022-09-28 09:00");
  EXPECT_THAT(stages(once_due(2022, on_date(10, 10)), monthly_ladder())[0], "2022-09-30 09:00");
}

TEST(Stage, ADueDayThatStaysOnADayOffIsDayZero) {
  EXPECT_THAT(stages(once_due(2022, on_date(6, 25)), monthly_ladder()),
              ElementsAre("2022-06-22 09:00", "2022-06-25 09:00", "2022-06-27 14:00",
                          "2022-06-28 09:00"));
}

TEST(Stage, RemindAndDueCountFromTheSofterDateAndTheRestFromTheDueDate) {
  auto plan = once_due(2022, on_date(9, 30));
  plan.duties[0].ask_by = on_date(9, 20, "17:00");
  EXPECT_THAT(stages(plan, monthly_ladder()),
              ElementsAre("2022-09-15 09:00", "2022-09-20 09:00", "2022-10-08 14:00",
                          "2022-10-09 09:00"));
}

TEST(Stage, AChaseThatStartsLaterCountsFromThatDay) {
  EXPECT_THAT(stages(once_due(2022, on_date(5, 25, "17:00")), monthly_ladder(), day("2022-06-02")),
              ElementsAre("2022-05-20 09:00", "2022-05-25 09:00", "2022-06-06 14:00",
                          "2022-06-07 09:00"));
}

TEST(Stage, WithoutAnHourKeepsTheHourOfTheDueTimeAndHoursCountFromIt) {
  plan::Ladder ladder;
  ladder.stages = {stage(StageKind::remind, "-1d"), stage(StageKind::remind, "-8h")};
  EXPECT_THAT(stages(once_due(2022, on_date(5, 25, "17:00")), ladder),
              ElementsAre("2022-05-24 17:00", "2022-05-25 09:00"));
}

TEST(Stage, InAGapIsTheFirstInstantAfterIt) {
  auto plan = once_due(2022, on_date(3, 28, "09:00"));
  plan.zone = "Europe/Berlin";
  auto zone = Zone::find(plan.zone).value();
  plan::Ladder ladder;
  auto point = stage(StageKind::remind, "-1d 02:30");
  EXPECT_EQ(zone.format(stage_at(ladder, point, expand(plan).at(0), plan, zone)),
            "2022-03-27T03:00:00+02:00");
}

TEST(Stage, IsProvisionalWhereItCountsIntoAnUnpublishedYear) {
  auto plan = once_due(2026, on_date(12, 30));
  auto zone = Zone::find(plan.zone).value();
  auto ladder = monthly_ladder();
  auto occurrence = expand(plan).at(0);
  std::vector<bool> found;
  for (const auto& each : ladder.stages) {
    found.push_back(stage_is_provisional(ladder, each, occurrence, plan, zone));
  }
  EXPECT_THAT(found, ElementsAre(false, false, false, true));
}

TEST(Stage, OfAnUndatedOccurrenceIsACallersMistake) {
  auto plan = once_due(2022, tbd());
  auto zone = Zone::find(plan.zone).value();
  auto ladder = monthly_ladder();
  EXPECT_THROW(stage_at(ladder, ladder.stages[0], expand(plan).at(0), plan, zone),
               std::bad_optional_access);
}

}  // namespace
}  // namespace duban::calendar
