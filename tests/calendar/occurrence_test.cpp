// Periods of duties in a plan's year: within, about, changes, bounds, relative due dates.
#include "calendar/occurrence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using plan::About;
using plan::Every;
using plan::OnDayOff;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Occurrence, WithinCountsThePeriodsReportedAbout) {
  auto reported = duty("table", Every::month, on_day(10));
  reported.about = About::period_before;
  reported.within = plan::Within{4, 6};
  EXPECT_THAT(dues(plan_of(2022, {reported})),
              ElementsAre("2022-04 2022-05-10", "2022-05 2022-06-10", "2022-06 2022-07-10"));
}

TEST(Occurrence, TheQuarterlyBriefingFallsInTheQuarterAfter) {
  auto briefing = duty("briefing", Every::quarter, nth_wd(7));
  briefing.about = About::period_before;
  briefing.within = plan::Within{2, 3};
  EXPECT_THAT(dues(plan_of(2022, {briefing})),
              ElementsAre("2022-Q2 2022-07-11", "2022-Q3 2022-10-14"));
}

TEST(Occurrence, TheYearBoundsDueDatesNotPeriods) {
  auto reported = duty("table", Every::month, on_day(10));
  reported.about = About::period_before;
  auto lines = dues(plan_of(2022, {reported}));
  EXPECT_THAT(lines, SizeIs(12));
  EXPECT_EQ(lines.front(), "2021-12 2022-01-10");
  EXPECT_EQ(lines.back(), "2022-11 2022-12-10");
}

TEST(Occurrence, WithinNamesPeriodsOfThePlansOwnYear) {
  auto reported = duty("table", Every::month, on_day(10));
  reported.about = About::period_before;
  reported.within = plan::Within{11, 12};
  EXPECT_THAT(dues(plan_of(2022, {reported})), ElementsAre("2022-11 2022-12-10"));
}

TEST(Occurrence, AWeekAcrossNewYearBelongsToTheYearOfItsDueDate) {
  auto weekly = duty("weekly", Every::week, on_weekday(std::chrono::Tuesday));
  EXPECT_THAT(dues(plan_of(2025, {weekly})), Contains("2026-W01 2025-12-30"));
  auto next = dues(plan_of(2026, {weekly}));
  EXPECT_EQ(next.front(), "2026-W02 2026-01-06");
  EXPECT_EQ(next.back(), "2026-W53 2026-12-29");
  auto sunday = duty("weekly", Every::week, on_weekday(std::chrono::Sunday));
  EXPECT_EQ(dues(plan_of(2022, {sunday})).front(), "2021-W52 2022-01-02");
}

TEST(Occurrence, ADateMovedOverNewYearBelongsToTheNewYear) {
  auto half = duty("half", Every::half_year, last());
  half.about = About::period_before;
  half.on_day_off = OnDayOff::after;
  EXPECT_THAT(dues(plan_of(2022, {half})), ElementsAre("2021-H2 2022-06-30"));
  EXPECT_THAT(dues(plan_of(2023, {half})),
              ElementsAre("2022-H1 2023-01-03", "2022-H2 2023-06-30"));
  auto weekly = duty("weekly", Every::week, on_weekday(std::chrono::Friday));
  auto reply = duty("reply", Every::week, due_of("weekly", "+15wd"));
  EXPECT_EQ(dues(plan_of(2022, {weekly, reply}), {}, 1).back(), "2022-W49 2022-12-30");
  EXPECT_EQ(dues(plan_of(2023, {weekly, reply}), {}, 1).front(), "2022-W50 2023-01-09");
}

TEST(Occurrence, ADateMovedOutOfTheYearIsDropped) {
  auto late = duty("late", Every::once, on_date(12, 31));
  late.on_day_off = OnDayOff::after;
  EXPECT_THAT(dues(plan_of(2022, {late})), IsEmpty());
}

