// What units hand in and ask for, what the office says to it, and what becomes of the chase.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"
#include "schedule/outcome.h"
#include "schedule/progress.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Lines heard(Lines lines) {
  std::erase_if(lines, [](const auto& line) { return line.ends_with("office list"); });
  return lines;
}

Life begun() {
  Life life{office_of({paper("plan", 5, 25)})};
  life.step("05-10 10:00");
  life.run_to("05-20 10:00");
  return life;
}

Fact about(FactKind kind, std::string_view happened, std::string_view until = {}) {
  auto made = fact(kind, of("a", "plan"), happened);
  made.note = "why";
  if (!until.empty()) made.time = at(until);
  return made;
}

Assignment now_in(const Life& life, std::string_view when) {
  return assignments(life.timetable(), life.past(), at(when)).front();
}

Outcome outcome(const Life& life, std::string_view when) {
  return outcome_of(now_in(life, when), at(when)).value();
}

void check(Life& life, std::string_view when) {
  life.record(when, fact(FactKind::checked, of("", "plan"), when));
}

TEST(Submitted, IsHandedInAndEndsTheChase) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::submitted, "05-24 10:00"));
  EXPECT_THAT(heard(life.run_to("12-30 12:00")), IsEmpty());
  EXPECT_EQ(outcome(life, "05-26 10:00"), Outcome::on_time);
}

TEST(Asked, InTimeStopsTheChaseWhileItIsPending) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::asked, "05-24 10:00", "05-27 17:00"));
  check(life, "05-26 10:00");
  EXPECT_THAT(heard(life.run_to("06-10 12:00")), IsEmpty());
  EXPECT_THAT(life.list().asked, SizeIs(1));
  EXPECT_EQ(outcome(life, "05-26 10:00"), Outcome::missing);
}

TEST(Asked, TooLateStopsNothingAndStillWaitsForTheOffice) {
  auto life = begun();
  life.run_to("05-26 09:00");
  life.record("05-26 09:30", about(FactKind::asked, "05-26 09:30", "05-27 17:00"));
  check(life, "05-26 10:00");
  EXPECT_THAT(heard(life.run_to("05-26 15:00")),
              ElementsAre("05-26 14:00 a plan overdue +1wd 14:00"));
  EXPECT_THAT(life.list().asked, SizeIs(1));
}

TEST(Asked, AndGrantedIsToldAsAChangeAndCountsAsExtended) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::asked, "05-24 10:00", "05-27 17:00"));
  life.run_to("05-26 09:00");
  EXPECT_THAT(life.record("05-26 10:00", about(FactKind::extended, "05-26 10:00", "05-30 17:00")),
              ElementsAre("05-26 10:00 a plan change 05-25>05-30"));
  EXPECT_THAT(life.list().asked, IsEmpty());
  EXPECT_EQ(outcome(life, "05-28 10:00"), Outcome::extended);
  EXPECT_EQ(outcome(life, "05-30 17:00"), Outcome::missing);
  life.record("05-30 10:00", about(FactKind::received, "05-30 09:00"));
  EXPECT_EQ(outcome(life, "06-30 17:00"), Outcome::extended);
}

TEST(Extended, NotAskedInTimeMovesTheDueTimeAndIsNoExtensionInTheCounts) {
  auto life = begun();
  life.run_to("05-26 09:00");
  life.record("05-26 10:00", about(FactKind::extended, "05-26 10:00", "05-30 17:00"));
  EXPECT_EQ(outcome(life, "05-28 10:00"), Outcome::missing);
  life.record("05-30 10:00", about(FactKind::received, "05-30 09:00"));
  EXPECT_EQ(outcome(life, "06-30 17:00"), Outcome::late);
}

TEST(Declined, IsToldAndTheLadderBeginsAnewFromThatDay) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::asked, "05-24 10:00"));
  life.run_to("05-27 09:00");
  auto told = life.record("05-27 10:00", about(FactKind::declined, "05-27 10:00"));
  EXPECT_THAT(heard(told), ElementsAre("05-27 10:00 a plan answer"));
  check(life, "05-30 09:30");
  EXPECT_THAT(heard(life.run_to("05-31 17:00")),
              ElementsAre("05-30 14:00 a plan overdue +1wd 14:00",
                          "05-30 16:30 a plan escalate +2wd 09:00 draft"));
}

