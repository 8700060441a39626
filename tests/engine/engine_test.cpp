// The loop and what people ask of it, on a real ledger.
#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/desk.h"

namespace duban::engine {
namespace {

using contract::EditedConfig;
using ledger::FaultPoint;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::set<std::string> ids(const std::vector<ledger::NoticeView>& notices) {
  std::set<std::string> all;
  for (const auto& view : notices) all.insert(view.notice.head.id);
  return all;
}

std::multiset<schedule::ItemKey> items(const std::vector<ledger::NoticeView>& notices) {
  std::multiset<schedule::ItemKey> all;
  for (const auto& view : notices) {
    all.insert(view.notice.head.items.begin(), view.notice.head.items.end());
  }
  return all;
}

bool each_once(const std::multiset<schedule::ItemKey>& all) {
  return std::set<schedule::ItemKey>(all.begin(), all.end()).size() == all.size();
}

class EngineLoop : public ::testing::Test {
 protected:
  // What a quiet ledger holds after the same days: the yardstick.
  static std::multiset<schedule::ItemKey> undisturbed() {
    Desk desk{"05-19T10:00:00"};
    desk.clock.pass(std::chrono::days{5});
    desk.turn();
    return items(desk.notices());
  }
};

TEST_F(EngineLoop, AStartTellsWhatIsOpenAndASecondStartTellsNothing) {
  Desk desk{"05-19T10:00:00"};
  auto told = ids(desk.notices());
  EXPECT_FALSE(told.empty());
  desk.start();
  EXPECT_EQ(ids(desk.notices()), told);
}

TEST_F(EngineLoop, ALedgerThatDoesNotWriteIsAskedLaterNotAgainAndAgain) {
  bool fails = false;
  int commits = 0;
  Desk desk{"05-19T10:00:00", [&](FaultPoint point) {
    if (point != FaultPoint::before_commit || !fails) return false;
    // A loop that spins would never come back from its turn.
    if (++commits > 1000) throw std::runtime_error("the loop spins");
    return true;
  }};
  fails = true;
  desk.clock.pass(std::chrono::days{5});
  desk.turn();
  EXPECT_GT(commits, 1);
  EXPECT_LT(commits, 10);
  EXPECT_THAT(desk.problems(), Contains("ledger-failing"));
  fails = false;
  desk.turn();
  EXPECT_THAT(desk.problems(), Not(Contains("ledger-failing")));
  EXPECT_EQ(items(desk.notices()), undisturbed());
}

TEST_F(EngineLoop, ACommitThatHappenedUnheardIsNotRepeated) {
  int commits = 0;
  Desk desk{"05-19T10:00:00", [&](FaultPoint point) {
              return point == FaultPoint::after_commit && ++commits % 2 == 1;
            }};
  desk.clock.pass(std::chrono::days{5});
  for (int look = 0; look < 10; ++look) desk.turn();
  EXPECT_EQ(items(desk.notices()), undisturbed());
}

TEST_F(EngineLoop, ACommitThatDidNotHappenIsMadeUpFor) {
  int commits = 0;
  Desk desk{"05-19T10:00:00", [&](FaultPoint point) {
              return point == FaultPoint::before_commit && ++commits % 2 == 1;
            }};
  desk.clock.pass(std::chrono::days{5});
  for (int look = 0; look < 10; ++look) desk.turn();
  auto told = items(desk.notices());
  EXPECT_TRUE(each_once(told));
  EXPECT_EQ(told, undisturbed());
}

TEST_F(EngineLoop, WhatSomebodyElseRecordedMeanwhileIsSeen) {
  Desk desk{"05-19T10:00:00"};
  schedule::Fact fact;
  fact.kind = FactKind::received;
  fact.about = {"monthly-table", "2036-05", "edu", ""};
  fact.at = fact.recorded_at = desk.clock.now();
  ASSERT_TRUE(desk.ask(desk.store->record(Desk::plan, {fact})));
  desk.clock.pass(std::chrono::days{5});
  desk.turn();
  for (const auto& key : items(desk.notices())) {
    bool reminded = key.about.duty == "monthly-table" && key.about.period == "2036-05" &&
                    key.about.unit == "edu" && key.kind == ItemKind::stage;
    EXPECT_FALSE(reminded) << key.stage;
  }
}

TEST_F(EngineLoop, AReloadOfABadFileKeepsThePlanSaysWhyAndTellsTheOffice) {
  Desk desk{"05-19T10:00:00"};
  auto digest = desk.engine->find_plan(Desk::plan)->plan().digest;
  EditedConfig::edit(desk.config.plan_file(), "due    = \"25 17:00\"",
                     "due    = \"32 17:00\"");
  auto reloaded = desk.ask(desk.engine->reload("alice"));
  ASSERT_TRUE(reloaded);
  EXPECT_THAT(reloaded->taken, IsEmpty());
  EXPECT_THAT(reloaded->kept, ElementsAre(Desk::plan));
  EXPECT_TRUE(has_errors(reloaded->diagnostics));
  EXPECT_EQ(desk.engine->find_plan(Desk::plan)->plan().digest, digest);
  EXPECT_THAT(desk.problems(), Contains("bad-files"));
  bool office_told = false;
  for (const auto& key : items(desk.notices())) office_told |= key.kind == ItemKind::trouble;
  EXPECT_TRUE(office_told);

  EditedConfig::edit(desk.config.plan_file(), "due    = \"32 17:00\"",
                     "due    = \"25 17:00\"");
  EXPECT_THAT(desk.ask(desk.engine->reload("alice"))->taken, ElementsAre(Desk::plan));
  EXPECT_THAT(desk.problems(), Not(Contains("bad-files")));
}

TEST_F(EngineLoop, AnotherYearIsRefusedWhileThingsAreToldAndOpen) {
  Desk desk{"05-19T10:00:00"};
  EditedConfig::edit(desk.config.plan_file(), "year     = 2036", "year     = 2035");
  auto reloaded = desk.ask(desk.engine->reload("alice"));
  ASSERT_TRUE(reloaded);
  EXPECT_THAT(reloaded->kept, ElementsAre(Desk::plan));
  EXPECT_EQ(reloaded->diagnostics.back().code, "year-changed");
  EXPECT_EQ(desk.engine->find_plan(Desk::plan)->plan().year, 2036);
}

TEST_F(EngineLoop, ARestartOnBadFilesRunsTheLastTextThatChecked) {
  Desk desk{"05-19T10:00:00"};
  auto digest = desk.engine->find_plan(Desk::plan)->plan().digest;
  EditedConfig::edit(desk.config.plan_file(), "[[duty]]", "[[duty]");
  desk.start();
  EXPECT_EQ(desk.engine->find_plan(Desk::plan)->plan().digest, digest);
  EXPECT_THAT(desk.problems(), Contains("bad-files"));
}

TEST_F(EngineLoop, WhichTextWasInForceIsRecordedOncePerText) {
  Desk desk{"05-19T10:00:00"};
  desk.start();
  EditedConfig::edit(desk.config.plan_file(), "name   = \"月调度表\"", "name   = \"月度表\"");
  ASSERT_TRUE(desk.ask(desk.engine->reload("alice")));
  ASSERT_TRUE(desk.ask(desk.engine->reload("bob")));
  std::vector<std::string> by;
  for (const auto& fact : desk.record().facts()) {
    if (fact.kind == FactKind::plan_text) by.push_back(fact.by);
  }
  EXPECT_THAT(by, ElementsAre("duband", "alice"));
}

TEST_F(EngineLoop, SentAgainIsANewNoticeThatNamesTheOld) {
  Desk desk{"05-19T10:00:00"};
  auto first = desk.notices().front();
  auto again = desk.ask(desk.engine->resend(first.notice.head.id, "alice"));
  ASSERT_TRUE(again) << again.error().message.chinese;
  EXPECT_NE(*again, first.notice.head.id);
  auto copy = desk.ask(desk.engine->notices({.id = *again}))->front();
  EXPECT_EQ(copy.notice.items, first.notice.items);
  EXPECT_THAT(copy.notice.content.subject, HasSubstr("补发"));
  EXPECT_THAT(copy.notice.content.text, HasSubstr(first.notice.head.id));
  // and again is another one, not the same
  EXPECT_NE(*desk.ask(desk.engine->resend(first.notice.head.id, "alice")), *again);
}

TEST_F(EngineLoop, WhatIsBeingSentIsNotSaidToBeSentAgain) {
  Desk desk{"05-19T10:00:00"};
  auto claimed = desk.ask(
      desk.store->settle_and_claim({}, "sender", 1, Seconds{120}, desk.clock.now(), {}));
  ASSERT_TRUE(claimed && claimed->claimed.size() == 1);
  const auto before = desk.notices().size();
  auto again = desk.ask(desk.engine->resend(claimed->claimed.front().notice.head.id, "alice"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "being-sent");
  EXPECT_EQ(desk.notices().size(), before);
}

TEST_F(EngineLoop, WhatIsNotThereIsRefusedWithAWay) {
  Desk desk{"05-19T10:00:00"};
  EXPECT_EQ(desk.ask(desk.engine->resend("ntc_x", "alice")).error().code, "unknown-notice");
  EXPECT_EQ(desk.ask(desk.engine->release("ntc_x", "alice")).error().code, "no-draft");
  EXPECT_EQ(desk.ask(desk.engine->record("nowhere", {})).error().code, "unknown-plan");
  EXPECT_EQ(desk.engine->plan_of_duty("monthly-tabel").error().code, "unknown-duty");
}

TEST_F(EngineLoop, ADraftIsReleasedAndGoesOrIsPutOff) {
  Desk desk{"05-19T10:00:00"};
  desk.clock.pass(std::chrono::days{7});
  desk.turn();
  schedule::Fact checked;
  checked.kind = FactKind::checked;
  checked.about = {"monthly-table", "2036-05", "", ""};
  checked.at = desk.clock.now();
  ASSERT_TRUE(desk.ask(desk.engine->record(Desk::plan, {checked})));
  desk.clock.pass(std::chrono::days{2});
  desk.turn();
  auto drafts = *desk.ask(desk.engine->notices({.state = NoticeState::drafted}));
  ASSERT_GE(drafts.size(), 2U);
  auto first = drafts[0].notice.head.id;
  auto second = drafts[1].notice.head.id;
  ASSERT_TRUE(desk.ask(desk.engine->release(first, "alice")));
  ASSERT_TRUE(desk.ask(
      desk.engine->defer(second, desk.clock.now() + std::chrono::days{3}, "alice")));
  desk.clock.pass(std::chrono::days{2});
  desk.turn();
  EXPECT_EQ(desk.ask(desk.engine->notices({.id = first}))->front().notice.head.state,
            NoticeState::superseded);  // rendered afresh as what goes out
  EXPECT_EQ(desk.ask(desk.engine->notices({.id = second}))->front().notice.head.state,
            NoticeState::drafted);
}

}  // namespace
}  // namespace duban::engine
