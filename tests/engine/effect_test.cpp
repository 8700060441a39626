#include "engine/effect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::engine {
namespace {

using schedule::ItemKey;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Instant at(int hour) { return Instant{std::chrono::hours{hour}}; }

Prospect reminder(const std::string& unit, int hour,
                  const std::string& stage = "remind -3wd 09:00") {
  Prospect one;
  one.item.key = {{"table", "2022-07", unit, ""}, ItemKind::stage, stage, Audience::liaison, 1};
  one.item.planned_at = one.at = at(hour);
  one.item.due = at(100);
  one.notice = "ntc_" + unit + std::to_string(hour);
  one.endpoint = unit + "/1";
  one.contact = unit;
  one.words = "words";
  return one;
}

Prospect draft(const std::string& unit, int hour) {
  auto one = reminder(unit, hour, "escalate +2wd 09:00");
  one.item.key.audience = Audience::leader;
  one.drafted = true;
  return one;
}

std::vector<ChangeKind> kinds(const std::vector<Change>& changes) {
  std::vector<ChangeKind> all;
  for (const auto& one : changes) all.push_back(one.kind);
  return all;
}

// As if `one` had been told before.
schedule::Record told(const Prospect& one) {
  schedule::Record record;
  record.apply({.id = "ntc_old", .endpoint = one.endpoint}, {one.item});
  record.end_notice("ntc_old", NoticeState::delivered, Reason::accepted, at(0));
  return record;
}

TEST(Effect, WhatStaysAsItIsIsNoDifference) {
  EXPECT_THAT(compare({reminder("edu", 1), draft("edu", 5)}, {draft("edu", 5), reminder("edu", 1)},
                      {}),
              IsEmpty());
}

TEST(Effect, WhatOnlyOneHasIsAddedOrGone) {
  auto changes = compare({reminder("edu", 1)}, {reminder("water", 2)}, {});
  ASSERT_THAT(kinds(changes), ElementsAre(ChangeKind::gone, ChangeKind::added));
  EXPECT_EQ(changes[0].from->item.key.about.unit, "edu");
  EXPECT_FALSE(changes[0].to);
  EXPECT_EQ(changes[1].to->item.key.about.unit, "water");
}

TEST(Effect, TheSameItemAtAnotherMomentIsMoved) {
  auto changes = compare({reminder("edu", 1)}, {reminder("edu", 3)}, {});
  ASSERT_THAT(kinds(changes), ElementsAre(ChangeKind::moved));
  EXPECT_EQ(changes[0].from->at, at(1));
  EXPECT_EQ(changes[0].to->at, at(3));
}

TEST(Effect, AStageWhoseTextWasEditedIsMovedNotGoneAndAdded) {
  std::vector before{reminder("edu", 1, "remind -5wd 09:00"),
                     reminder("edu", 4, "remind -1wd 09:00")};
  std::vector after{reminder("edu", 1, "remind -5wd 09:00"),
                    reminder("edu", 3, "remind -2wd 09:00")};
  auto changes = compare(before, after, {});
  ASSERT_THAT(kinds(changes), ElementsAre(ChangeKind::moved));
  EXPECT_EQ(changes[0].from->item.key.stage, "remind -1wd 09:00");
  EXPECT_EQ(changes[0].to->item.key.stage, "remind -2wd 09:00");
}

TEST(Effect, StagesOfAnotherKindAreNotTheSame) {
  auto changes = compare({reminder("edu", 1)}, {reminder("edu", 1, "due 0d 09:00")}, {});
  EXPECT_THAT(kinds(changes), UnorderedElementsAre(ChangeKind::gone, ChangeKind::added));
}

TEST(Effect, ADraftAndAMessageThatGoesAreNotTheSame) {
  auto goes = draft("edu", 5);
  goes.drafted = false;
  EXPECT_THAT(kinds(compare({draft("edu", 5)}, {goes}, {})),
              UnorderedElementsAre(ChangeKind::gone, ChangeKind::added));
}

TEST(Effect, AChangeIsToldAgain) {
  auto change = reminder("edu", 1, "");
  change.item.key.kind = ItemKind::change;
  change.item.was_due = at(90);
  EXPECT_THAT(kinds(compare({}, {change}, {})), ElementsAre(ChangeKind::told_again));
}

TEST(Effect, WhatWasToldBeforeIsToldAgainUnderAHigherTelling) {
  auto again = reminder("edu", 5);
  again.item.key.telling = 2;
  EXPECT_THAT(kinds(compare({}, {again}, told(reminder("edu", 1)))),
              ElementsAre(ChangeKind::told_again));
  EXPECT_THAT(kinds(compare({}, {again}, told(reminder("water", 1)))),
              ElementsAre(ChangeKind::added));
}

TEST(Effect, AnotherAddressOrPersonIsRerouted) {
  auto elsewhere = reminder("edu", 1);
  elsewhere.endpoint = "edu-second/1";
  EXPECT_THAT(kinds(compare({reminder("edu", 1)}, {elsewhere}, {})),
              ElementsAre(ChangeKind::rerouted));
  auto somebody_else = reminder("edu", 1);
  somebody_else.contact = "edu-second";
  EXPECT_THAT(kinds(compare({reminder("edu", 1)}, {somebody_else}, {})),
              ElementsAre(ChangeKind::rerouted));
}

TEST(Effect, OtherWordsOfTheSameMessageAreListedForEachOfItsItems) {
  auto first = reminder("edu", 1);
  auto second = reminder("edu", 1);
  second.item.key.about.duty = "paper";
  auto other = [](Prospect one) {
    one.words = "other words";
    return one;
  };
  EXPECT_THAT(compare({first, second}, {other(first), other(second)}, {}), SizeIs(2));
  // Another date of one explains what the message says otherwise.
  auto dated = other(second);
  dated.item.due = at(101);
  auto changes = compare({first, second}, {other(first), dated}, {});
  ASSERT_THAT(kinds(changes), ElementsAre(ChangeKind::reworded));
  EXPECT_EQ(changes[0].key().about.duty, "paper");
}

TEST(Effect, WhatAMessageSaysOfTheRestIsNoChangeWhenItLosesAnItem) {
  auto first = reminder("edu", 1);
  auto second = first;
  second.item.key.about.duty = "paper";
  auto alone = first;
  alone.notice = "ntc_alone";
  alone.words = "other words";
  auto changes = compare({first, second}, {alone}, {});
  ASSERT_THAT(kinds(changes), ElementsAre(ChangeKind::gone));
  EXPECT_EQ(changes[0].key().about.duty, "paper");
}

TEST(Effect, ChangesComeInTheOrderOfTime) {
  auto changes = compare({reminder("a", 9), reminder("b", 2)}, {reminder("c", 5)}, {});
  ASSERT_THAT(changes, SizeIs(3));
  EXPECT_EQ(changes[0].key().about.unit, "b");
  EXPECT_EQ(changes[1].key().about.unit, "c");
}

class Prospects : public ::testing::Test {
 protected:
  Prospects() {
    auto waiting = reminder("edu", 1);
    record_.apply({.id = "ntc_open", .endpoint = "edu/1", .queued_at = at(1)}, {waiting.item});
  }
  static ledger::Notice notice(const Prospect& one, NoticeState state) {
    ledger::Notice made;
    made.head = {.id = one.notice, .endpoint = one.endpoint, .state = state, .queued_at = at(7)};
    made.items = {one.item};
    made.content.text = "words";
    return made;
  }
  schedule::Record record_;
};

TEST_F(Prospects, WhatIsQueuedGoesOutFromNowOnUnlessItWasEndedAtOnce) {
  auto all = prospects(record_, at(3), {});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].notice, "ntc_open");
  EXPECT_EQ(all[0].at, at(3));
  EXPECT_THAT(prospects(record_, at(3), {.notices = {}, .ended_at_once = {"ntc_open"}}), IsEmpty());
}

TEST_F(Prospects, ADraftGoesAtItsTimeAndIsThereOnceHoweverOftenItIsWritten) {
  auto planned = draft("water", 9);
  auto again = planned;
  again.notice = "ntc_again";
  auto all = prospects({}, at(3), {.notices = {notice(planned, NoticeState::drafted),
                                               notice(again, NoticeState::drafted)},
                                   .ended_at_once = {}});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].at, at(9));
  EXPECT_TRUE(all[0].drafted);
}

TEST_F(Prospects, TheWordsAreThoseOfTheWholeMessage) {
  auto one = notice(reminder("water", 7), NoticeState::queued);
  auto other = one;
  other.content.subject = "another subject";
  auto words = [](const ledger::Notice& told) {
    return prospects({}, at(3), {.notices = {told}, .ended_at_once = {}}).front().words;
  };
  EXPECT_EQ(words(one), words(one));
  EXPECT_NE(words(one), words(other));
}

}  // namespace
}  // namespace duban::engine