TEST(Declined, BeforeTheDueTimeLeavesTheRestOfTheLadder) {
  auto life = begun();
  life.record("05-23 10:00", about(FactKind::asked, "05-23 10:00"));
  life.run_to("05-24 09:00");
  EXPECT_THAT(life.record("05-24 10:00", about(FactKind::declined, "05-24 10:00")),
              ElementsAre("05-24 10:00 a plan answer"));
  EXPECT_THAT(heard(life.run_to("05-25 12:00")), ElementsAre("05-25 09:00 a plan due 0d 09:00"));
}

TEST(Returned, IsOwedAgainByTheNewTimeAndTheFirstMarkStands) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::received, "05-24 09:00"));
  auto told = life.record("05-26 10:00", about(FactKind::returned, "05-26 10:00", "05-31 17:00"));
  EXPECT_THAT(heard(told), ElementsAre("05-26 10:00 a plan answer"));
  EXPECT_EQ(now_in(life, "05-26 11:00").standing, Standing::open);
  EXPECT_EQ(outcome(life, "06-30 10:00"), Outcome::on_time);
  EXPECT_THAT(heard(life.run_to("05-31 12:00")), ElementsAre("05-31 09:00 a plan due 0d 09:00"));
  life.record("05-31 13:00", about(FactKind::submitted, "05-31 13:00"));
  EXPECT_THAT(heard(life.run_to("12-30 12:00")), IsEmpty());
}

TEST(Returned, ThatIsOwedNoMoreIsToldAsGone) {
  Life life{office_of({paper("plan", 5, 25, "17:00", {"a", "b"})})};
  life.step("05-10 10:00");
  life.run_to("05-20 10:00");
  life.record("05-24 10:00", about(FactKind::received, "05-24 09:00"));
  life.record("05-24 11:00", about(FactKind::returned, "05-24 11:00", "05-31 17:00"));
  EXPECT_THAT(heard(life.edit("05-25 08:45", office_of({paper("plan", 5, 25, "17:00", {"b"})}))),
              ElementsAre("05-25 08:45 a plan gone"));
}

TEST(Returned, ByMistakeIsVoidedAndPutRight) {
  auto life = begun();
  life.record("05-24 10:00", about(FactKind::received, "05-24 09:00"));
  life.record("05-26 10:00", about(FactKind::returned, "05-26 10:00", "05-31 17:00"));
  EXPECT_THAT(heard(life.voids("05-26 11:00", life.last())),
              ElementsAre("05-26 11:00 a plan correction"));
}

TEST(NotOurs, StopsTheChaseAndIsHandedOnToAnotherUnit) {
  auto life = begun();
  life.record("05-23 10:00", about(FactKind::not_ours, "05-23 10:00"));
  EXPECT_THAT(heard(life.run_to("05-24 12:00")), IsEmpty());
  auto moved = about(FactKind::reassigned, "05-24 13:00", "06-01 17:00");
  moved.subject = "b";
  EXPECT_THAT(heard(life.record("05-24 13:00", moved)),
              testing::UnorderedElementsAre("05-24 13:00 a plan gone", "05-24 13:00 b plan start"));
  auto all = assignments(life.timetable(), life.past(), at("05-24 14:00"));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].standing, Standing::reassigned);
  EXPECT_EQ(all[1].due, at("06-01 17:00"));
  EXPECT_EQ(tally_of(all, "plan", "2022", at("05-24 14:00")).owed(), 1U);
}

TEST(NotOurs, HandedOnByMistakeComesBack) {
  auto life = begun();
  auto moved = about(FactKind::reassigned, "05-23 13:00");
  moved.subject = "b";
  life.record("05-23 13:00", moved);
  EXPECT_THAT(heard(life.voids("05-23 14:00", life.last())),
              testing::UnorderedElementsAre("05-23 14:00 b plan gone", "05-23 14:00 a plan start",
                                            "05-23 14:00 a plan remind -3wd 09:00"));
}

