// What the judge refuses of the way to the receivers: a good outcome with one thing wrong, and the
// rule that must say so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/model_tests/hand.h"

namespace duban::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

MATCHER_P2(Complains, rule, about, "") {
  return testing::Value(arg.complaints(),
                        Contains(testing::AllOf(StartsWith(std::string{rule} + ":"),
                                                HasSubstr(about))));
}

// The start letter and the reminder of plan_by_hand(), which goes wrong in a way of each test's.
class RefusedOnItsWay : public testing::Test {
 protected:
  RefusedOnItsWay() {
    hand.up(hand.at(4, 26, 9));
    hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
    hand.tell("stage", "remind -2wd 09:00", at, at, hand.at(5, 16, 17));
    hand.ends(hand.at(5, 16, 8));
  }
  NoticeRow& notice() { return hand.outcome.notices.back(); }
  Exchange& exchange() { return hand.outcome.exchanges.back(); }
  void replies(Exchange& one, int reply) {
    one.reply = reply;
    one.taken = reply == 200;
  }
  // A first attempt that fails, and the one that the hand has written after so long.
  Exchange& fails_first(int reply, Second then_waits) {
    auto again = exchange();
    again.began.since = again.ended.since = again.began.wall = again.ended.wall = at + then_waits;
    replies(exchange(), reply);
    notice().attempts = {{1, at, "retry", "server-error"},
                         {2, at + then_waits, "delivered", "accepted"}};
    notice().ended_at = at + then_waits;
    hand.outcome.arrivals.back().at = again.began;
    hand.outcome.exchanges.push_back(again);
    // The row of the attempt that came in between.
    hand.fact("plan-text", at);
    return *(hand.outcome.exchanges.end() - 2);
  }
  void set_clock(Second when, Second by) {
    hand.outcome.events.push_back({.kind = Event::Kind::clock_set,
                                   .at = {when + by, when},
                                   .happening = hand.story.happenings.size()});
    hand.story.happenings.push_back({when, ClockSet{by}});
  }
  void die(Second when, Second back_after) {
    hand.down(when);
    hand.up(when + back_after);
  }

  Hand hand;
  const Second at = hand.at(5, 14, 9);
};

