// The level-triggered rule, case by case: what a unit hears, and what it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

#include "base/limits.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What units hear, the office's lists left out.
Lines heard(Lines lines) {
  std::erase_if(lines, [](const std::string& line) { return line.find(" office ") != line.npos; });
  return lines;
}

// May 2022: the 1st to 4th off, Saturday the 7th worked; the 20th is a Friday, the 25th a
// Wednesday.
plan::Plan one_paper(unsigned due_day = 25) { return office_of({paper("plan", 5, due_day)}); }

Life begun(plan::Plan plan, std::string_view when = "05-10 10:00") {
  Life life{std::move(plan)};
  life.step(when);
  return life;
}

plan::Plan with_ladder(plan::Plan plan, std::vector<std::pair<StageKind, std::string>> stages) {
  plan.ladders = {ladder_of(std::move(stages))};
  return plan;
}

TEST(Rule, AYearWithoutAnswerClimbsTheLadder) {
  auto life = begun(one_paper());
  EXPECT_THAT(heard(life.run_to("05-26 10:00")),
              ElementsAre("05-20 09:00 a plan remind -3wd 09:00",
                          "05-25 09:00 a plan due 0d 09:00"));
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  EXPECT_THAT(heard(life.run_to("06-10 10:00")),
              ElementsAre("05-26 14:00 a plan overdue +1wd 14:00",
                          "05-26 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Rule, FirstStartInMidYearTellsTheOpenAndIsSilentAboutThePast) {
  Life life{office_of({paper("past", 5, 10), paper("near", 5, 25), paper("far", 9, 30)})};
  EXPECT_THAT(life.step("05-23 10:00"),
              ElementsAre("05-23 10:00 a near start", "05-23 10:00 a near remind -3wd 09:00",
                          "05-23 10:00 a far start"));
  EXPECT_EQ(life.notices().size(), 1U);
  EXPECT_TRUE(life.list().empty());
}

TEST(Rule, FirstStartOnASaturdayWaitsForMonday) {
  Life life{one_paper()};
  EXPECT_THAT(life.step("05-21 10:00"), IsEmpty());
  EXPECT_THAT(life.run_to("05-24 10:00"),
              ElementsAre("05-23 08:30 a plan start", "05-23 08:30 a plan remind -3wd 09:00"));
}

TEST(Rule, AtOnceNeverWaitsPastTheDueTime) {
  Life life{office_of({paper("plan", 5, 22, "12:00")})};
  EXPECT_THAT(heard(life.step("05-21 10:00")), Contains("05-21 10:00 a plan start"));
}

TEST(Rule, WhoHasHandedInHearsNoMore) {
  auto life = begun(one_paper());
  life.record("05-19 16:40", fact(FactKind::received, of("a", "plan"), "05-19 16:40"));
  EXPECT_THAT(life.run_to("12-31 12:00"), IsEmpty());
}

TEST(Rule, HandedInOfTwoUnitsLeavesTheOther) {
  auto life = begun(office_of({paper("plan", 5, 25, "17:00", {"a", "b"})}));
  life.record("05-19 16:40", fact(FactKind::received, of("a", "plan"), "05-19 16:40"));
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              ElementsAre("05-20 09:00 b plan remind -3wd 09:00",
                          "05-25 09:00 b plan due 0d 09:00"));
}

TEST(Rule, ADueDateMovedThereAndBackTellsTwiceMore) {
  auto life = begun(one_paper());
  EXPECT_THAT(life.edit("05-11 10:00", one_paper(20)),
              ElementsAre("05-11 10:00 a plan change 05-25>05-20"));
  EXPECT_THAT(life.edit("05-12 10:00", one_paper(25)),
              ElementsAre("05-12 10:00 a plan change 05-20>05-25"));
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              ElementsAre("05-20 09:00 a plan remind -3wd 09:00",
                          "05-25 09:00 a plan due 0d 09:00"));
}

