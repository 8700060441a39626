// What a mail system says of a notice after it was delivered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/audit_desk.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// 市教育局 has a second address; the reminder of May's table has been delivered at the first.
class Bounces : public ::testing::Test {
 protected:
  Bounces() {
    contract::EditedConfig::edit(desk_.config.plan_folder() / "units.toml",
                                 R"(["folder:liaison@edu.example.org"])",
                                 R"(["folder:liaison@edu.example.org", "folder:edu-second"])");
    EXPECT_TRUE(desk_.ask(desk_.engine->reload("test")));
    desk_.run_to("05-20T09:30:00");
  }

  /// The notices that tell 市教育局 of May's table, in order.
  std::vector<ledger::NoticeView> reminders() {
    std::vector<ledger::NoticeView> found;
    for (auto& view : desk_.notices()) {
      const auto& key = view.notice.items.front().key;
      if (key.about.unit == "edu" && key.stage == "remind -3wd 09:00") {
        found.push_back(std::move(view));
      }
    }
    return found;
  }
  ledger::Bounced come_back(const std::string& notice) {
    auto noted = desk_.ask(desk_.engine->note_bounce(notice, Reason::bad_address));
    desk_.look();
    return noted ? noted->what : ledger::Bounced::unknown;
  }

  AuditDesk desk_{"05-16T10:00:00"};
};

TEST_F(Bounces, WhatCameBackGoesToTheNextAddressAndTheAuditAgrees) {
  ASSERT_THAT(reminders(), SizeIs(1));
  auto first = reminders()[0].notice;
  EXPECT_EQ(come_back(first.head.id), ledger::Bounced::written);
  auto both = reminders();
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_EQ(both[0].notice.head.state, NoticeState::bounced);
  EXPECT_EQ(both[0].notice.head.reason, Reason::bad_address);
  EXPECT_EQ(both[1].notice.head.state, NoticeState::delivered);
  EXPECT_EQ(both[1].notice.items, first.items);
  EXPECT_NE(both[1].notice.head.endpoint, first.head.endpoint);
  EXPECT_EQ(desk_.audit(), "");
  EXPECT_EQ(come_back(first.head.id), ledger::Bounced::settled);
  EXPECT_THAT(reminders(), SizeIs(2));
}

TEST_F(Bounces, ItIsNotedWithThePlanAndWhomItIsAbout) {
  auto noted = desk_.ask(desk_.engine->note_bounce(reminders()[0].notice.head.id, Reason::refused));
  ASSERT_TRUE(noted);
  EXPECT_EQ(noted->plan, Desk::plan);
  EXPECT_THAT(noted->units, ElementsAre("edu"));
}

TEST_F(Bounces, ALifeThatBeginsLaterKnowsIt) {
  EXPECT_EQ(come_back(reminders()[0].notice.head.id), ledger::Bounced::written);
  desk_.start();
  desk_.look();
  EXPECT_THAT(reminders(), SizeIs(2));
  EXPECT_EQ(desk_.audit(), "");
}

TEST_F(Bounces, WhatCameBackFromTheLastAddressIsAProblemForTheOffice) {
  come_back(reminders()[0].notice.head.id);
  come_back(reminders()[1].notice.head.id);
  EXPECT_THAT(reminders(), SizeIs(2));
  EXPECT_THAT(desk_.problems(), Contains("notices-failed"));
  EXPECT_EQ(desk_.audit(), "");
}

TEST_F(Bounces, ANoticeThatNobodyKnowsChangesNothing) {
  EXPECT_EQ(come_back("ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D"), ledger::Bounced::unknown);
  EXPECT_THAT(reminders(), SizeIs(1));
}

TEST_F(Bounces, AMailboxThatCannotBeReadIsAProblemUntilItCan) {
  desk_.engine->note_returns("mail", "Login denied");
  desk_.engine->note_returns("other", "no answer in time");
  EXPECT_THAT(desk_.problems(), Contains("returns-unread"));
  desk_.engine->note_returns("mail", {});
  EXPECT_THAT(desk_.problems(), Contains("returns-unread"));
  desk_.engine->note_returns("other", {});
  EXPECT_THAT(desk_.problems(), Not(Contains("returns-unread")));
}

TEST_F(Bounces, TheOfficeHearsOnceADayOfWhatWasNotUnderstood) {
  auto told = [&] {
    std::vector<std::string> slices;
    for (const auto& view : desk_.notices()) {
      for (const auto& item : view.notice.items) {
        if (item.key.kind == ItemKind::trouble) slices.push_back(item.key.about.slice);
      }
    }
    return slices;
  };
  EXPECT_THAT(told(), IsEmpty());
  auto id = reminders()[0].notice.head.id;
  for (int i = 0; i < 2; ++i) {
    testing::run(desk_.loop, desk_.engine->note_unclear_return(id));
    desk_.look();
  }
  EXPECT_THAT(told(), ElementsAre("return-unclear"));
}

}  // namespace
}  // namespace duban::engine
