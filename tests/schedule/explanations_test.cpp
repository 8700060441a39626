// Why a stage is not told: one test for each first reason that holds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const char* const remind = "remind -3wd 09:00";
const char* const due = "due 0d 09:00";
const char* const overdue = "overdue +1wd 14:00";
const char* const escalate = "escalate +2wd 09:00";

plan::Plan one_paper(std::vector<std::string> who = {"a"}, unsigned due_day = 25) {
  return office_of({paper("plan", 5, due_day, "17:00", std::move(who))});
}

Life begun(plan::Plan plan, std::string_view when = "05-10 10:00") {
  Life life{std::move(plan)};
  life.step(when);
  return life;
}

std::vector<Explanation> about(const Life& life, std::string_view when, AssignmentKey key) {
  auto all = decide(life.timetable(), life.past(), life.cursor(), at(when)).explanations;
  std::erase_if(all, [&](const Explanation& one) { return one.about != key; });
  return all;
}

// `remind -3wd 09:00: not-yet until 05-20 09:00`, in the ladder's order.
Lines why(const Life& life, std::string_view when, std::string_view unit = "a") {
  Lines lines;
  for (const auto& one : about(life, when, of(unit, "plan"))) {
    auto line = one.stage + ": " + std::string{to_word(one.reason)};
    if (one.until) {
      auto civil = life.timetable().zone().to_civil(*one.until);
      line += " until " + format_day(day_of(civil)).substr(5) + " " +
              format_time_of_day(time_of(civil));
    }
    lines.push_back(line);
  }
  return lines;
}

Explanation explanation(const Life& life, std::string_view when, std::string_view stage) {
  for (const auto& one : about(life, when, of("a", "plan"))) {
    if (one.stage == stage) return one;
  }
  return {};
}

std::string line(const char* stage, const char* reason) {
  return std::string{stage} + ": " + reason;
}

TEST(WhyNot, WhatIsToComeIsNotDueYet) {
  auto life = begun(one_paper());
  EXPECT_THAT(why(life, "05-11 10:00"),
              ElementsAre(line(remind, "not-yet until 05-20 09:00"),
                          line(due, "not-yet until 05-25 09:00"),
                          line(overdue, "not-yet until 05-26 14:00"),
                          line(escalate, "not-yet until 05-27 09:00")));
}

TEST(WhyNot, WhatWasToldHasNoReason) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  EXPECT_THAT(why(life, "05-20 12:00"), Not(Contains(testing::StartsWith(remind))));
}

TEST(WhyNot, HandedInNamesTheFact) {
  auto life = begun(one_paper());
  life.record("05-19 16:40", fact(FactKind::received, of("a", "plan"), "05-19 16:30"));
  auto received = life.last();
  EXPECT_THAT(why(life, "05-26 10:00"),
              ElementsAre(line(remind, "answered"), line(due, "answered"),
                          line(overdue, "answered"), line(escalate, "answered")));
  EXPECT_EQ(explanation(life, "05-26 10:00", due).fact, received);
}

TEST(WhyNot, HandedInTwiceNamesTheFirst) {
  auto life = begun(one_paper());
  life.record("05-19 16:40", fact(FactKind::received, of("a", "plan"), "05-19 16:30"));
  life.record("05-20 09:30", fact(FactKind::received, of("a", "plan"), "05-18 10:00"));
  auto earlier = life.last();
  life.record("05-20 09:40", fact(FactKind::received, of("a", "plan"), "05-19 10:00"));
  EXPECT_EQ(explanation(life, "05-26 10:00", due).fact, earlier);
}

TEST(WhyNot, ExcusedNamesTheFactAndAnExcuseOfThePlanNone) {
  auto life = begun(one_paper());
  life.record("05-12 10:00", fact(FactKind::excused, of("a", "plan"), "05-12 10:00"));
  EXPECT_EQ(explanation(life, "05-26 10:00", remind).reason, Reason::excused);
  EXPECT_EQ(explanation(life, "05-26 10:00", remind).fact, life.last());
  auto plan = one_paper();
  plan.duties[0].changes["2022"].excused = "合并";
  EXPECT_EQ(explanation(begun(plan), "05-26 10:00", remind).reason, Reason::excused);
  EXPECT_EQ(explanation(begun(plan), "05-26 10:00", remind).fact, 0);
}

TEST(WhyNot, BeforeTheBeginningNamesSinceWhenItIsInForce) {
  auto life = begun(one_paper(), "05-28 10:00");
  auto said = explanation(life, "05-29 10:00", overdue);
  EXPECT_EQ(said.reason, Reason::before_the_beginning);
  ASSERT_NE(said.fact, 0);
  EXPECT_EQ(life.past().facts().at(static_cast<std::size_t>(said.fact - 1)).kind,
            FactKind::in_force);
}

TEST(WhyNot, NobodyToReachSaysSoOfTheStartAndOfEachStageThatIsPast) {
  auto life = begun(one_paper({"c"}));
  EXPECT_THAT(why(life, "05-21 10:00", "c"),
              ElementsAre(": no-contact", line(remind, "no-contact"),
                          line(due, "not-yet until 05-25 09:00"),
                          line(overdue, "not-yet until 05-26 14:00"),
                          line(escalate, "not-yet until 05-27 09:00")));
}

