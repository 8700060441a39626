// Of one unit's part of a duty: each stage told, or the first reason why not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/explain_desk.h"

namespace duban::engine {
namespace {

using schedule::Standing;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Untold : public ::testing::Test {
 protected:
  Reason reason(std::string_view stage, const std::string& unit = "edu") {
    return row_of(desk_.why_of(unit), stage).reason;
  }
  ExplainDesk desk_{"05-19T10:00:00"};
};

TEST_F(Untold, EveryStageOfTheLadderIsThereWithItsLineAndItsCount) {
  auto page = desk_.why_of("edu");
  ASSERT_THAT(page.assignment->stages, SizeIs(4));
  for (const auto& row : page.assignment->stages) {
    EXPECT_EQ(row.reason, Reason::not_yet) << row.stage.key;
    EXPECT_TRUE(row.at) << row.stage.key;
    EXPECT_EQ(row.until, row.at) << row.stage.key;
    EXPECT_FALSE(row.stage.line.text.empty()) << row.stage.key;
    EXPECT_TRUE(row.stage.count) << row.stage.key;
  }
  EXPECT_EQ(page.assignment->stages.back().audience, Audience::leader);
}

TEST_F(Untold, WhatWasToldNamesItsNoticeAndItsState) {
  desk_.run_to("05-20T09:00:00");
  auto row = row_of(desk_.why_of("edu"), "remind");
  EXPECT_EQ(row.notice, desk_.notice_of("edu", ItemKind::stage, "remind"));
  EXPECT_EQ(row.state, NoticeState::delivered);
  EXPECT_EQ(row.reason, Reason::none);
}

TEST_F(Untold, WhatElseWasToldIsListedBesideTheStages) {
  auto page = desk_.why_of("edu");
  ASSERT_THAT(page.assignment->told, SizeIs(1));
  EXPECT_EQ(page.assignment->told.front().kind, ItemKind::start);
}

TEST_F(Untold, HandedInNamesTheFactWithBothItsTimesAndWho) {
  auto received = desk_.fact(FactKind::received, "edu");
  received.at -= Seconds{3600};
  auto seq = desk_.record(received);
  auto page = desk_.why_of("edu");
  auto row = row_of(page, "remind");
  EXPECT_EQ(row.reason, Reason::answered);
  ASSERT_TRUE(row.fact);
  EXPECT_EQ(row.fact->seq, seq);
  EXPECT_EQ(row.fact->recorded_at - row.fact->at, Seconds{3600});
  EXPECT_EQ(row.fact->by, "alice");
  EXPECT_TRUE(row.at) << "when it would have been";
  EXPECT_EQ(page.assignment->standing, Standing::answered);
  EXPECT_EQ(page.assignment->settled_by->seq, seq);
}

TEST_F(Untold, ExcusedNamesTheReasonThatWasGiven) {
  auto excused = desk_.fact(FactKind::excused, "edu");
  excused.note = "防汛期间免报";
  desk_.record(excused);
  auto page = desk_.why_of("edu");
  EXPECT_EQ(row_of(page, "due").reason, Reason::excused);
  EXPECT_EQ(page.assignment->excuse, "防汛期间免报");
}

TEST_F(Untold, AnExcuseInThePlanIsCitedByItsLine) {
  desk_.edit("# [duty.period.\"09\"]", "[duty.period.\"05\"]");
  desk_.edit("# due = \"20 17:00\"", "excused = \"防汛\" #");
  desk_.reload("alice");
  auto page = desk_.why_of("edu");
  EXPECT_EQ(page.assignment->standing, Standing::excused);
  EXPECT_EQ(page.assignment->excuse, "防汛");
  EXPECT_THAT(page.duties.front().lines,
              Contains(Field(&Cited::text, ::testing::HasSubstr("excused = \"防汛\""))));
}

TEST_F(Untold, AnExtensionMovesTheStagesAndIsNamed) {
  auto extended = desk_.fact(FactKind::extended, "edu");
  extended.time = *parse_rfc3339("2036-05-28T17:00:00+08:00");
  auto seq = desk_.record(extended);
  auto page = desk_.why_of("edu");
  EXPECT_EQ(page.duties.front().periods.front().due, extended.time);
  EXPECT_EQ(page.duties.front().periods.front().extended->seq, seq);
  EXPECT_EQ(row_of(page, "remind").at, parse_rfc3339("2036-05-23T09:00:00+08:00"));
  EXPECT_THAT(page.assignment->told, Contains(Field(&ToldRow::kind, ItemKind::change)));
}

TEST_F(Untold, OverdueWaitsForTheCheckAndHasNoTimeUntilThen) {
  desk_.run_to("05-27T10:00:00");
  auto row = row_of(desk_.why_of("edu"), "overdue");
  EXPECT_EQ(row.reason, Reason::waits_for_check);
  EXPECT_FALSE(row.at);
}

TEST_F(Untold, ADraftNamesItsNoticeAndThatItWaits) {
  desk_.run_to("05-26T10:00:00");
  desk_.record(FactKind::checked, "");
  desk_.run_to("05-27T08:00:00");
  auto row = row_of(desk_.why_of("edu"), "escalate");
  EXPECT_EQ(row.reason, Reason::waits_for_release);
  EXPECT_EQ(row.state, NoticeState::drafted);
  EXPECT_EQ(row.notice, desk_.notice_of("edu", ItemKind::stage, "escalate"));
  auto later = desk_.clock.now() + std::chrono::days{2};
  ASSERT_TRUE(desk_.ask(desk_.engine->defer(row.notice, later, "alice")));
  EXPECT_EQ(row_of(desk_.why_of("edu"), "escalate").until, later);
}

TEST_F(Untold, NobodyToReachIsSaidOfTheStartAndOfThePastStages) {
  auto units = desk_.config.plan_folder() / "units.toml";
  auto text = contract::EditedConfig::text(units);
  auto contact = text.find("\"edu-liaison\"");
  auto channels = text.find("channels", contact);
  text.replace(channels, text.find('\n', channels) - channels, "channels = []");
  contract::EditedConfig::write(units, text);
  desk_.reload("alice");
  desk_.run_to("05-20T10:00:00");
  EXPECT_EQ(reason("remind"), Reason::no_contact);
  EXPECT_EQ(reason("due"), Reason::not_yet);
}

TEST_F(Untold, AStageMissedBehindANewerOneNamesIt) {
  desk_.clock.pass(std::chrono::days{4} + std::chrono::hours{1});
  desk_.look();
  auto row = row_of(desk_.why_of("edu"), "remind");
  EXPECT_EQ(row.reason, Reason::newer_stage);
  EXPECT_EQ(row.newer, "due 0d 09:00");
}

TEST_F(Untold, WhatWasDueBeforeTheBeginningNamesSinceWhenItIsInForce) {
  auto page = desk_.why_of("edu", "work-plan", "2036");
  EXPECT_EQ(page.assignment->standing, Standing::before_the_beginning);
  auto row = row_of(page, "overdue");
  EXPECT_EQ(row.reason, Reason::before_the_beginning);
  ASSERT_TRUE(row.fact);
  EXPECT_EQ(row.fact->kind, FactKind::in_force);
}

TEST_F(Untold, WithoutAPeriodItIsTheFirstThatIsOpenAndTheOthersAreNamed) {
  auto page = desk_.why_of("edu", "monthly-table", "");
  EXPECT_EQ(page.duties.front().periods.front().period, "2036-05");
  EXPECT_THAT(page.assignment->other_periods, SizeIs(6));
  EXPECT_EQ(page.assignment->other_periods.front().standing, Standing::before_the_beginning);
}

TEST_F(Untold, ADateThatIsNotSetSaysByWhenTheOfficeSetsIt) {
  auto page = desk_.why_of("office", "inspection", "2036");
  const auto& period = page.duties.front().periods.front();
  EXPECT_EQ(period.dating, calendar::Dating::undecided);
  EXPECT_TRUE(period.decide_by);
  EXPECT_EQ(row_of(page, "remind").reason, Reason::not_yet);
  EXPECT_FALSE(row_of(page, "remind").until);
}

TEST_F(Untold, WhoDoesNotOweItIsRefusedWithAWay) {
  auto refused = desk_.ask(desk_.engine->explain_assignment(
      Desk::plan, {"monthly-dispatch", "2036-05", "edu", ""}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "unknown-assignment");
  EXPECT_FALSE(refused.error().mend.empty());
}

TEST_F(Untold, ASilencedStageSaysUntilWhen) {
  auto silence = desk_.fact(FactKind::silenced, "edu");
  silence.about = {"", "", "edu", ""};
  silence.time = *parse_rfc3339("2036-05-21T00:00:00+08:00");
  silence.note = "防汛";
  desk_.record(silence);
  desk_.run_to("05-20T10:00:00");
  auto row = row_of(desk_.why_of("edu"), "remind");
  EXPECT_EQ(row.reason, Reason::silenced);
  EXPECT_EQ(row.until, *parse_rfc3339("2036-05-21T08:30:00+08:00"));
}

TEST_F(Untold, TheYearIsOver) {
  desk_.clock.pass(std::chrono::days{300});
  desk_.look();
  EXPECT_EQ(reason("remind"), Reason::plan_over);
}

}  // namespace
}  // namespace duban::engine