TEST(Occurrence, WithoutADateSaysWhy) {
  auto undecided = duty("visit", Every::once, tbd());
  auto events = duty("news", Every::month, none());
  events.within = plan::Within{4, 5};
  auto plan = plan_of(2022, {undecided, events});
  EXPECT_THAT(dues(plan), ElementsAre("2022 - undecided"));
  EXPECT_THAT(dues(plan, {}, 1), ElementsAre("2022-04 - never", "2022-05 - never"));
  EXPECT_THAT(lines_of(expand(plan).at(0).why), ElementsAre("时限待定,由办公室确定"));
}

TEST(Occurrence, WithoutADateHasTheYearsOwnPeriodsOnly) {
  EXPECT_THAT(dues(plan_of(2022, {duty("news", Every::month, none())})), SizeIs(12));
}

TEST(Occurrence, APeriodCanBeMovedOrExcused) {
  auto table = duty("table", Every::month, on_day(25, "17:00"));
  table.within = plan::Within{8, 10};
  table.on_day_off = OnDayOff::before;
  table.changes["2022-08"].due = on_day(20, "12:00");
  table.changes["2022-09"].excused = "与年度小结合并";
  auto plan = plan_of(2022, {table});
  EXPECT_THAT(dues(plan), ElementsAre("2022-08 2022-08-19 12:00", "2022-09 - excused",
                                      "2022-10 2022-10-25 17:00"));
  EXPECT_EQ(expand(plan).at(1).excused, "与年度小结合并");
}

TEST(Occurrence, TheSofterDateStandsBesideTheDueDateAndMovesWithItsPeriod) {
  auto summary = duty("summary", Every::once, on_date(9, 30));
  summary.ask_by = on_date(9, 20, "17:00");
  auto plan = plan_of(2022, {summary});
  auto zone = Zone::find(plan.zone).value();
  auto occurrence = expand(plan).at(0);
  EXPECT_EQ(zone.format(*occurrence.ask_by), "2022-09-20T17:00:00+08:00");
  EXPECT_TRUE(occurrence.ask_by_has_hour);
  EXPECT_EQ(zone.format(*occurrence.due), "2022-09-30T23:59:59+08:00");
  EXPECT_THAT(lines_of(occurrence.why),
              Contains("希望时间:2022按“9-20 17:00”为2022-09-20(周二) 17:00"));

  plan.duties[0].changes["2022"].ask_by = on_date(9, 16);
  EXPECT_EQ(zone.format(*expand(plan).at(0).ask_by), "2022-09-16T23:59:59+08:00");
}

TEST(Occurrence, ASofterDateMayCountFromItsOwnDueDate) {
  auto summary = duty("summary", Every::once, on_date(9, 30));
  summary.ask_by = due_of("summary", "-5wd 17:00");
  auto plan = plan_of(2022, {summary});
  auto zone = Zone::find(plan.zone).value();
  EXPECT_EQ(zone.format(*expand(plan).at(0).ask_by), "2022-09-23T17:00:00+08:00");
  EXPECT_THAT(codes(plan), IsEmpty());
}

TEST(Relative, CountsFromTheSamePeriodsDueDateOfAnotherDuty) {
  auto table = duty("table", Every::month, on_day(25, "17:00"));
  table.name = "月调度表";
  table.within = plan::Within{5, 6};
  table.on_day_off = OnDayOff::before;
  auto dispatch = duty("dispatch", Every::month, due_of("table", "+3wd 12:00"));
  dispatch.within = plan::Within{5, 6};
  auto plan = plan_of(2022, {table, dispatch});
  EXPECT_THAT(dues(plan, {}, 1),
              ElementsAre("2022-05 2022-05-30 12:00", "2022-06 2022-06-29 12:00"));
  EXPECT_THAT(lines_of(expand(plan).at(3).why),
              ElementsAre("月调度表:2022-06按“25 17:00”为2022-06-25(周六) 17:00",
                          "月调度表:2022-06-25(周六)不上班,提前到2022-06-24(周五)",
                          "“table.due +3wd 12:00”自2022-06-24(周五)起,为2022-06-29(周三) 12:00"));
}