TEST(WhyNot, AGroupIsNoPlaceForWhatIsOverdue) {
  auto plan = one_paper();
  plan.endpoints.front().group = true;
  auto life = begun(plan);
  life.run_to("05-26 10:00");
  life.record("05-26 11:00", fact(FactKind::checked, of("", "plan"), "05-26 11:00"));
  life.run_to("05-26 15:00");
  EXPECT_EQ(explanation(life, "05-26 15:00", overdue).reason, Reason::group_only);
}

TEST(WhyNot, AStageMissedBehindANewerOneNamesIt) {
  Life life{one_paper()};
  life.step("05-25 10:00");
  auto said = explanation(life, "05-25 11:00", remind);
  EXPECT_EQ(said.reason, Reason::newer_stage);
  EXPECT_EQ(said.by, due);
}

TEST(WhyNot, AReminderAfterTheDueTimeHasLostItsSense) {
  auto life = begun(one_paper());
  life.starts_with(one_paper());
  life.step("05-25 18:00");  // both notes before the due time were missed
  EXPECT_THAT(why(life, "05-25 18:00"), Contains(line(due, "sense-ended")));
}

TEST(WhyNot, OverdueWaitsForTheCheckAndThenForItsHour) {
  auto life = begun(one_paper());
  life.run_to("05-26 15:00");
  EXPECT_THAT(why(life, "05-26 15:00"),
              ElementsAre(line(overdue, "waits-for-check"),
                          line(escalate, "not-yet until 05-27 09:00")));
  life.run_to("05-27 10:00");
  EXPECT_THAT(why(life, "05-27 10:00"), ElementsAre(line(overdue, "waits-for-check"),
                                                    line(escalate, "waits-for-check")));
  life.record("05-27 15:00", fact(FactKind::checked, of("", "plan"), "05-27 15:00"));
  EXPECT_THAT(why(life, "05-27 15:00"), Contains(line(overdue, "not-yet until 05-30 14:00")));
}

TEST(WhyNot, ADraftWaitsForItsRelease) {
  auto life = begun(one_paper());
  life.run_to("05-26 10:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-27 10:00");
  auto said = explanation(life, "05-27 10:00", escalate);
  EXPECT_EQ(said.reason, Reason::waits_for_release);
  EXPECT_THAT(life.drafts(), ElementsAre(said.by));
  EXPECT_EQ(said.audience, Audience::leader);
}

TEST(WhyNot, AChangeStandsForTheStagesOfTheNewDateThatArePast) {
  auto life = begun(one_paper());
  life.edit("05-18 10:00", one_paper({"a"}, 20));
  EXPECT_THAT(why(life, "05-18 11:00"), Contains(line(remind, "due-moved")));
}

TEST(WhyNot, ADateThatWasPastWhenItBecameKnownIsForTheOfficeToSetAnew) {
  auto life = begun(one_paper());
  life.edit("05-18 10:00", one_paper({"a"}, 17));
  EXPECT_THAT(why(life, "05-18 11:00"), Contains(line(overdue, "due-moved")));
}

TEST(WhyNot, AMovedReminderThatWasToldBeforeIsTheSameReminder) {
  auto life = begun(one_paper());
  life.run_to("05-20 12:00");
  auto moved = one_paper();
  moved.ladders = {ladder_of({{StageKind::remind, "-2wd 09:00"}, {StageKind::due, "0d 09:00"}})};
  life.edit("05-20 13:00", moved);
  life.run_to("05-23 12:00");
  auto said = explanation(life, "05-23 12:00", "remind -2wd 09:00");
  EXPECT_EQ(said.reason, Reason::newer_stage);
  EXPECT_EQ(said.by, remind);
}

TEST(WhyNot, OutsideThePlansHoursItWaits) {
  Life life{one_paper()};
  life.step("05-21 10:00");  // a Saturday
  EXPECT_THAT(why(life, "05-21 10:00"),
              Contains(testing::StartsWith(line(remind, "waits-for-hours"))));
}

TEST(WhyNot, ThePlanHasNotBegunOrIsOver) {
  Life early{one_paper()};
  early.step("02-20 10:00");
  EXPECT_THAT(why(early, "02-20 10:00"), Contains(line(remind, "not-yet until 05-20 09:00")));
  auto plan = one_paper();
  plan.phases.back().to = day("2022-05-22");
  auto life = begun(plan);
  EXPECT_THAT(why(life, "05-23 10:00"), ElementsAre(line(remind, "plan-over"),
                                                    line(due, "plan-over"),
                                                    line(overdue, "plan-over"),
                                                    line(escalate, "plan-over")));
}

TEST(WhyNot, WithoutADateNothingIsDueYet) {
  auto life = begun(office_of({undated("plan", "2022-05-16")}));
  EXPECT_THAT(why(life, "05-11 10:00"), Contains(line(remind, "not-yet")));
}

TEST(WhyNot, WhatIsNeverChasedHasNothingToExplain) {
  auto plan = office_of({duty("plan", plan::Every::once, none())});
  EXPECT_THAT(why(begun(plan), "05-11 10:00"), IsEmpty());
}

}  // namespace
}  // namespace duban::schedule