TEST(Rule, AChangeStandsForTheStagesOfTheNewDateAlreadyPast) {
  auto life = begun(one_paper(), "05-10 10:00");
  EXPECT_THAT(life.edit("05-18 10:00", one_paper(20)),
              ElementsAre("05-18 10:00 a plan change 05-25>05-20"));
  EXPECT_THAT(heard(life.run_to("05-20 12:00")), ElementsAre("05-20 09:00 a plan due 0d 09:00"));
}

TEST(Rule, AChangeTakenBackBeforeItIsToldIsNotTold) {
  auto life = begun(one_paper());
  EXPECT_THAT(life.edit("05-14 10:00", one_paper(20)), IsEmpty());
  EXPECT_THAT(life.edit("05-15 10:00", one_paper(25)), IsEmpty());
  EXPECT_THAT(life.run_to("05-19 10:00"), IsEmpty());
}

TEST(Rule, AChangeThatWaitsForTheHoursIsTheNextReasonToLook) {
  auto moved = [](unsigned due_day) {
    return with_ladder(one_paper(due_day), {{StageKind::remind, "-2d 09:00"}});
  };
  auto life = begun(moved(20), "04-28 10:00");
  EXPECT_THAT(life.edit("05-02 10:00", moved(6)), IsEmpty());
  EXPECT_THAT(life.run_to("05-05 10:00"), ElementsAre("05-05 08:30 a plan change 05-20>05-06"));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(Rule, WhatIsSaidBehindTheCursorAndWaitsForTheHoursIsToldWhenTheyOpen) {
  auto life = begun(one_paper());
  life.step("05-12 17:00");
  // The clock is put back by a day.
  EXPECT_THAT(life.edit("05-11 18:00", one_paper(20)), IsEmpty());
  EXPECT_THAT(life.run_to("05-13 10:00"), ElementsAre("05-12 08:30 a plan change 05-25>05-20"));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(Rule, WhatComesDueBehindTheCursorIsToldAtItsTime) {
  auto life = begun(one_paper());
  life.record("05-10 11:00", fact(FactKind::received, of("a", "plan"), "05-10 11:00"));
  auto received = life.last();
  life.step("05-20 12:00");
  life.voids("05-19 10:00", received);
  EXPECT_THAT(life.run_to("05-23 10:00"), ElementsAre("05-20 09:00 a plan remind -3wd 09:00"));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(Rule, ChangesOfOneEditGoInOneNotice) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 6, 24)}));
  auto told = life.edit("05-11 10:00", office_of({paper("plan", 5, 26), paper("other", 6, 23)}));
  EXPECT_EQ(told.size(), 2U);
  EXPECT_EQ(life.notices().size(), 1U);
}

TEST(Rule, ADateMovedBehindNowIsToldToNobodyAndTheOfficeHasToSetOne) {
  auto life = begun(one_paper());
  EXPECT_THAT(life.edit("05-18 10:00", one_paper(17)), IsEmpty());
  EXPECT_EQ(life.list().undated.size(), 1U);
  EXPECT_TRUE(life.list().undated.at(0).dated_too_late);
  EXPECT_THAT(heard(life.run_to("05-31 10:00")), IsEmpty());
}

TEST(Rule, AReminderMovedLaterAfterItWasToldTellsNobodyTwice) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  auto later = with_ladder(one_paper(), {{StageKind::remind, "-1wd 09:00"},
                                         {StageKind::due, "0d 09:00"}});
  EXPECT_THAT(life.edit("05-20 13:00", later), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-25 12:00")), ElementsAre("05-25 09:00 a plan due 0d 09:00"));
}

TEST(Rule, AReminderMovedBehindNowAfterItWasToldTellsNobodyTwice) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  auto earlier = with_ladder(one_paper(), {{StageKind::remind, "-5wd 09:00"},
                                           {StageKind::due, "0d 09:00"}});
  EXPECT_THAT(life.edit("05-20 13:00", earlier), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-25 12:00")), ElementsAre("05-25 09:00 a plan due 0d 09:00"));
}

