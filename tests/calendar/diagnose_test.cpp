// The mistakes that only dates show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "calendar/fixture.h"
#include "calendar/occurrence.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::Every;
using plan::OnDayOff;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

plan::Duty within(plan::Duty duty, unsigned first, unsigned last) {
  duty.within = plan::Within{first, last};
  return duty;
}

TEST(Diagnose, IsSilentOnAPlanInOrder) {
  auto table = within(duty("table", Every::month, on_day(25, "17:00")), 4, 10);
  table.on_day_off = OnDayOff::before;
  auto plan = plan_of(2022, {table, duty("dispatch", Every::month, due_of("table", "+3wd"))});
  plan.duties[1].within = plan::Within{4, 10};
  plan.ladders = {monthly_ladder()};
  plan.duties[0].ladder = plan.duties[1].ladder = 0;
  EXPECT_THAT(diagnose(plan), IsEmpty());
}

TEST(Diagnose, EachPeriodWithoutThatDayIsAnErrorAtTheDueLine) {
  auto found = diagnose(plan_of(2022, {within(duty("table", Every::month, on_day(31)), 4, 7)}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].severity, Severity::error);
  EXPECT_EQ(found[0].code, "impossible-date");
  EXPECT_EQ(found[0].place, (Place{"plan.toml", 7, 9}));
  EXPECT_EQ(found[0].message, (Bilingual{"table 2022-04:没有 2022-04-31 这一天(due 写的是“31”)",
                                         "table 2022-04: there is no 2022-04-31 (due says “31”)"}));
  EXPECT_EQ(found[0].mend.chinese, "2022-04 只有30天;月末写 \"last\"");
  EXPECT_THAT(found[1].message.chinese, HasSubstr("table 2022-06:"));
}

TEST(Diagnose, ALeapDayIsImpossibleInAnotherYearOnly) {
  auto leap = duty("leap", Every::once, on_date(2, 29));
  EXPECT_THAT(codes(plan_of(2024, {leap})), IsEmpty());
  EXPECT_THAT(codes(plan_of(2022, {leap})), ElementsAre("impossible-date"));
}

TEST(Diagnose, AnImpossibleSofterDateOrChangedPeriodIsFoundToo) {
  auto table = within(duty("table", Every::month, on_day(25)), 6, 7);
  table.ask_by = on_day(31);
  EXPECT_THAT(codes(plan_of(2022, {table})), ElementsAre("impossible-date", "ask-by-after-due"));
  table.ask_by.reset();
  table.changes["2022-06"].due = on_day(31);
  EXPECT_THAT(codes(plan_of(2022, {table})), ElementsAre("impossible-date"));
}

TEST(Diagnose, ACycleIsToldOnceWithItsRound) {
  auto found = diagnose(plan_of(2022, {duty("x", Every::once, due_of("b", "+1d")),
                                       duty("a", Every::once, due_of("c", "+1d")),
                                       duty("b", Every::once, due_of("a", "+1d")),
                                       duty("c", Every::once, due_of("b", "+1d"))}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "due-cycle");
  EXPECT_EQ(found[0].message.chinese, "a:截止日互相推算,绕成了圈:a -> c -> b -> a");
}

TEST(Diagnose, ADutyThatCountsFromItselfIsACycle) {
  EXPECT_THAT(codes(plan_of(2022, {duty("a", Every::month, due_of("a", "+1d"))})),
              ElementsAre("due-cycle"));
}

TEST(Diagnose, ATooLongChainIsToldAtTheDutyThatGoesTooFar) {
  std::vector<plan::Duty> chain{duty("d0", Every::once, on_date(3, 1))};
  for (std::size_t i = 1; i <= limits::due_chain; ++i) {
    chain.push_back(
        duty("d" + std::to_string(i), Every::once, due_of("d" + std::to_string(i - 1), "+1d")));
  }
  auto found = diagnose(plan_of(2022, chain));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "due-chain");
  EXPECT_THAT(found[0].message.chinese, HasSubstr("d16:"));
}

TEST(Diagnose, UnlikeRecurrencesAndUndatableBasesAreErrors) {
  auto monthly = within(duty("m", Every::month, on_day(5)), 4, 5);
  EXPECT_THAT(codes(plan_of(2022, {monthly, duty("q", Every::quarter, due_of("m", "+1d"))})),
              ElementsAre("due-unlike"));
  EXPECT_THAT(codes(plan_of(2022, {monthly, duty("o", Every::once, held_of("m", "+1d"))})),
              ElementsAre("due-unlike"));
  EXPECT_THAT(codes(plan_of(2022, {duty("n", Every::once, none()),
                                   duty("o", Every::once, due_of("n", "+1d"))})),
              ElementsAre("due-never"));
  EXPECT_THAT(codes(plan_of(2022, {duty("o", Every::once, due_of("nobody", "+1d"))})),
              ElementsAre("unknown-duty"));
}

