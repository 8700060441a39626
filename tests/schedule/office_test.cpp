// What the office sees and decides: drafts to a leader, the day's list, trouble.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

#include "base/limits.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Lines without_lists(Lines lines) {
  std::erase_if(lines, [](const auto& line) { return line.ends_with("office list"); });
  return lines;
}

plan::Plan one_paper() { return office_of({paper("plan", 5, 25)}); }

// The 25th passed unanswered, checked on the 26th at 10:00; the draft is there from 16:30 on.
Life overdue(plan::Plan plan = one_paper()) {
  Life life{std::move(plan)};
  life.step("05-10 10:00");
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 17:00");
  EXPECT_EQ(life.drafts().size(), 1U);
  return life;
}

TEST(Draft, IsMadeForTheLastListBeforeAndStandsOnIt) {
  auto life = overdue();
  auto list = life.list();
  ASSERT_EQ(list.drafts.size(), 1U);
  EXPECT_EQ(list.drafts[0].notice, life.drafts()[0]);
  EXPECT_EQ(list.drafts[0].sends_at, at("05-27 09:00"));
  EXPECT_EQ(list.overdue.size(), 1U);
}

TEST(Draft, IsNeverSentWithoutRelease) {
  auto life = overdue();
  EXPECT_THAT(without_lists(life.run_to("12-30 12:00")), IsEmpty());
  EXPECT_EQ(life.drafts().size(), 1U);
}

TEST(Draft, ReleasedBeforeItsTimeGoesAtItsTimeRenderedAfresh) {
  auto life = overdue();
  EXPECT_THAT(life.release("05-26 17:10", life.drafts()[0]), IsEmpty());
  EXPECT_THAT(without_lists(life.run_to("05-27 10:00")),
              ElementsAre("05-27 09:00 a plan escalate +2wd 09:00 leader again"));
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("superseded waits-for-release"));
}

TEST(Draft, ReleasedAfterItsTimeGoesAtOnce) {
  auto life = overdue();
  life.run_to("05-27 11:00");
  EXPECT_THAT(life.release("05-27 11:30", life.drafts()[0]),
              ElementsAre("05-27 11:30 a plan escalate +2wd 09:00 leader again"));
}

TEST(Draft, ThatIsReleasedBeforeTheDueTimePassedDoesNotExpireWithIt) {
  auto plan = one_paper();
  plan.ladders = {ladder_of({{StageKind::escalate, "+1d 09:00"}})};
  Life life{plan};
  life.step("05-10 10:00");
  life.run_to("05-25 16:45");
  ASSERT_EQ(life.drafts().size(), 1U);
  life.release("05-25 16:50", life.drafts()[0]);
  EXPECT_THAT(life.run_to("05-26 10:00"), Contains(HasSubstr("leader again")));
  EXPECT_EQ(life.notices()[0].expires_at, std::nullopt);
}

TEST(Draft, IsClosedByReceived) {
  auto life = overdue();
  life.record("05-26 18:00", fact(FactKind::received, of("a", "plan"), "05-26 17:30"));
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn answered"));
  EXPECT_THAT(life.run_to("06-30 10:00"), IsEmpty());
}

plan::Plan twice_up() {
  auto plan = one_paper();
  auto ladder = chasing();
  auto more = ladder_of({{StageKind::escalate, "+4wd 09:00"}});
  ladder.stages.push_back(more.stages[0]);
  plan.ladders = {ladder};
  return plan;
}

TEST(Draft, IsClosedByALaterStage) {
  auto life = overdue(twice_up());
  EXPECT_THAT(without_lists(life.run_to("06-02 10:00")),
              ElementsAre("05-30 16:30 a plan escalate +4wd 09:00 draft"));
  EXPECT_EQ(life.drafts().size(), 1U);
  EXPECT_THAT(life.endings(), ElementsAre("superseded newer-stage"));
}

TEST(Draft, ThatWasNeverSentIsNotCorrected) {
  auto life = overdue(twice_up());
  life.run_to("06-01 10:00");
  auto told = life.record("06-01 11:00", fact(FactKind::received, of("a", "plan"), "05-25 12:00"));
  EXPECT_THAT(told, ElementsAre("06-01 11:00 a plan correction"));
  EXPECT_THAT(life.run_to("06-30 11:00"), IsEmpty());
}

TEST(Draft, IsClosedByThePlansEnd) {
  auto life = overdue();
  life.run_to("12-31 23:59");
  ASSERT_EQ(life.drafts().size(), 1U);
  EXPECT_THAT(life.run_to(at("12-31 23:59") + std::chrono::hours{48}), IsEmpty());
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn plan-over"));
}

