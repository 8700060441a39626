// What a clock that is set, and a machine that sleeps, do to what is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/clock_watch.h"
#include "engine/desk.h"

#include "base/limits.h"

namespace duban::engine {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

std::size_t late_items(const std::vector<ledger::NoticeView>& notices) {
  std::size_t late = 0;
  for (const auto& view : notices) {
    for (const auto& item : view.notice.items) late += item.late ? 1U : 0U;
  }
  return late;
}

// Items to units and leaders; trouble goes to the office.
std::size_t told(const std::vector<ledger::NoticeView>& notices) {
  std::size_t all = 0;
  for (const auto& view : notices) {
    for (const auto& item : view.notice.items) all += item.key.kind != ItemKind::trouble ? 1U : 0U;
  }
  return all;
}

// May 2036: the 25th is a Sunday, so that the table is due on Friday the 23rd.
class ClockIsSet : public ::testing::Test {
 protected:
  /// What 市教育局 was told of May's table.
  std::size_t told_of_may() const {
    const auto* told = desk_.record().told_about({"monthly-table", "2036-05", "edu", ""});
    return told == nullptr ? 0 : told->size();
  }

  Desk desk_{"05-16T10:00:00"};
};

TEST_F(ClockIsSet, ForwardsByMoreThanIsBelievedHoldsUntilItIsAccepted) {
  auto before = told(desk_.notices());
  desk_.clock.set_wall(days{7});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Contains("clock-step"));
  EXPECT_EQ(told(desk_.notices()), before);
  desk_.clock.pass(days{1});
  desk_.turn();
  EXPECT_EQ(told(desk_.notices()), before);

  ASSERT_TRUE(desk_.ask(desk_.engine->accept_clock("alice")));
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  EXPECT_GT(told(desk_.notices()), before);
  EXPECT_THAT(desk_.record().facts(),
              Contains(::testing::Field(&schedule::Fact::kind, FactKind::clock_accepted)));
}

TEST_F(ClockIsSet, AClockThatRunsALittleFastOrSlowIsNotSet) {
  ClockWatch watch{desk_.clock};
  desk_.clock.pass(days{4});
  desk_.clock.set_wall(Seconds{-118});  // 342 parts in a million
  EXPECT_EQ(watch.step(), Seconds{0});
  desk_.clock.pass(hours{1});
  EXPECT_EQ(watch.step(), Seconds{0});
  desk_.clock.set_wall(Seconds{-118});
  EXPECT_EQ(watch.step(), Seconds{-118});
}

// A person's word may come in before the loop has heard of the set clock.
TEST_F(ClockIsSet, ForwardsCountsForNothingBeforeItIsLookedAt) {
  auto before = told(desk_.notices());
  contract::EditedConfig::edit(desk_.config.plan_file(), "name   = \"月调度表\"",
                               "name   = \"月度表\"");
  desk_.clock.set_wall(days{7});
  ASSERT_TRUE(desk_.ask(desk_.engine->reload("alice")));
  EXPECT_EQ(told(desk_.notices()), before);
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Contains("clock-step"));
  EXPECT_EQ(told(desk_.notices()), before);
}

TEST_F(ClockIsSet, AHeldStepIsToldToTheOffice) {
  desk_.clock.set_wall(days{7});
  desk_.turn();
  EXPECT_THAT(desk_.record().facts(),
              Contains(::testing::AllOf(::testing::Field(&schedule::Fact::kind, FactKind::trouble),
                                      ::testing::Field(&schedule::Fact::subject, "clock-step"))));
}

TEST_F(ClockIsSet, TheHoldEndsByItselfWhenTheClocksAgreeAgain) {
  auto before = told(desk_.notices());
  desk_.clock.set_wall(days{7});
  desk_.turn();
  desk_.clock.set_wall(-days{7});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  EXPECT_EQ(told(desk_.notices()), before);
}

TEST_F(ClockIsSet, ForwardsByALittleIsLivedAsTimeThatPassed) {
  desk_.clock.pass(days{4} - hours{1} - minutes{30});
  desk_.turn();
  auto before = told(desk_.notices());
  desk_.clock.set_wall(hours{1});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  EXPECT_GT(told(desk_.notices()), before);
}

TEST_F(ClockIsSet, BackwardsTellsNothingTwiceAndHoldsNothing) {
  desk_.clock.pass(days{5});
  desk_.turn();
  auto before = told(desk_.notices());
  desk_.clock.set_wall(-days{3});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  desk_.clock.pass(days{3});
  desk_.turn();
  EXPECT_EQ(told(desk_.notices()), before);
}

TEST_F(ClockIsSet, BackwardsWhatIsSaidThenAndWaitsForTheHoursIsToldWhenTheyOpen) {
  desk_.clock.pass(days{4} + hours{2});
  desk_.turn();
  desk_.clock.set_wall(-hours{16});
  desk_.turn();
  auto before = told_of_may();
  schedule::Fact extended;
  extended.kind = FactKind::extended;
  extended.about = {"monthly-table", "2036-05", "edu", ""};
  extended.at = desk_.clock.now();
  extended.time = desk_.clock.now() + days{8};
  ASSERT_TRUE(desk_.ask(desk_.engine->record(Desk::plan, {extended})));
  EXPECT_EQ(told_of_may(), before);
  desk_.clock.pass(hours{12} + minutes{30});
  desk_.turn();
  EXPECT_EQ(told_of_may(), before + 1);
}

TEST_F(ClockIsSet, BackwardsIntoTheHoursWhatWaitsForThemIsTold) {
  desk_.clock.pass(days{3} + hours{10});
  desk_.turn();
  schedule::Fact extended;
  extended.kind = FactKind::extended;
  extended.about = {"monthly-table", "2036-05", "edu", ""};
  extended.at = desk_.clock.now();
  extended.time = desk_.clock.now() + days{8};
  ASSERT_TRUE(desk_.ask(desk_.engine->record(Desk::plan, {extended})));
  auto before = told_of_may();
  desk_.clock.set_wall(-hours{5});
  desk_.turn();
  EXPECT_EQ(told_of_may(), before + 1);
}

TEST_F(ClockIsSet, AMachineThatSleptTellsLateAndHoldsNothing) {
  desk_.clock.pass(days{4} + hours{6});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  EXPECT_GT(late_items(desk_.notices()), 0U);
}

TEST_F(ClockIsSet, NothingIsHeldThatCouldBeAccepted) {
  EXPECT_EQ(desk_.ask(desk_.engine->accept_clock("alice")).error().code, "not-held");
}

TEST_F(ClockIsSet, ForwardsByAsMuchAsIsBelievedHoldsNothing) {
  desk_.clock.set_wall(limits::clock_step);
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Not(Contains("clock-step")));
  desk_.clock.set_wall(limits::clock_step + std::chrono::seconds{1});
  desk_.turn();
  EXPECT_THAT(desk_.problems(), Contains("clock-step"));
}

}  // namespace
}  // namespace duban::engine
