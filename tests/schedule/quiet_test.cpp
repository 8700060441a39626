// Silences, and the hours of units and channels: what is put off is told later, once.
#include "schedule/quiet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Lines heard(Lines lines) {
  std::erase_if(lines, [](const std::string& line) { return line.find(" office ") != line.npos; });
  return lines;
}

Life begun(plan::Plan plan) {
  Life life{std::move(plan)};
  life.step("05-10 10:00");
  return life;
}

Fact silence(std::string_view unit, std::string_view from, std::string_view until,
             std::string_view stage = "", std::string_view duty = "") {
  auto made = fact(FactKind::silenced, {std::string{duty}, "", std::string{unit}, ""}, from);
  made.time = at(until);
  made.subject = stage;
  made.note = "防汛";
  return made;
}

// The 25th of May 2022 is a Wednesday; the reminder is planned for Friday the 20th, 09:00.
plan::Plan two_units() {
  return office_of({paper("plan", 5, 25, "17:00", {"a", "b"})});
}

plan::Plan with_ladder_of_two(plan::Plan plan) {
  plan.ladders = {
      ladder_of({{StageKind::remind, "-8wd 09:00"}, {StageKind::remind, "-3wd 09:00"}})};
  return plan;
}

TEST(Silenced, AUnitHearsItsNewestStageOnceAtTheEnd) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-24 10:00"));
  EXPECT_THAT(heard(life.run_to("05-24 18:00")),
              ElementsAre("05-20 09:00 b plan remind -3wd 09:00",
                          "05-24 10:00 a plan remind -3wd 09:00"));
}

TEST(Silenced, WhatAnEndOutsideTheHoursFreesWaitsForThem) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-21 00:00"));
  EXPECT_THAT(heard(life.run_to("05-24 18:00")),
              ElementsAre("05-20 09:00 b plan remind -3wd 09:00",
                          "05-23 08:30 a plan remind -3wd 09:00"));
}

TEST(Silenced, SeveralStagesAreOne) {
  auto life = begun(with_ladder_of_two(two_units()));
  life.record("05-12 10:00", silence("a", "05-12 10:00", "05-23 10:00"));
  EXPECT_THAT(heard(life.run_to("05-24 18:00")),
              ElementsAre("05-13 09:00 b plan remind -8wd 09:00",
                          "05-20 09:00 b plan remind -3wd 09:00",
                          "05-23 10:00 a plan remind -3wd 09:00"));
}

TEST(Silenced, ADueTimeThatPassesUnheardIsChasedAfterACheckFromItsEnd) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-27 10:00"));
  life.run_to("05-26 10:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  // b goes the ladder's way; a's check came before its silence ended
  EXPECT_THAT(heard(life.run_to("05-30 18:00")),
              ElementsAre("05-26 14:00 b plan overdue +1wd 14:00",
                          "05-26 16:30 b plan escalate +2wd 09:00 draft"));
  life.record("05-30 18:00", fact(FactKind::checked, of("", "plan"), "05-30 18:00"));
  EXPECT_THAT(heard(life.run_to("06-02 18:00")),
              ElementsAre("05-31 14:00 a plan overdue +1wd 14:00",
                          "05-31 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Silenced, NobodyIsWokenForAChaseThatWillWaitForACheck) {
  auto plan = office_of({paper("plan", 5, 25, "17:00", {"a"})});
  plan.ladders = {ladder_of({{StageKind::due, "0d 09:00"}, {StageKind::overdue, "+1wd 14:00"}})};
  for (auto& stage : plan.ladders[0].stages) stage.after_checked = false;
  auto life = begun(std::move(plan));
  life.record("05-24 10:00", silence("a", "05-24 10:00", "05-26 10:00"));
  EXPECT_THAT(heard(life.run_to("05-27 18:00")), IsEmpty());
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(Silenced, TheOfficesListGoesOn) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-31 10:00"));
  EXPECT_THAT(life.run_to("05-26 18:00"), Contains(HasSubstr("05-26 16:30 office list")));
}

TEST(Silenced, OneThatStandsIsOnTheOfficesListOfAWeeksFirstWorkingDay) {
  auto life = begun(office_of({paper("plan", 12, 20, "17:00", {"a", "b"})}));
  life.record("05-19 10:00", silence("a", "05-19 10:00", "06-16 10:00"));
  auto lines = life.run_to("06-24 18:00");
  std::erase_if(lines, [](const auto& line) { return line.find("office list") == line.npos; });
  EXPECT_THAT(lines, ElementsAre(HasSubstr("05-23 16:30 office list"),
                                 HasSubstr("05-30 16:30 office list"),
                                 HasSubstr("06-06 16:30 office list"),
                                 HasSubstr("06-13 16:30 office list")));
}

TEST(Silenced, OnlyOneKindOfStageMayBeMuted) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-31 00:00", "remind"));
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              ElementsAre("05-20 09:00 b plan remind -3wd 09:00",
                          "05-25 09:00 a plan due 0d 09:00", "05-25 09:00 b plan due 0d 09:00"));
}

TEST(Silenced, ADutyMayBeMutedForAll) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 5, 25)}));
  life.record("05-19 10:00", silence("", "05-19 10:00", "05-24 10:00", "", "plan"));
  EXPECT_THAT(heard(life.run_to("05-24 18:00")),
              ElementsAre("05-20 09:00 a other remind -3wd 09:00",
                          "05-24 10:00 a plan remind -3wd 09:00"));
}