TEST(Draft, WhoseLadderPointIsMovedIsDraftedAfresh) {
  auto life = overdue();
  auto later = one_paper();
  auto ladder = chasing();
  ladder.stages[3] = ladder_of({{StageKind::escalate, "+4wd 09:00"}}).stages[0];
  later.ladders = {ladder};
  life.edit("05-26 18:00", later);
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(without_lists(life.run_to("06-01 08:00")),
              ElementsAre("05-30 16:30 a plan escalate +4wd 09:00 draft"));
}

TEST(Draft, ToALeaderGoesAUnitAtATime) {
  auto plan = office_of({paper("plan", 5, 25, "17:00", {"a", "b"})});
  for (auto& contact : plan.contacts) {
    if (contact.id == "b-leader") contact.endpoints = {"a-leader@mail"};
  }
  Life life{plan};
  life.step("05-10 10:00");
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 17:00");
  EXPECT_EQ(life.drafts().size(), 2U);
}

TEST(List, ComesOnceADayAtItsHourAndOnlyWhenThereIsSomething) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  auto lines = life.run_to("05-31 12:00");
  std::erase_if(lines, [](const auto& line) { return !line.ends_with("list"); });
  EXPECT_THAT(lines, ElementsAre("05-26 16:30 office list", "05-27 16:30 office list",
                                 "05-30 16:30 office list"));
}

TEST(List, IsNotSentBeforeItsHourForWhatCameUpSinceTheLastOne) {
  Life life{office_of({paper("early", 5, 25, "08:00"), paper("late", 5, 25, "17:00", {"b"})})};
  life.step("05-10 10:00");
  life.run_to("05-25 08:30");
  EXPECT_THAT(life.run_to("05-25 16:00"), Not(Contains(HasSubstr("list"))));
  EXPECT_THAT(life.run_to("05-25 16:30"), Contains("05-25 16:30 office list"));
}

TEST(List, OfADayOnWhichSomethingIsWithdrawnIsSentToo) {
  auto life = overdue();
  life.deliver = false;
  life.run_to("05-27 12:00");
  life.record("05-27 12:00", fact(FactKind::accepted, of("a", "plan"), "05-27 12:00"));
  auto moved = one_paper();
  for (auto& endpoint : moved.endpoints) {
    if (endpoint.id == "a-leader@mail") endpoint.id = "a-leader@new";
  }
  for (auto& contact : moved.contacts) {
    if (contact.id == "a-leader") contact.endpoints = {"a-leader@new"};
  }
  EXPECT_THAT(life.edit("05-27 16:30", moved),
              Contains("05-27 16:30 a plan escalate +2wd 09:00 draft"));
  EXPECT_THAT(life.run_to("05-30 12:00"), Not(Contains(HasSubstr("list"))));
}

TEST(List, MissedWhileDownComesOnceAndLateEvenIfSomethingIsWithdrawnInTheSameStep) {
  auto life = overdue();
  auto moved = one_paper();
  for (auto& endpoint : moved.endpoints) {
    if (endpoint.id == "a-leader@mail") endpoint.id = "a-leader@new";
  }
  for (auto& contact : moved.contacts) {
    if (contact.id == "a-leader") contact.endpoints = {"a-leader@new"};
  }
  life.starts_with(moved);
  auto lines = life.step("05-30 10:00");
  std::erase_if(lines, [](const auto& line) { return line.find("list") == line.npos; });
  EXPECT_THAT(lines, ElementsAre("05-30 10:00 office list late"));
}

TEST(List, AsksForADateFromFiveWorkingDaysBeforeItHasToBeSet) {
  Life life{office_of({undated("visit", "2022-05-16")})};
  life.step("05-05 10:00");
  EXPECT_THAT(life.run_to("05-09 12:00"), IsEmpty());
  EXPECT_THAT(life.run_to("05-10 12:00"), ElementsAre("05-09 16:30 office list"));
  ASSERT_EQ(life.list().undated.size(), 1U);
  EXPECT_FALSE(life.list().undated.at(0).dated_too_late);
}

TEST(List, HoldsLateUnitsThatOnlyAGroupReachesForDeliveryByHand) {
  auto plan = one_paper();
  plan.endpoints.front().group = true;
  Life life{plan};
  life.step("05-10 10:00");
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  EXPECT_THAT(life.run_to("05-26 15:00"), IsEmpty());
  ASSERT_EQ(life.list().by_hand.size(), 1U);
  EXPECT_EQ(life.list().by_hand.at(0).reason, Reason::group_only);
}

TEST(List, HoldsWhatCouldNotBeDelivered) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  life.unreachable = {"a@mail"};
  life.run_to("05-20 10:00");
  life.fail("a@mail", 2, true);
  ASSERT_EQ(life.list().by_hand.size(), 1U);
  EXPECT_EQ(life.list().by_hand.at(0).reason, Reason::tries_exhausted);
}