TEST(Rule, AReminderMovedBehindNowBeforeItWasToldIsToldAtOnceAndIsNotLate) {
  auto life = begun(one_paper());
  auto earlier = with_ladder(one_paper(), {{StageKind::remind, "-6wd 09:00"},
                                           {StageKind::due, "0d 09:00"}});
  EXPECT_THAT(life.edit("05-19 10:00", earlier),
              ElementsAre("05-19 10:00 a plan remind -6wd 09:00"));
  EXPECT_EQ(life.items().back().reason, Reason::newly_known);
}

TEST(Rule, ANearerReminderThatIsAddedIsTold) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  auto more = with_ladder(one_paper(), {{StageKind::remind, "-3wd 09:00"},
                                        {StageKind::remind, "-1wd 09:00"},
                                        {StageKind::due, "0d 09:00"}});
  EXPECT_THAT(life.edit("05-20 13:00", more), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-25 12:00")),
              ElementsAre("05-24 09:00 a plan remind -1wd 09:00",
                          "05-25 09:00 a plan due 0d 09:00"));
}

TEST(Rule, AReminderAddedBehindOneAlreadyToldIsNotTold) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  auto more = with_ladder(one_paper(), {{StageKind::remind, "-5wd 09:00"},
                                        {StageKind::remind, "-3wd 09:00"},
                                        {StageKind::due, "0d 09:00"}});
  EXPECT_THAT(life.edit("05-20 13:00", more), IsEmpty());
}

TEST(Rule, ADutyRemovedIsToldAsGoneAndRestoredStartsAnew) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 9, 1)}));
  EXPECT_THAT(life.edit("05-16 10:00", office_of({paper("other", 9, 1)})),
              ElementsAre("05-16 10:00 a plan gone"));
  EXPECT_THAT(heard(life.run_to("05-23 09:30")), IsEmpty());
  EXPECT_THAT(life.edit("05-23 10:00", office_of({paper("plan", 5, 25), paper("other", 9, 1)})),
              ElementsAre("05-23 10:00 a plan start", "05-23 10:00 a plan remind -3wd 09:00"));
}

TEST(Rule, ADutyRemovedThatAPaperIssuedForAllHadAnsweredIsNotToldAsGone) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 9, 1)}));
  life.record("05-12 10:00", fact(FactKind::issued, of("", "plan"), "05-12 10:00"));
  EXPECT_THAT(life.edit("05-16 10:00", office_of({paper("other", 9, 1)})), IsEmpty());
}

TEST(Rule, ADutyRemovedOfWhichAnotherUnitHandedInIsToldAsGone) {
  auto both = paper("plan", 5, 25, "17:00", {"a", "b"});
  auto life = begun(office_of({both, paper("other", 9, 1)}));
  life.record("05-12 10:00", fact(FactKind::received, of("b", "plan"), "05-12 10:00"));
  EXPECT_THAT(life.edit("05-16 10:00", office_of({paper("other", 9, 1)})),
              ElementsAre("05-16 10:00 a plan gone"));
}

TEST(Rule, ADutyRestoredAfterItsDueTimeIsSilent) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 9, 1)}));
  life.edit("05-16 10:00", office_of({paper("other", 9, 1)}));
  life.run_to("05-30 09:00");
  EXPECT_THAT(life.edit("05-30 10:00", office_of({paper("plan", 5, 25), paper("other", 9, 1)})),
              IsEmpty());
  EXPECT_TRUE(life.list().empty());
}

TEST(Rule, AGoneThatWasNotSentWhenTheDutyCameBackIsWithdrawn) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 9, 1)}));
  life.deliver = false;
  life.edit("05-16 10:00", office_of({paper("other", 9, 1)}));
  EXPECT_THAT(life.edit("05-16 11:00", office_of({paper("plan", 5, 25), paper("other", 9, 1)})),
              IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn due-moved"));
  EXPECT_THAT(heard(life.run_to("05-20 10:00")),
              ElementsAre("05-20 09:00 a plan remind -3wd 09:00"));
}

