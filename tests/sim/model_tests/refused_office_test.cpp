// What the judge says of the office's list, of drafts to leaders, and of papers that are issued.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/model_tests/hand.h"

namespace duban::sim {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using What = Said::What;

MATCHER_P2(Complains, rule, about, "") {
  return testing::Value(arg.complaints(), Contains(AllOf(StartsWith(std::string{rule} + ":"),
                                                         HasSubstr(about))));
}

Said said(What what, std::string unit = "a") {
  return {.what = what, .duty = "p", .period = "2030", .unit = std::move(unit)};
}

// Started on 26 April, reminded on 14 May; what follows is told by each test. Its lists are those
// of 13 and 14 May.
class OfficeList : public testing::Test {
 protected:
  OfficeList() {
    hand.up(hand.at(4, 26, 9));
    hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
  }
  void list(int day, std::string text) { hand.list(hand.at(5, day, 16, 30), std::move(text)); }
  void ends(int day) { hand.ends(hand.at(5, day, 18)); }

  Hand hand;
};

constexpr const char* asked_line = "  dubanctl extend p 2030 a --until 月-日\n"
                                   "  dubanctl extend p 2030 a --refuse --why 原因\n";
constexpr const char* unclear_line = "  dubanctl accept p 2030 a\n";

TEST_F(OfficeList, MayNameAQuestionUntilItIsDecided) {
  hand.say(hand.at(5, 13, 10), said(What::asked));
  list(13, asked_line);
  ends(13);
  EXPECT_THAT(hand.complaints(), IsEmpty());
}
TEST_F(OfficeList, LeavesNoQuestionOut) {
  hand.say(hand.at(5, 13, 10), said(What::asked));
  list(13, "  dubanctl accept p 2030 a\n");
  ends(13);
  EXPECT_THAT(hand, Complains("PARTS", "leaves out p 2030 a: more time is asked for"));
}
TEST_F(OfficeList, ComesForAQuestionAlone) {
  hand.say(hand.at(5, 13, 10), said(What::asked));
  ends(13);
  EXPECT_THAT(hand, Complains("LIST", "p 2030 a waits for the office's answer"));
}
TEST_F(OfficeList, NamesNoQuestionThatIsDecided) {
  hand.say(hand.at(5, 13, 10), said(What::asked));
  hand.say(hand.at(5, 13, 11), said(What::declined));
  list(13, asked_line);
  ends(13);
  EXPECT_THAT(hand, Complains("PARTS", "names p 2030 a, and no: more time is asked for"));
}
TEST_F(OfficeList, LeavesNothingOutThatIsSaidToBeAnothers) {
  hand.say(hand.at(5, 13, 10), said(What::not_ours));
  list(13, asked_line);
  ends(13);
  EXPECT_THAT(hand, Complains("PARTS", "leaves out p 2030 a: it is said to be another's"));
}
TEST_F(OfficeList, MayNameRowsThatNobodyUnderstands) {
  hand.say(hand.at(5, 13, 10), said(What::submitted));
  list(13, unclear_line);
  ends(13);
  EXPECT_THAT(hand.complaints(), IsEmpty());
}
TEST_F(OfficeList, ComesForRowsAlone) {
  hand.say(hand.at(5, 13, 10), said(What::submitted));
  ends(13);
  EXPECT_THAT(hand, Complains("LIST", "p 2030 a has rows that nobody understands"));
}
TEST_F(OfficeList, NamesNoRowsThatWereTakenAsTheyAre) {
  hand.say(hand.at(5, 13, 10), said(What::submitted));
  hand.say(hand.at(5, 13, 11), said(What::accepted));
  list(13, unclear_line);
  ends(13);
  EXPECT_THAT(hand, Complains("PARTS", "names p 2030 a, and no: its rows are not understood"));
}
TEST_F(OfficeList, NamesNoneThatIsNotOverdue) {
  list(13, "  dubanctl received p 2030 a --at 时:分\n");
  ends(13);
  EXPECT_THAT(hand, Complains("PARTS", "names p 2030 a, and no: it is overdue"));
}
TEST_F(OfficeList, LeavesNoneOutThatIsOverdue) {
  hand = Hand::unanswered();
  hand.last_notice().text = "  dubanctl received q 2030 a --at 时:分\n";
  EXPECT_THAT(hand, Complains("PARTS", "leaves out p 2030 a: it is overdue"));
}
TEST_F(OfficeList, NamesNoDraftThatIsNone) {
  hand = Hand::unanswered();
  hand.last_notice().text += "  dubanctl release ntc_nothing\n";
  EXPECT_THAT(hand, Complains("PARTS", "names ntc_nothing, and that waits no more"));
}
TEST_F(OfficeList, LeavesNoDraftOut) {
  hand = Hand::unanswered();
  hand.list(hand.at(5, 20, 16, 30), "  dubanctl received p 2030 a --at 时:分\n");
  hand.ends(hand.at(5, 20, 18));
  EXPECT_THAT(hand, Complains("PARTS", "leaves out the draft"));
}

// A draft of the 17th at 16:30, for the 20th at 9:00.
class LeaderHears : public testing::Test {
 protected:
  LeaderHears() {
    hand = Hand::unanswered();
    // The list comes after it; here the draft is the last.
    hand.outcome.items.pop_back();
    hand.outcome.notices.pop_back();
    hand.outcome.arrivals.pop_back();
    hand.outcome.exchanges.pop_back();
  }
  void release(Second at) {
    auto& released = hand.fact("released", at);
    released.subject = hand.last_notice().id;
  }