TEST(Diagnose, OnceAndYearlyRecurAlike) {
  EXPECT_THAT(codes(plan_of(2022, {duty("y", Every::year, on_day_of_month(12, 9)),
                                   duty("o", Every::once, due_of("y", "+1wd"))})),
              IsEmpty());
}

TEST(Diagnose, AnEventTermAloneIsExtended) {
  auto fixed = duty("fixed", Every::once, on_date(10, 5));
  fixed.on_day_off = OnDayOff::extend;
  EXPECT_THAT(codes(plan_of(2022, {fixed})), ElementsAre("extend-without-event"));
}

TEST(Diagnose, ADateLeftOutByTheYearIsAWarningOnlyWherePeriodsAreNamed) {
  auto late = duty("late", Every::once, on_date(12, 31));
  late.on_day_off = OnDayOff::after;
  auto found = diagnose(plan_of(2022, {late}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(found[0].message.chinese, "late 2022:截止日 2023-01-03 不在 2022 年内,这一期不算");

  auto monthly = duty("m", Every::month, on_day(5));
  monthly.about = plan::About::period_before;
  EXPECT_THAT(codes(plan_of(2022, {monthly})), IsEmpty());
  EXPECT_THAT(codes(plan_of(2022, {within(monthly, 11, 12)})), ElementsAre("due-outside-year"));
}

TEST(Diagnose, ADateOutsideItsBoundsIsAnError) {
  auto meeting = duty("meeting", Every::once, on_date(7, 1));
  meeting.bounds = {day("2022-06-01"), day("2022-06-30")};
  EXPECT_THAT(codes(plan_of(2022, {meeting})), ElementsAre("due-outside-within"));
  meeting.due = on_date(6, 30);
  EXPECT_THAT(codes(plan_of(2022, {meeting})), IsEmpty());
}

TEST(Diagnose, APeriodWithTooFewWorkingDaysIsAWarning) {
  auto found = diagnose(plan_of(2022, {within(duty("w", Every::week, nth_wd(3)), 39, 40)}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "too-few-working-days");
  EXPECT_THAT(found[0].message.chinese, HasSubstr("2022-W40 只有2个工作日,取 2022-10-09"));
}

TEST(Diagnose, AStageOutOfOrderIsToldOnceADuty) {
  auto plan = plan_of(2022, {within(duty("table", Every::month, on_day(25)), 4, 10)});
  plan.ladders = {monthly_ladder()};
  plan.ladders[0].stages[0] = stage(StageKind::remind, "+0d 10:00");
  plan.duties[0].ladder = 0;
  auto found = diagnose(plan);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "stage-order");
  EXPECT_THAT(found[0].message.chinese, HasSubstr("“remind +0d 10:00”落在“due 0d 09:00”之后"));
}

TEST(Diagnose, AStageOnTheWrongSideOfTheDueTimeIsFound) {
  auto plan = plan_of(2022, {duty("noon", Every::once, on_date(5, 25, "08:00"))});
  plan.ladders = {monthly_ladder()};
  plan.duties[0].ladder = 0;
  auto found = diagnose(plan);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "stage-after-due");
  EXPECT_EQ(found[0].severity, Severity::warning);

  plan.ladders[0].stages = {stage(StageKind::overdue, "0d 07:00")};
  EXPECT_THAT(codes(plan), ElementsAre("stage-before-due"));
}

TEST(Diagnose, AnUnpublishedYearIsOneWarning) {
  auto table = within(duty("table", Every::month, on_day(25)), 4, 10);
  table.on_day_off = OnDayOff::before;
  auto found = diagnose(plan_of(2027, {table}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "calendar-unpublished");
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_THAT(found[0].message.chinese, HasSubstr("有7个日子"));
}

TEST(Diagnose, AnUnknownZoneIsAnErrorWithTheOneMeant) {
  auto plan = plan_of(2022, {});
  plan.zone = "Asia/Shangai";
  auto found = diagnose(plan);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "unknown-zone");
  EXPECT_EQ(found[0].mend.chinese, "是不是“Asia/Shanghai”?");
}

TEST(Diagnose, AYearBeyondTheZonesRulesIsAWarning) {
  EXPECT_THAT(codes(plan_of(2038, {})), ElementsAre("zone-rules-end"));
}

// Two thousand duties of every day for two thousand units each would fill the memory.
TEST(Diagnose, MoreAssignmentsThanCanBeLookedAtAreTooMany) {
  auto weekly = duty("w", Every::week, on_weekday(std::chrono::Tuesday));
  weekly.who.assign(limits::plan_assignments / 60, "edu");
  EXPECT_THAT(codes(plan_of(2022, {weekly})), IsEmpty());
  weekly.who.assign(limits::plan_assignments / 50, "edu");
  EXPECT_THAT(codes(plan_of(2022, {weekly})), ElementsAre("too-many"));
}

}  // namespace
}  // namespace duban::calendar