TEST(Rule, AUnitThatOwesNothingMoreHearsItOnceAndWhatWasNotSentIsWithdrawnAsRemoved) {
  auto of_b = paper("other", 9, 1, "17:00", {"b"});
  auto life = begun(office_of({paper("plan", 5, 25), of_b}));
  life.deliver = false;
  EXPECT_THAT(life.run_to("05-20 09:30"), ElementsAre("05-20 09:00 a plan remind -3wd 09:00"));
  EXPECT_THAT(life.edit("05-20 10:00", office_of({of_b})),
              ElementsAre("05-20 10:00 a plan gone"));
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn removed"));
  EXPECT_THAT(life.step("05-20 10:05"), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn removed"));
}

TEST(Rule, AUnitThatIsAddedStartsFromThen) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("past", 5, 12)}));
  auto more = office_of({paper("plan", 5, 25, "17:00", {"a", "d"}),
                         paper("past", 5, 12, "17:00", {"a", "d"})});
  plan::Unit added;
  added.id = added.name = "d";
  more.units.push_back(added);
  more.endpoints.push_back({.id = "d@mail", .channel = "mail", .address = "x", .place = {}});
  more.contacts.push_back({.id = "d", .unit = "d", .role = plan::Role::liaison, .name = "d",
                           .endpoints = {"d@mail"}, .place = {}});
  life.run_to("05-18 09:00");
  EXPECT_THAT(heard(life.edit("05-18 10:00", more)), ElementsAre("05-18 10:00 d plan start"));
}

TEST(Rule, AContactReplacedWhileItsNoticeIsQueuedTellsTheNewAddress) {
  auto life = begun(one_paper());
  life.deliver = false;
  life.run_to("05-20 10:00");
  auto moved = one_paper();
  for (auto& endpoint : moved.endpoints) {
    if (endpoint.id == "a@mail") endpoint.id = "a@new";
  }
  moved.contacts.front().endpoints = {"a@new"};
  EXPECT_THAT(life.edit("05-20 11:00", moved),
              ElementsAre("05-20 11:00 a plan remind -3wd 09:00"));
  EXPECT_EQ(life.notices().front().endpoint, "a@new");
  EXPECT_THAT(life.endings(), Contains("withdrawn contact-changed"));
}

TEST(Rule, AContactReplacedAfterDeliveryTellsNothing) {
  auto life = begun(one_paper());
  life.run_to("05-20 10:00");
  auto moved = one_paper();
  moved.endpoints.front().id = "a@new";
  moved.contacts.front().endpoints = {"a@new"};
  EXPECT_THAT(life.edit("05-20 11:00", moved), IsEmpty());
}

TEST(Rule, AnExtensionBeforeOverdueMovesAllStages) {
  auto life = begun(one_paper());
  life.run_to("05-24 09:00");
  auto extended = fact(FactKind::extended, of("a", "plan"), "05-24 10:00");
  extended.time = at("05-27 17:00");
  EXPECT_THAT(life.record("05-24 10:00", extended),
              ElementsAre("05-24 10:00 a plan change 05-25>05-27"));
  EXPECT_THAT(heard(life.run_to("05-30 08:00")), ElementsAre("05-27 09:00 a plan due 0d 09:00"));
  life.record("05-30 09:00", fact(FactKind::checked, of("", "plan"), "05-30 09:00"));
  EXPECT_THAT(heard(life.run_to("05-30 15:00")),
              ElementsAre("05-30 14:00 a plan overdue +1wd 14:00"));
}