TEST(List, IsOneADayThoughItsHourIsMovedAfterIt) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  life.run_to("05-25 18:00");
  EXPECT_THAT(life.run_to("05-26 16:40"), ElementsAre("05-26 16:30 office list"));
  auto later = one_paper();
  later.office.list = std::chrono::hours{18};
  EXPECT_THAT(life.edit("05-26 17:00", later), IsEmpty());
  EXPECT_THAT(life.run_to("05-27 19:00"), ElementsAre("05-27 18:00 office list"));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

TEST(List, DoesNotComeAgainWhenTheClockIsPutBackBehindIt) {
  auto life = overdue();
  life.step("05-26 16:00");
  auto lines = life.run_to("05-28 10:00");
  std::erase_if(lines, [](const auto& line) { return !line.ends_with("list"); });
  EXPECT_THAT(lines, ElementsAre("05-27 16:30 office list"));
  EXPECT_THAT(life.idle_wakes(), IsEmpty());
}

// The paper that the list went out with is handed in before both are sent, and another one is
// overdue by now.
TEST(List, ThatGoesOnInAnotherNoticeSaysAllThatThereIsToSayThen) {
  auto plan = office_of({paper("plan", 5, 25), paper("late", 5, 26, "16:31", {"b"}),
                         paper("own", 5, 31, "17:00", {"office"})});
  plan.ladders = {ladder_of({{StageKind::remind, "-3wd 16:30"}})};
  Life life{plan};
  life.step("05-10 10:00");
  life.run_to("05-26 12:00");
  life.deliver = false;
  ASSERT_THAT(life.run_to("05-26 16:30"),
              ElementsAre("05-26 16:30 office own remind -3wd 16:30", "05-26 16:30 office list"));
  auto record = life.past();
  auto handed_in = fact(FactKind::received, of("office", "own"), "05-26 16:32");
  handed_in.seq = life.last() + 1;
  record.apply(handed_in);
  auto decision = decide(life.timetable(), record, life.cursor(), at("05-26 16:32"));
  ASSERT_EQ(decision.notices.size(), 1U);
  ASSERT_EQ(decision.notices[0].tellings.size(), 1U);
  EXPECT_EQ(decision.notices[0].tellings[0].item.key.kind, ItemKind::list);
  EXPECT_EQ(decision.list.overdue.size(), 2U);
}

TEST(List, OfWhatFailedSinceItsHourIsNotLateAndNobodyOversleptIt) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  life.unreachable = {"a@mail"};
  life.run_to("05-20 20:00");
  life.fail("a@mail", 2, true);
  EXPECT_THAT(life.step("05-20 20:00"), ElementsAre("05-20 20:00 office trouble a@mail"));
  EXPECT_THAT(life.past().outages(), IsEmpty());
  EXPECT_THAT(life.run_to("05-23 20:00"), ElementsAre("05-23 16:30 office list"));
}

TEST(Trouble, IsToldOncePerEndpointAndDayByAnotherChannel) {
  Life life{office_of({paper("plan", 5, 25), paper("other", 5, 26), paper("third", 5, 26)})};
  life.step("05-10 10:00");
  life.unreachable = {"a@mail"};
  life.run_to("05-20 09:30");
  life.fail("a@mail", 2, true);
  EXPECT_THAT(life.step("05-20 09:40"), ElementsAre("05-20 09:40 office trouble a@mail"));
  EXPECT_EQ(life.notices()[0].channel, "bot");
  life.run_to("05-23 09:30");
  EXPECT_THAT(life.step("05-23 09:30"), IsEmpty());
  life.fail("a@mail", 2, true);
  EXPECT_THAT(life.step("05-23 09:40"), ElementsAre("05-23 09:40 office trouble a@mail"));
  EXPECT_THAT(life.step("05-23 09:50"), IsEmpty());
}

TEST(Trouble, IsToldOfAnEndpointThatKeepsFailing) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  life.unreachable = {"a@mail"};
  life.run_to("05-20 09:30");
  life.fail("a@mail", limits::failing_attempts - 1, false);
  EXPECT_THAT(life.step("05-20 09:40"), IsEmpty());
  life.fail("a@mail", 1, false);
  EXPECT_THAT(life.step("05-20 09:41"), ElementsAre("05-20 09:41 office trouble a@mail"));
  EXPECT_THAT(life.step("05-20 09:42"), IsEmpty());
}

TEST(Trouble, IsNeverAboutTrouble) {
  Life life{one_paper()};
  life.step("05-10 10:00");
  life.unreachable = {"a@mail", "office@bot"};
  life.run_to("05-20 09:30");
  life.fail("a@mail", 1, true);
  ASSERT_EQ(life.step("05-20 09:40").size(), 1U);
  life.fail("office@bot", 9, false);
  EXPECT_THAT(life.step("05-20 09:50"), IsEmpty());
  life.fail("office@bot", 1, true);
  EXPECT_THAT(life.step("05-20 09:55"), IsEmpty());
}

}  // namespace
}  // namespace duban::schedule