TEST_F(RefusedOnItsWay, NothingWhenAllIsWell) { EXPECT_THAT(hand.complaints(), IsEmpty()); }
TEST_F(RefusedOnItsWay, NothingWhenItIsTriedAgain) {
  fails_first(503, 5);
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST_F(RefusedOnItsWay, ADeliveryThatWasRefused) {
  replies(exchange(), 400);
  EXPECT_THAT(hand, Complains("REPLY", "is delivered (accepted), and the receiver said 400"));
}
TEST_F(RefusedOnItsWay, AnErrorOfTheServerThatIsFinal) {
  replies(exchange(), 503);
  notice().attempts = {{1, at, "rejected", "server-error"}};
  EXPECT_THAT(hand, Complains("REPLY", "the receiver said 503"));
}
TEST_F(RefusedOnItsWay, ARefusalThatIsTriedAgain) {
  replies(exchange(), 404);
  notice().attempts = {{1, at, "retry", "refused"}};
  EXPECT_THAT(hand, Complains("REPLY", "the receiver said 404"));
}
TEST_F(RefusedOnItsWay, ADeliveryWithoutAReply) {
  exchange().reply = 0;
  EXPECT_THAT(hand, Complains("REPLY", "no reply came"));
}
TEST_F(RefusedOnItsWay, ADoubtWhereNothingWasHandedOver) {
  exchange().reply = 0;
  exchange().handed_over = exchange().taken = false;
  notice().attempts = {{1, at, "unknown", "reply-lost"}};
  EXPECT_THAT(hand, Complains("REPLY", "it was never handed over"));
}
TEST_F(RefusedOnItsWay, ADeliveryThatNobodyWasAskedFor) {
  hand.outcome.exchanges.pop_back();
  EXPECT_THAT(hand, Complains("REPLY", "nobody was asked"));
}

TEST_F(RefusedOnItsWay, AnOutcomeThatIsForgotten) {
  auto again = exchange();
  again.began.since = again.ended.since = again.began.wall = again.ended.wall = at + 600;
  hand.outcome.exchanges.push_back(again);
  EXPECT_THAT(hand, Complains("WRITTEN", "(the receiver said 200) is not in the ledger"));
}
TEST_F(RefusedOnItsWay, NotTheOutcomeThatTheDaemonDiedOver) {
  auto again = exchange();
  again.began.since = again.ended.since = again.began.wall = again.ended.wall = at + 600;
  hand.outcome.exchanges.push_back(again);
  die(at + 620, 5);
  EXPECT_THAT(hand, testing::Not(Complains("WRITTEN", "")));
}

TEST_F(RefusedOnItsWay, AnAttemptThatDoesNotWaitAsItIsAsked) {
  fails_first(503, 5).retry_after = 60;
  EXPECT_THAT(hand, Complains("WAITS", "waited 5 s, not 60 s"));
}
TEST_F(RefusedOnItsWay, AnAttemptThatWaitsForAnAgeIfItIsAsked) {
  fails_first(429, 30 * 3600).retry_after = 1'000'000;
  EXPECT_THAT(hand, Complains("WAITS", "waited 108000 s, not 86400 s"));
}
TEST_F(RefusedOnItsWay, AnAttemptThatCannotWait) {
  fails_first(503, 2);
  EXPECT_THAT(hand, Complains("WAITS", "waited 2 s, not 5 s"));
}
TEST_F(RefusedOnItsWay, AnAttemptThatIsForgotten) {
  fails_first(503, 7200);
  EXPECT_THAT(hand, Complains("WAITS", "waited 7200 s, not 5 s"));
}
TEST_F(RefusedOnItsWay, AnAttemptThatStaysWhereItWasWhenTheClockIsSetBack) {
  set_clock(at + 2, -7200);
  fails_first(503, 7205);
  exchange().began.wall = exchange().ended.wall = notice().attempts.back().at = at + 5;
  EXPECT_THAT(hand, Complains("WAITS", "waited 7205 s, not 5 s"));
}
TEST_F(RefusedOnItsWay, AnAttemptAfterTheChannelGivesUp) {
  fails_first(503, 5);
  hand.ends(hand.at(5, 20, 9));
  auto& rows = notice().attempts;
  auto last = exchange();
  for (Second after : {600L, 3000L, 13'000L, 40'000L, 90'000L, 170'000L, 250'000L, 340'000L}) {
    auto one = last;
    one.began = one.ended = {at + after, at + after};
    hand.outcome.exchanges.push_back(one);
    rows.push_back({static_cast<int>(rows.size()) + 1, at + after, "retry", "server-error"});
  }
  EXPECT_THAT(hand, Complains("WAITS", "for ever"));
}
TEST_F(RefusedOnItsWay, OneThatIsGivenUpTooSoon) {
  exchange().retry_after = 1'000'000;
  replies(exchange(), 503);
  notice().attempts = {{1, at, "retry", "server-error"}};
  notice().ended = "failed";
  notice().end_reason = "tries-exhausted";
  EXPECT_THAT(hand, Complains("WAITS", "too soon"));
}

TEST_F(RefusedOnItsWay, AnEndpointThatIsGoneAndTriedAgain) {
  replies(hand.outcome.exchanges.front(), 410);
  hand.outcome.exchanges.front().ended.since += 2;
  EXPECT_THAT(hand, Complains("GONE", "a-liaison/1 is tried at 2030-05-14 09:00:00"));
}
TEST_F(RefusedOnItsWay, NotTheEndpointThatMayHaveComeBack) {
  replies(hand.outcome.exchanges.front(), 410);
  hand.edit(hand.at(5, 6, 10), plan_by_hand());
  EXPECT_THAT(hand, testing::Not(Complains("GONE", "")));
}
TEST_F(RefusedOnItsWay, WhatIsTakenUpUnderTheDead) {
  die(at + 1, 3);
  auto again = exchange();
  exchange().whole = false;
  again.began = again.ended = {at + 5, at + 5};
  notice().attempts.front().at = at + 5;
  hand.outcome.exchanges.push_back(again);
  EXPECT_THAT(hand, Complains("LEASE", "may still be under way"));
}
TEST_F(RefusedOnItsWay, OneThatLiesAbout) {
  exchange().began = exchange().ended = {at + 130, at + 130};
  notice().attempts.front().at = *(notice().ended_at = at + 130);
  EXPECT_THAT(hand, Complains("SENT", "has not gone by 2030-05-14 09:01:15"));
}


TEST_F(RefusedOnItsWay, OneThatGoesToNobodysAddress) {
  exchange().address = "https://old.example.org/hook";
  EXPECT_THAT(hand, Complains("ADDRESS", "https://old.example.org/hook, which is nobody's"));
}
TEST_F(RefusedOnItsWay, OneThatHasLostItsAddress) {
  notice().attempts.clear();
  notice().ended = "failed";
  notice().end_reason = "bad-configuration";
  EXPECT_THAT(hand, Complains("ADDRESS", "failed for want of an address"));
}
TEST_F(RefusedOnItsWay, OneThatComesASecondTooLate) {
  auto late = at + 1;
  notice().queued_at = notice().attempts.front().at = *(notice().ended_at = late);
  exchange().began = exchange().ended = {late, late};
  std::erase_if(hand.outcome.events, [&](const Event& event) { return event.at.since == at; });
  EXPECT_THAT(hand, Complains("SECOND", "told at 2030-05-14 09:00:01"));
}
TEST_F(RefusedOnItsWay, ADraftThatOutlivesItsCause) {
  auto& draft = hand.draft("remind -2wd 09:00", at, at, hand.at(5, 16, 17));
  draft.audience = "liaison";
  draft.telling = 2;
  hand.say(hand.at(5, 15, 9), {.duty = "p", .period = "2030", .unit = "a"});
  EXPECT_THAT(hand, Complains("WITHDRAWN", "after received of 2030-05-15 09:00:00"));
}

}  // namespace
}  // namespace duban::sim