TEST(Called, EndsTheDraftAndCountsAsTold) {
  auto life = begun();
  life.run_to("05-26 09:00");
  check(life, "05-26 10:00");
  life.run_to("05-26 17:00");
  ASSERT_THAT(life.drafts(), SizeIs(1));
  life.record("05-26 17:10", about(FactKind::called, "05-26 17:05"));
  EXPECT_THAT(life.drafts(), IsEmpty());
  EXPECT_THAT(life.endings(), ElementsAre("withdrawn called"));
  EXPECT_THAT(heard(life.run_to("06-30 12:00")), IsEmpty());
  ASSERT_THAT(life.list().overdue, SizeIs(1));
  EXPECT_THAT(life.list().overdue[0].calls, SizeIs(1));
}

TEST(Overdue, SaysWhatWasTriedAndWhatBecameOfIt) {
  auto life = begun();
  life.deliver = false;
  life.run_to("05-25 10:00");
  life.fail("a@mail", 5, true);
  life.deliver = true;
  life.run_to("05-26 10:00");
  auto list = life.list();
  ASSERT_THAT(list.overdue, SizeIs(1));
  ASSERT_THAT(list.overdue[0].tried, SizeIs(2));
  EXPECT_EQ(list.overdue[0].tried[0].state, NoticeState::delivered);
  EXPECT_EQ(list.overdue[0].tried[1].state, NoticeState::failed);
  EXPECT_FALSE(list.overdue[0].checked);
  check(life, "05-26 10:30");
  EXPECT_TRUE(life.list().overdue[0].checked);
}

plan::Plan with_clauses() {
  auto plan = office_of({paper("plan", 5, 25)});
  plan.tasks = {{.id = "1.1", .reporters = {"a"}}, {.id = "1.2", .reporters = {"b", "a"}}};
  return plan;
}

TEST(Rows, StandAsTheyWereSaidLastAndUnchangedKeepsTheWords) {
  Life life{with_clauses()};
  life.step("05-10 10:00");
  auto first = about(FactKind::submitted, "05-20 10:00");
  first.rows = {{.clause = "1.2", .progress = "begun"}, {.clause = "1.1", .progress = "drawn"}};
  life.record("05-20 10:00", first);
  auto second = about(FactKind::submitted, "05-21 10:00");
  second.rows = {{.clause = "1.1", .unchanged = true, .state = RowState::behind}};
  life.record("05-21 10:00", second);
  auto said = rows_said(life.plan(), life.past(), "plan", "2022");
  ASSERT_THAT(said, SizeIs(2));
  EXPECT_EQ(said[0].row.clause, "1.1");
  EXPECT_EQ(said[0].row.progress, "drawn");
  EXPECT_EQ(said[0].row.state, RowState::behind);
  EXPECT_EQ(said[1].row.progress, "begun");
  auto known = rows_said(life.plan(), life.past().known_by(at("05-20 12:00")), "plan", "2022");
  EXPECT_EQ(known[0].row.state, RowState::unsaid);
}

TEST(Rows, ThatNameNoClauseStandOnTheListUntilAccepted) {
  Life life{with_clauses()};
  life.step("05-10 10:00");
  auto odd = about(FactKind::submitted, "05-20 10:00");
  odd.rows = {{.clause = "九(一)", .progress = "?"}, {.clause = "1.1", .progress = "drawn"}};
  life.record("05-20 10:00", odd);
  ASSERT_THAT(life.list().unclear, SizeIs(1));
  EXPECT_EQ(life.list().unclear[0].rows.at(0).clause, "九(一)");
  life.record("05-20 11:00", about(FactKind::accepted, "05-20 11:00"));
  EXPECT_THAT(life.list().unclear, IsEmpty());
}

}  // namespace
}  // namespace duban::schedule