  Hand hand;
};

TEST_F(LeaderHears, WhatWasReleased) {
  release(hand.at(5, 17, 17));
  hand.release(hand.at(5, 20, 9));
  EXPECT_THAT(hand.complaints(), Not(Contains(StartsWith("LEADER:"))));
  EXPECT_THAT(hand.complaints(), Not(Contains(StartsWith("RELEASE:"))));
}
TEST_F(LeaderHears, NothingAfterTheOfficeHasCalled) {
  release(hand.at(5, 17, 17));
  hand.say(hand.at(5, 17, 18), said(What::called));
  hand.release(hand.at(5, 20, 9));
  EXPECT_THAT(hand, Complains("LEADER", "the office had called at 2030-05-17 18:00:00"));
}
TEST_F(LeaderHears, ItThoughTheOfficeCalledAboutAnother) {
  release(hand.at(5, 17, 17));
  hand.say(hand.at(5, 17, 18), said(What::called, "b"));
  hand.release(hand.at(5, 20, 9));
  EXPECT_THAT(hand.complaints(), Not(Contains(StartsWith("LEADER:"))));
}
TEST_F(LeaderHears, NothingOfWhatWasHandedInSince) {
  release(hand.at(5, 17, 17));
  hand.say(hand.at(5, 17, 18), said(What::received));
  hand.release(hand.at(5, 20, 9));
  EXPECT_THAT(hand, Complains("LEADER", "it was answered"));
}
TEST_F(LeaderHears, NothingOfWhatAPaperForAllHasAnswered) {
  release(hand.at(5, 17, 17));
  hand.say(hand.at(5, 17, 18), said(What::issued, ""));
  hand.release(hand.at(5, 20, 9));
  EXPECT_THAT(hand, Complains("LEADER", "it was answered"));
}

TEST(Issued, IsAnAnswer) {
  Hand hand;
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
  hand.say(hand.at(5, 13, 10), said(What::issued, ""));
  hand.ends(hand.at(5, 20, 9));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}
TEST(Issued, IsAnAnswerAndNoReasonToSayThatItIsGone) {
  Hand hand;
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.say(hand.at(5, 13, 10), said(What::issued, ""));
  auto without = plan_by_hand();
  without.duties.clear();
  hand.edit(hand.at(5, 14, 8, 40), without);
  hand.tell("gone", "", hand.at(5, 14, 8, 40), hand.at(5, 14, 8, 40), due).telling = 2;
  hand.ends(hand.at(5, 15, 9));
  EXPECT_THAT(hand, Complains("TOLD", "gone"));
}

}  // namespace
}  // namespace duban::sim