TEST(Rule, AnExtensionAfterOverdueWithdrawsTheDraftAndChasesAfresh) {
  auto life = begun(one_paper());
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 17:00");
  ASSERT_EQ(life.drafts().size(), 1U);
  auto extended = fact(FactKind::extended, of("a", "plan"), "05-26 17:10");
  extended.time = at("05-30 17:00");
  EXPECT_THAT(life.record("05-26 17:10", extended),
              ElementsAre("05-26 17:10 a plan change 05-25>05-30"));
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn due-moved"));
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-31 09:00")), ElementsAre("05-30 09:00 a plan due 0d 09:00"));
  life.record("05-31 10:00", fact(FactKind::checked, of("", "plan"), "05-31 10:00"));
  EXPECT_THAT(heard(life.run_to("06-01 10:00")),
              ElementsAre("05-31 14:00 a plan overdue +1wd 14:00",
                          "05-31 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Rule, ExcusedIsToldAsGoneOnce) {
  auto life = begun(one_paper());
  EXPECT_THAT(life.record("05-19 10:00", fact(FactKind::excused, of("a", "plan"), "05-19 10:00")),
              ElementsAre("05-19 10:00 a plan gone"));
  EXPECT_THAT(life.run_to("12-31 12:00"), IsEmpty());
}

TEST(Rule, ExcusedByThePlanIsToldAsGone) {
  auto life = begun(one_paper());
  auto excused = one_paper();
  excused.duties[0].changes["2022"].excused = "merged";
  EXPECT_THAT(life.edit("05-19 10:00", excused), ElementsAre("05-19 10:00 a plan gone"));
}

TEST(Rule, AnUndatedDutyIsStartedWithoutADateAndItsDateIsTold) {
  auto life = begun(office_of({undated("visit", "2022-05-16")}), "05-05 10:00");
  EXPECT_EQ(life.items().front().due, std::nullopt);
  EXPECT_THAT(life.edit("05-06 10:00", office_of({paper("visit", 5, 25)})),
              ElementsAre("05-06 10:00 a visit change tbd>05-25"));
}

TEST(Rule, AnUndatedDutyDatedTooLateIsToldToNobody) {
  auto life = begun(office_of({undated("visit", "2022-05-16")}), "05-05 10:00");
  EXPECT_THAT(heard(life.edit("05-26 10:00", office_of({paper("visit", 5, 25)}))), IsEmpty());
  ASSERT_EQ(life.list().undated.size(), 1U);
  EXPECT_TRUE(life.list().undated.at(0).dated_too_late);
  EXPECT_TRUE(life.list().overdue.empty());
  EXPECT_THAT(life.run_to("05-26 17:00"), ElementsAre("05-26 16:30 office list"));
}

TEST(Rule, AVoidedWrongEntryBringsTheNewestStageBack) {
  auto life = begun(one_paper());
  life.record("05-19 10:00", fact(FactKind::received, of("a", "plan"), "05-19 10:00"));
  auto wrong = life.last();
  EXPECT_THAT(heard(life.run_to("05-24 09:00")), IsEmpty());
  EXPECT_THAT(life.voids("05-24 10:00", wrong),
              ElementsAre("05-24 10:00 a plan remind -3wd 09:00"));
}

TEST(Rule, AWrongEntryThatStoodOverTheDueTimeWaitsForACheckAndTheNextWorkingDaysHour) {
  auto life = begun(one_paper());
  life.record("05-25 10:00", fact(FactKind::received, of("a", "plan"), "05-25 10:00"));
  auto wrong = life.last();
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-27 09:00");
  EXPECT_THAT(heard(life.voids("05-27 10:00", wrong)), IsEmpty());
  EXPECT_THAT(heard(life.run_to("05-30 17:00")), IsEmpty());
  life.record("05-31 09:30", fact(FactKind::checked, of("", "plan"), "05-31 09:30"));
  EXPECT_THAT(heard(life.run_to("06-01 17:00")),
              ElementsAre("05-31 14:00 a plan overdue +1wd 14:00",
                          "05-31 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Rule, AWeekDownOverAReminderTellsTheNewestStageOnceAndLate) {
  auto life = begun(office_of({paper("plan", 5, 31)}));
  auto more = with_ladder(office_of({paper("plan", 5, 31)}),
                          {{StageKind::remind, "-6wd 09:00"}, {StageKind::remind, "-3wd 09:00"}});
  life.edit("05-11 10:00", more);
  EXPECT_THAT(heard(life.step("05-27 10:00")),
              ElementsAre("05-27 10:00 a plan remind -3wd 09:00 late"));
  EXPECT_THAT(heard(life.run_to("05-31 12:00")), IsEmpty());
}

TEST(Rule, AWeekDownOverADueTimeChasesOnlyAfterACheckAndEscalatesFromThen) {
  auto life = begun(one_paper());
  life.run_to("05-20 10:00");
  EXPECT_THAT(heard(life.step("05-27 10:00")), IsEmpty());
  EXPECT_EQ(life.list().overdue.size(), 1U);
  EXPECT_THAT(heard(life.run_to("05-30 17:00")), IsEmpty());
  life.record("05-30 17:10", fact(FactKind::checked, of("", "plan"), "05-30 17:10"));
  EXPECT_THAT(heard(life.run_to("06-01 10:00")),
              ElementsAre("05-31 14:00 a plan overdue +1wd 14:00",
                          "05-31 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Rule, AStageMissedOnASaturdayWaitsForTheHoursAndIsLate) {
  auto life = begun(one_paper());
  EXPECT_THAT(life.step("05-21 12:00"), IsEmpty());
  EXPECT_THAT(life.run_to("05-23 10:00"),
              ElementsAre("05-23 08:30 a plan remind -3wd 09:00 late"));
}

TEST(Rule, AClockSetBackTellsNothingTwice) {
  auto life = begun(one_paper());
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 16:40");
  ASSERT_EQ(life.drafts().size(), 1U);
  EXPECT_THAT(life.step("05-26 13:00"), IsEmpty());
  EXPECT_THAT(life.step("05-24 13:00"), IsEmpty());
  EXPECT_EQ(life.drafts().size(), 1U);
  EXPECT_THAT(life.step("05-26 16:41"), IsEmpty());
}

TEST(Rule, TwoDutiesInOneMailboxOfTwoUnitsAreOneNotice) {
  auto plan = office_of({paper("plan", 5, 25, "17:00", {"a", "b"}),
                         paper("other", 5, 25, "17:00", {"a", "b"})});
  for (auto& contact : plan.contacts) {
    if (contact.id == "b") contact.endpoints = {"a@mail"};
  }
  auto life = begun(plan);
  EXPECT_EQ(life.notices().size(), 1U);
  EXPECT_EQ(life.run_to("05-20 10:00").size(), 4U);
  ASSERT_EQ(life.notices().size(), 1U);
  EXPECT_EQ(life.notices()[0].contact, "");
}

TEST(Rule, AnItemThatFallsAwayLeavesTheRestOfAQueuedNotice) {
  auto life = begun(office_of({paper("plan", 5, 25), paper("other", 5, 25)}));
  life.deliver = false;
  life.deliver_all();
  life.run_to("05-20 10:00");
  EXPECT_THAT(life.record("05-20 11:00", fact(FactKind::received, of("a", "plan"), "05-20 11:00")),
              ElementsAre("05-20 11:00 a other remind -3wd 09:00 again"));
  EXPECT_THAT(life.endings(), Contains("superseded answered"));
}

TEST(Rule, OverdueIsToldAtTheLaddersHourAfterALateCheck) {
  auto life = begun(one_paper());
  life.run_to("05-26 14:30");
  life.record("05-26 15:00", fact(FactKind::checked, of("", "plan"), "05-26 15:00"));
  EXPECT_THAT(heard(life.run_to("05-30 10:00")),
              ElementsAre("05-27 14:00 a plan overdue +1wd 14:00",
                          "05-27 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Rule, ACheckBeforeTheDueTimeDoesNotCount) {
  auto life = begun(one_paper());
  life.run_to("05-25 10:00");
  life.record("05-25 11:00", fact(FactKind::checked, of("", "plan"), "05-25 11:00"));
  EXPECT_THAT(heard(life.run_to("05-30 10:00")), IsEmpty());
}

TEST(Rule, WhoWasToldOverdueWronglyGetsOneCorrectionInTheHours) {
  auto life = begun(one_paper());
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 15:00");
  EXPECT_THAT(life.record("05-26 20:00", fact(FactKind::received, of("a", "plan"), "05-25 16:00")),
              Not(Contains(HasSubstr("correction"))));
  EXPECT_THAT(heard(life.run_to("06-30 10:00")), ElementsAre("05-27 08:30 a plan correction"));
}

TEST(Rule, WhoHandedInAfterOverdueGetsNoCorrection) {
  auto life = begun(one_paper());
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 15:00");
  life.record("05-26 15:00", fact(FactKind::received, of("a", "plan"), "05-26 14:30"));
  EXPECT_THAT(heard(life.run_to("06-30 10:00")), IsEmpty());
}

TEST(Rule, MadeUpDaysAreSkippedWhereTheLadderSaysSo) {
  auto plan = office_of({paper("sum", 9, 30)});
  plan.ladders[0].skip_made_up = true;
  auto life = begun(plan, "09-20 10:00");
  life.run_to("10-01 08:00");
  life.record("10-02 09:00", fact(FactKind::checked, of("", "sum"), "10-02 09:00"));
  EXPECT_THAT(heard(life.run_to("10-10 15:00")),
              ElementsAre("10-10 14:00 a sum overdue +1wd 14:00"));
}

TEST(Rule, RemindAndDueCountFromTheSofterDateAndOverdueFromTheDueDate) {
  auto plan = office_of({paper("sum", 9, 30)});
  plan.duties[0].ask_by = on_date(9, 20, "17:00");
  auto life = begun(plan, "09-01 10:00");
  EXPECT_THAT(heard(life.run_to("10-01 00:00")),
              ElementsAre("09-15 09:00 a sum remind -3wd 09:00", "09-20 09:00 a sum due 0d 09:00"));
  life.record("10-01 09:00", fact(FactKind::checked, of("", "sum"), "10-01 09:00"));
  EXPECT_THAT(heard(life.run_to("10-08 15:00")),
              ElementsAre("10-08 14:00 a sum overdue +1wd 14:00"));
}

TEST(Rule, WithoutAContactNothingIsToldUntilOneIsAdded) {
  auto plan = office_of({paper("plan", 5, 25, "17:00", {"c"})});
  auto life = begun(plan);
  EXPECT_THAT(heard(life.run_to("05-20 17:00")), IsEmpty());
  ASSERT_EQ(life.list().by_hand.size(), 1U);
  EXPECT_EQ(life.list().by_hand.at(0).reason, Reason::no_contact);
  plan.endpoints.push_back({.id = "c@mail", .channel = "mail", .address = "x", .place = {}});
  plan.contacts.push_back({.id = "c", .unit = "c", .role = plan::Role::liaison, .name = "c",
                           .endpoints = {"c@mail"}, .place = {}});
  EXPECT_THAT(life.edit("05-23 10:00", plan),
              ElementsAre("05-23 10:00 c plan start", "05-23 10:00 c plan remind -3wd 09:00"));
  EXPECT_TRUE(life.list().by_hand.empty());
}

TEST(Rule, WhatIsLookedAtMoreThanTenMinutesAfterItsTimeIsLate) {
  for (auto more : {Seconds{0}, Seconds{1}}) {
    Life life{one_paper()};
    life.step("05-10 10:00");
    auto told = life.step(at("05-20 09:00") + limits::late_after + more);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().ends_with(" late"), more > Seconds{0}) << told.front();
  }
}

}  // namespace
}  // namespace duban::schedule