TEST(Silenced, AChangeIsHeardAtTheEndAsOne) {
  auto life = begun(two_units());
  life.record("05-12 10:00", silence("a", "05-12 10:00", "05-18 10:00"));
  auto moved = office_of({paper("plan", 5, 27, "17:00", {"a", "b"})});
  EXPECT_THAT(heard(life.edit("05-13 10:00", moved)),
              ElementsAre("05-13 10:00 b plan change 05-25>05-27"));
  EXPECT_THAT(heard(life.run_to("05-19 18:00")),
              ElementsAre("05-18 10:00 a plan change 05-25>05-27"));
}

// The 21st is a Saturday: the hours open again after the due time.
TEST(Silenced, WhatTheHoursWouldPutOffPastTheDueTimeIsHeardAtTheEnd) {
  auto life = begun(two_units());
  life.record("05-12 10:00", silence("a", "05-12 10:00", "05-21 12:00"));
  life.edit("05-13 10:00", office_of({paper("plan", 5, 22, "17:00", {"a", "b"})}));
  EXPECT_THAT(heard(life.run_to("05-23 18:00")),
              Contains("05-21 12:00 a plan change 05-25>05-22"));
}

TEST(Silenced, WhoHandsInMeanwhileHearsNothing) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-24 10:00"));
  life.record("05-23 10:00", fact(FactKind::received, of("a", "plan"), "05-23 09:00"));
  EXPECT_THAT(heard(life.run_to("06-10 18:00")), Not(Contains(HasSubstr(" a "))));
}

TEST(Silenced, VoidedItEndsAtOnce) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-31 10:00"));
  auto seq = life.past().facts().back().seq;
  life.run_to("05-20 15:00");
  EXPECT_THAT(heard(life.voids("05-20 15:00", seq)),
              ElementsAre("05-20 15:00 a plan remind -3wd 09:00"));
}

TEST(Silenced, OneToComeMutesNothingBefore) {
  auto life = begun(two_units());
  auto coming = silence("a", "05-24 00:00", "05-31 00:00");
  EXPECT_THAT(heard(life.record("05-19 10:00", coming)), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              ElementsAre("05-20 09:00 a plan remind -3wd 09:00",
                          "05-20 09:00 b plan remind -3wd 09:00",
                          "05-25 09:00 b plan due 0d 09:00"));
}

TEST(Silenced, PlannedInTheFileItIsTheSame) {
  auto plan = two_units();
  plan.silences.push_back({.from = day("2022-05-19"), .to = day("2022-05-23"), .units = {"a"},
                           .why = "防汛", .place = {}});
  auto life = begun(plan);
  EXPECT_THAT(heard(life.run_to("05-24 18:00")),
              ElementsAre("05-20 09:00 b plan remind -3wd 09:00",
                          "05-24 08:30 a plan remind -3wd 09:00"));
}

TEST(Silenced, AStageKnowsWhenItWasPlannedAndWhyItIsHeardLater) {
  auto life = begun(two_units());
  life.record("05-19 10:00", silence("a", "05-19 10:00", "05-24 10:00"));
  auto all = assignments(life.timetable(), life.past(), at("05-20 12:00"));
  const auto& reminder = all.front().points.front();
  EXPECT_EQ(reminder.planned, at("05-20 09:00"));
  EXPECT_EQ(reminder.at, at("05-24 10:00"));
  EXPECT_EQ(reminder.reason, Reason::silenced);
}

plan::Plan with_hours(plan::Plan plan, DaySpan hours) {
  plan.units[0].window.hours = hours;
  return plan;
}

constexpr DaySpan afternoon{Seconds{14 * 3600}, Seconds{17 * 3600}};

TEST(Hours, OfAUnitPutItsStagesOffAndNobodyElses) {
  auto life = begun(with_hours(two_units(), afternoon));
  EXPECT_THAT(heard(life.run_to("05-20 18:00")),
              ElementsAre("05-10 14:00 a plan start", "05-20 09:00 b plan remind -3wd 09:00",
                          "05-20 14:00 a plan remind -3wd 09:00"));
}

TEST(Hours, WhatWouldComeAfterTheDueTimeGoesBefore) {
  auto early = office_of({paper("plan", 5, 25, "12:00", {"a", "b"})});
  auto life = begun(with_hours(early, afternoon));
  EXPECT_THAT(heard(life.run_to("05-25 13:00")),
              Contains("05-24 16:30 a plan due 0d 09:00"));
}

TEST(Hours, OfAChannelPutOffWhatGoesThere) {
  auto plan = two_units();
  plan.channel_windows["mail"].quiet = DaySpan{Seconds{8 * 3600}, Seconds{10 * 3600}};
  auto life = begun(plan);
  EXPECT_THAT(heard(life.run_to("05-20 18:00")),
              ElementsAre("05-20 10:00 a plan remind -3wd 09:00",
                          "05-20 10:00 b plan remind -3wd 09:00"));
}

TEST(Hours, QuietMayRunOverMidnight) {
  DaySpan night{Seconds{22 * 3600}, Seconds{7 * 3600}};
  EXPECT_TRUE(night.contains(Seconds{23 * 3600}));
  EXPECT_TRUE(night.contains(Seconds{6 * 3600}));
  EXPECT_FALSE(night.contains(Seconds{7 * 3600}));
}

TEST(Hours, ThatNeverOpenPutNothingOffForEver) {
  auto plan = with_hours(two_units(), afternoon);
  plan.units[0].window.quiet = afternoon;
  auto life = begun(plan);
  auto searched = at("05-20 09:00") + std::chrono::days{limits::days_put_off};
  EXPECT_THAT(heard(life.run_to(searched)), Contains("05-20 09:00 a plan remind -3wd 09:00"));
}

}  // namespace
}  // namespace duban::schedule