TEST(Relative, FollowsAMovedPeriodAndAnExcusedOne) {
  auto table = duty("table", Every::month, on_day(25));
  table.within = plan::Within{8, 9};
  table.changes["2022-08"].due = on_day(22);
  table.changes["2022-09"].excused = "与年度小结合并";
  auto dispatch = duty("dispatch", Every::month, due_of("table", "+3wd"));
  dispatch.within = plan::Within{8, 9};
  EXPECT_THAT(dues(plan_of(2022, {table, dispatch}), {}, 1),
              ElementsAre("2022-08 2022-08-25", "2022-09 2022-09-28"));
}

TEST(Relative, CountsBackFromAPlannedMeetingOnceItIsDated) {
  auto draft = duty("draft", Every::once, due_of("meeting", "-10wd"));
  auto meeting = duty("meeting", Every::once, tbd());
  EXPECT_THAT(dues(plan_of(2022, {draft, meeting})), ElementsAre("2022 - waiting"));
  meeting.due = on_date(6, 16, "09:00");
  EXPECT_THAT(dues(plan_of(2022, {draft, meeting})), ElementsAre("2022 2022-06-01"));
}

TEST(Relative, CountsFromTheDayAMeetingWasHeld) {
  auto visit = duty("visit", Every::once, none());
  auto mending = duty("mending", Every::once, held_of("visit", "+15wd"));
  auto plan = plan_of(2022, {visit, mending});
  EXPECT_THAT(dues(plan, {}, 1), ElementsAre("2022 - waiting"));
  HeldOn held{{{"visit", "2022"}, civil("2022-05-25 15:00")}};
  EXPECT_THAT(dues(plan, held, 1), ElementsAre("2022 2022-06-16"));
}

TEST(Relative, AHeldMeetingOfOnePeriodDatesThatPeriodOnly) {
  auto meeting = duty("meeting", Every::quarter, none());
  auto minutes = duty("minutes", Every::quarter, held_of("meeting", "+7d"));
  minutes.within = plan::Within{2, 3};
  HeldOn held{{{"meeting", "2022-Q2"}, civil("2022-06-20 09:00")}};
  EXPECT_THAT(dues(plan_of(2022, {meeting, minutes}), held, 1),
              ElementsAre("2022-Q2 2022-06-27", "2022-Q3 - waiting"));
}

TEST(Relative, AnExtendedTermGrowsByTheHoliday) {
  auto visit = duty("visit", Every::once, none());
  auto reply = duty("reply", Every::once, held_of("visit", "+11d 17:00"));
  reply.on_day_off = OnDayOff::extend;
  HeldOn held{{{"visit", "2022"}, civil("2022-09-01 09:00")}};
  EXPECT_THAT(dues(plan_of(2022, {visit, reply}), held, 1), ElementsAre("2022 2022-09-15 17:00"));
}

TEST(Relative, OnePeriodMayCountFromAThingOfTheYear) {
  auto summary = duty("summary", Every::once, on_date(9, 30));
  auto table = duty("table", Every::month, on_day(25));
  table.within = plan::Within{8, 9};
  table.changes["2022-09"].due = due_of("summary", "-8wd");
  auto plan = plan_of(2022, {summary, table});
  EXPECT_THAT(dues(plan, {}, 1), ElementsAre("2022-08 2022-08-25", "2022-09 2022-09-20"));
  EXPECT_THAT(codes(plan), IsEmpty());
}

TEST(Relative, FollowsAChain) {
  std::vector<plan::Duty> chain{duty("d0", Every::once, on_date(3, 1))};
  for (int i = 1; i < 16; ++i) {
    chain.push_back(duty("d" + std::to_string(i), Every::once,
                         due_of("d" + std::to_string(i - 1), "+1d")));
  }
  auto plan = plan_of(2022, chain);
  EXPECT_THAT(dues(plan, {}, 15), ElementsAre("2022 2022-03-16"));
  EXPECT_THAT(codes(plan), IsEmpty());
}

TEST(Relative, ACycleOrAnUnlikeRecurrenceWaitsForever) {
  auto plan = plan_of(2022, {duty("a", Every::once, due_of("b", "+1d")),
                             duty("b", Every::once, due_of("a", "+1d")),
                             duty("c", Every::once, due_of("a", "+1d")),
                             duty("d", Every::month, due_of("c", "+1d"))});
  plan.duties[3].within = plan::Within{4, 4};
  EXPECT_THAT(dues(plan), ElementsAre("2022 - waiting"));
  EXPECT_THAT(dues(plan, {}, 2), ElementsAre("2022 - waiting"));
  EXPECT_THAT(dues(plan, {}, 3), ElementsAre("2022-04 - waiting"));
}

TEST(Provisional, IsADateForWhichAnUnpublishedYearWasLookedUp) {
  auto fixed = duty("fixed", Every::once, on_date(3, 31));
  auto shifted = duty("shifted", Every::once, on_date(3, 31));
  shifted.on_day_off = OnDayOff::before;
  auto counted = duty("counted", Every::once, due_of("fixed", "+3wd"));
  auto after = duty("after", Every::once, due_of("counted", "+3d"));
  auto plan = plan_of(2027, {fixed, shifted, counted, after});
  EXPECT_THAT(dues(plan), ElementsAre("2027 2027-03-31"));
  EXPECT_THAT(dues(plan, {}, 1), ElementsAre("2027 2027-03-31 provisional"));
  EXPECT_THAT(dues(plan, {}, 2), ElementsAre("2027 2027-04-05 provisional"));
  EXPECT_THAT(dues(plan, {}, 3), ElementsAre("2027 2027-04-08 provisional"));
  EXPECT_THAT(lines_of(expand(plan).at(1).why), Contains("所及年份的放假安排尚未公布,暂定"));
}

TEST(Provisional, IsEveryNthAndLastWorkingDayOfSuchAYear) {
  auto nth = duty("nth", Every::quarter, nth_wd(7));
  nth.within = plan::Within{1, 1};
  auto final_day = duty("last", Every::quarter, last_wd());
  final_day.within = plan::Within{1, 1};
  EXPECT_THAT(dues(plan_of(2027, {nth})), ElementsAre("2027-Q1 2027-01-11 provisional"));
  EXPECT_THAT(dues(plan_of(2027, {final_day})), ElementsAre("2027-Q1 2027-03-31 provisional"));
  EXPECT_THAT(dues(plan_of(2026, {final_day})), ElementsAre("2026-Q1 2026-03-31"));
}

TEST(Provisional, TurnsFirmWhenTheYearIsPublished) {
  auto shifted = duty("shifted", Every::once, on_date(10, 5));
  shifted.on_day_off = OnDayOff::before;
  auto plan = plan_of(2027, {shifted});
  EXPECT_THAT(dues(plan), ElementsAre("2027 2027-10-05 provisional"));
  auto published = *china();
  published.years.back().status = plan::YearStatus::published;
  for (unsigned i = 1; i <= 7; ++i) published.off[make_day(2027, 10, i)] = "国庆节";
  plan.calendar = std::make_shared<const plan::WorkCalendar>(published);
  EXPECT_THAT(dues(plan), ElementsAre("2027 2027-09-30"));
}

TEST(Occurrence, LiesInTheZoneOfThePlan) {
  auto plan = plan_of(2022, {duty("gap", Every::once, on_date(3, 27, "02:30")),
                             duty("fold", Every::once, on_date(10, 30, "02:30"))});
  plan.zone = "Europe/Berlin";
  auto found = expand(plan);
  EXPECT_EQ(format_rfc3339(*found[0].due), "2022-03-27T01:00:00Z");
  EXPECT_EQ(format_rfc3339(*found[1].due), "2022-10-30T00:30:00Z");
}

}  // namespace
}  // namespace duban::calendar
