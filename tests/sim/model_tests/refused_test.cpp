// What the judge refuses: a good outcome with one thing wrong, and the rule that must say so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/model_tests/hand.h"

namespace duban::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;
using What = Said::What;

MATCHER_P2(Complains, rule, about, "") {
  return testing::Value(arg.complaints(),
                        Contains(testing::AllOf(StartsWith(std::string{rule} + ":"),
                                                HasSubstr(about))));
}

// As in Hand::unanswered: start, remind, due, overdue, escalate, list.
enum Told : std::size_t { start, remind, due_day, overdue, escalate, list };

class Refused : public testing::Test {
 protected:
  ItemRow& item(Told which) { return hand.outcome.items.at(which); }
  NoticeRow& notice(Told which) { return hand.outcome.notices.at(which); }
  Arrival& arrival(std::size_t which) { return hand.outcome.arrivals.at(which); }
  // As if it had never been.
  void lose(Told which) {
    std::erase_if(hand.outcome.arrivals,
                  [&](const Arrival& one) { return one.notice == notice(which).id; });
    hand.outcome.items.erase(hand.outcome.items.begin() + static_cast<std::ptrdiff_t>(which));
    hand.outcome.notices.erase(hand.outcome.notices.begin() + static_cast<std::ptrdiff_t>(which));
    for (int i = 0; i < 4; ++i) hand.fact("plan-text", hand.at(4, 26, 9)).seq += 100 + i;
    for (auto& fact : hand.outcome.facts) {
      if (fact.seq > 100) fact.seq = free_number();
    }
  }
  void tell_later(Told which, Second by) {
    auto& told = notice(which);
    for (auto& one : hand.outcome.arrivals) {
      if (one.notice == told.id) one.at = {told.queued_at + by, told.queued_at + by};
    }
    told.queued_at += by;
    for (auto& one : told.attempts) one.at += by;
    if (told.ended_at) *told.ended_at += by;
  }
  std::int64_t free_number() const {
    std::int64_t last = 0;
    for (const auto& one : hand.outcome.facts) {
      if (one.seq <= 100) last = std::max(last, one.seq);
    }
    for (const auto& one : hand.outcome.items) last = std::max(last, one.seq);
    for (const auto& one : hand.outcome.notices) last = std::max(last, one.seq);
    return last + 1;
  }

  Hand hand = Hand::unanswered();
};

// UNTOLD and DELAY

TEST_F(Refused, AReminderThatIsLost) {
  lose(remind);
  EXPECT_THAT(hand, Complains("UNTOLD", "remind -2wd 09:00"));
}
TEST_F(Refused, AStartLetterThatIsLost) {
  hand = Hand{};
  hand.up(hand.at(4, 26, 9));
  hand.ends(hand.at(4, 27, 9));
  EXPECT_THAT(hand, Complains("UNTOLD", "start"));
}
TEST_F(Refused, AChaseThatIsLost) {
  lose(overdue);
  EXPECT_THAT(hand, Complains("UNTOLD", "overdue +1wd 14:00"));
}
TEST_F(Refused, ADraftThatIsLost) {
  lose(escalate);
  EXPECT_THAT(hand, Complains("UNTOLD", "escalate +2wd 09:00"));
}
TEST_F(Refused, OneThatComesAMinuteTooLate) {
  tell_later(due_day, 181);
  EXPECT_THAT(hand, Complains("DELAY", "due 0d 09:00"));
}
TEST_F(Refused, AChangeThatNobodyHears) {
  hand = Hand{};
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
  hand.say(hand.at(5, 6, 10), {.what = What::extended, .duty = "p", .period = "2030", .unit = "a",
                               .until = hand.at(5, 22, 17)});
  hand.ends(hand.at(5, 7, 9));
  EXPECT_THAT(hand, Complains("UNTOLD", "change"));
}
TEST_F(Refused, ADutyThatGoesWithoutAWord) {
  hand = Hand{};
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
  auto without = plan_by_hand();
  without.duties.clear();
  hand.edit(hand.at(5, 6, 10), without);
  hand.ends(hand.at(5, 7, 9));
  EXPECT_THAT(hand, Complains("UNTOLD", "gone"));
}
TEST_F(Refused, AListThatIsMissing) {
  lose(list);
  EXPECT_THAT(hand, Complains("LIST", "p 2030 a is overdue"));
}

// TOLD

TEST_F(Refused, OneThatComesASecondTooEarly) {
  tell_later(due_day, -1);
  EXPECT_THAT(hand, Complains("TOLD", "EARLY"));
}
TEST_F(Refused, AChaseWithoutACheck) {
  hand.outcome.facts.back().at = hand.at(5, 16, 16);
  hand.story.happenings.clear();
  std::erase_if(hand.outcome.events,
                [](const Event& event) { return event.kind == Event::Kind::fact_taken; });
  EXPECT_THAT(hand, Complains("TOLD", "UNCHECKED"));
}
TEST_F(Refused, AChaseOnTheEveOfItsDay) {
  tell_later(overdue, -20 * 3600);
  item(overdue).planned_at -= 20 * 3600;
  EXPECT_THAT(hand, Complains("TOLD", "overdue"));
}
TEST_F(Refused, ANoteOfTheDayAfterTheDueTime) {
  tell_later(due_day, 8 * 3600);
  EXPECT_THAT(hand, Complains("TOLD", "had passed"));
}
TEST_F(Refused, OneForWhomNothingIsOwed) {
  item(due_day).unit = "b";
  EXPECT_THAT(hand, Complains("TOLD", "nobody owes it"));
}
TEST_F(Refused, OneAboutAnotherDate) {
  *item(remind).due += 3600;
  EXPECT_THAT(hand, Complains("TOLD", "DATE"));
}
TEST_F(Refused, OneAfterTheAnswer) {
  hand = Hand{};
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  Said received{.duty = "p", .period = "2030", .unit = "a"};
  hand.say(hand.at(5, 13, 10), received);
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 14, 9), hand.at(5, 14, 9), due);
  hand.ends(hand.at(5, 15, 9));
  EXPECT_THAT(hand, Complains("TOLD", "it was answered"));
}
TEST_F(Refused, AnOlderStageAfterANewerOne) {
  std::swap(item(remind).seq, item(due_day).seq);
  tell_later(remind, 2 * 24 * 3600 + 60);
  EXPECT_THAT(hand, Complains("TOLD", "OLDER"));
}
TEST_F(Refused, ASecondStartLetter) {
  hand.tell("start", "", hand.at(5, 17, 17), hand.at(5, 17, 17), hand.at(5, 16, 17)).telling = 2;
  EXPECT_THAT(hand, Complains("TOLD", "AGAIN"));
}
TEST_F(Refused, AStartLetterAtNight) {
  tell_later(start, 12 * 3600);
  EXPECT_THAT(hand, Complains("TOLD", "QUIET"));
}
TEST_F(Refused, OneInASilence) {
  auto day = hand.at(5, 14, 8) / 86400;
  hand.story.plan.silences = {{day, day, {"a"}, {}, std::nullopt}};
  hand.outcome.plans[0] = hand.story.plan;
  EXPECT_THAT(hand, Complains("TOLD", "TIME"));
}
TEST_F(Refused, AMadeUpDayThatIsSkippedOrNot) {
  hand = Hand{};
  auto plan = plan_by_hand();
  plan.duties[0].day = 13;
  plan.ladders[0].skip_made_up = true;
  hand = Hand{plan};
  auto due = hand.at(5, 13, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  // Saturday the 11th is left out: two working days before Monday is Thursday.
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 10, 9), hand.at(5, 10, 9), due);
  hand.ends(hand.at(5, 12, 9));
  EXPECT_THAT(hand, Complains("TOLD", "its time is 2030-05-09 09:00:00"));
}
TEST_F(Refused, AStageInAGapThatComesBeforeIt) {
  auto plan = plan_by_hand();
  plan.zone = "Europe/Berlin";
  plan.ladders[0].stages = {{Stage::Kind::due, 0, false, 150}};
  plan.begins -= 60;
  plan.duties[0].month = 3;
  plan.duties[0].day = 31;
  hand = Hand{plan, 1};
  hand.story.begins = hand.at(3, 25, 9);
  hand.up(hand.at(3, 25, 9));
  hand.tell("start", "", hand.at(3, 25, 9), hand.at(3, 25, 9), hand.at(3, 31, 16));
  hand.tell("stage", "due 0d 02:30", hand.at(3, 31, 1, 30), hand.at(3, 31, 1, 30),
            hand.at(3, 31, 16));
  hand.ends(hand.at(3, 31, 12));
  EXPECT_THAT(hand, Complains("TOLD", "its time is 2030-03-31 03:00:00"));
}

// LATE and OUTAGE

TEST_F(Refused, OneThatIsMarkedLateAndIsNot) {
  item(due_day).late = true;
  EXPECT_THAT(hand, Complains("LATE", "marked late, and"));
}
TEST_F(Refused, OneThatWasMissedAndIsNotMarked) {
  hand = Hand{};
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.down(hand.at(5, 13, 20));
  hand.up(hand.at(5, 15, 10));
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 14, 9), hand.at(5, 15, 10), due);
  hand.ends(hand.at(5, 15, 12));
  EXPECT_THAT(hand, Complains("LATE", "not marked late"));
}
TEST_F(Refused, AnOutageThatWasNone) {
  hand.fact("outage", hand.at(5, 16, 12)).time = hand.at(5, 16, 9);
  EXPECT_THAT(hand, Complains("OUTAGE", "nothing hurt the daemon"));
}

// RELEASE

TEST_F(Refused, AWordToALeaderThatNobodyReleased) {
  notice(escalate).state = "queued";
  EXPECT_THAT(hand, Complains("RELEASE", "was no draft before"));
}

// DRAFTS and STORM

TEST_F(Refused, ADraftThatIsKeptAfterTheAnswer) {
  Said received{.duty = "p", .period = "2030", .unit = "a"};
  hand.say(hand.at(5, 17, 18), received);
  EXPECT_THAT(hand, Complains("DRAFTS", "it was answered"));
}
TEST_F(Refused, ADraftThatIsKeptAfterThePlan) {
  hand.ends(hand.at(7, 1, 1));
  EXPECT_THAT(hand, Complains("DRAFTS", "the plan is over"));
}
TEST_F(Refused, MoreAtOnceThanThePlanAllows) {
  hand.outcome.plans[0].storm = 0;
  item(remind).late = true;
  EXPECT_THAT(hand, Complains("STORM", "1 went at once"));
}
TEST_F(Refused, AStormThatIsNone) {
  notice(escalate).reason = "storm";
  EXPECT_THAT(hand, Complains("STORM", "only 1 were held"));
}

// ONCE

TEST_F(Refused, AnItemThatIsThereTwice) {
  hand.tell("stage", "due 0d 09:00", hand.at(5, 16, 9), hand.at(5, 16, 9), hand.at(5, 16, 17));
  EXPECT_THAT(hand, Complains("ONCE", "is there twice"));
}
TEST_F(Refused, AnItemInTwoNotices) {
  item(remind).notices.push_back(notice(due_day).id);
  EXPECT_THAT(hand, Complains("ONCE", "replaces neither"));
}
TEST_F(Refused, ANoticeReplacedAfterAnAttempt) {
  item(remind).notices.push_back(notice(due_day).id);
  notice(due_day).replaces = notice(remind).id;
  EXPECT_THAT(hand, Complains("ONCE", "had been attempted"));
}
TEST_F(Refused, AHoleInTheTellings) {
  item(due_day).telling = 3;
  EXPECT_THAT(hand, Complains("ONCE", "have a hole"));
}

// ENDS, ARRIVALS, ATTEMPTS

TEST_F(Refused, ADeliveryThatNeverArrived) {
  hand.outcome.arrivals.erase(hand.outcome.arrivals.begin() + 1);
  EXPECT_THAT(hand, Complains("ENDS", "no receiver took it"));
}
TEST_F(Refused, ANoticeThatDoesNotEnd) {
  notice(remind).ended.reset();
  notice(remind).outbox_next = hand.at(5, 14, 9);
  hand.story.faults_end = hand.at(5, 14, 10);
  EXPECT_THAT(hand, Complains("ENDS", "has not ended"));
}
TEST_F(Refused, AFailureWithoutAnAttempt) {
  notice(remind).ended = "failed";
  notice(remind).end_reason = "tries-exhausted";
  notice(remind).attempts.clear();
  EXPECT_THAT(hand, Complains("ENDS", "never attempted"));
}
TEST_F(Refused, OneThatExpiresTooSoon) {
  notice(remind).ended = "expired";
  notice(remind).expires_at = hand.at(5, 16, 17);
  EXPECT_THAT(hand, Complains("ENDS", "before its sense ended"));
}
TEST_F(Refused, AWithdrawalThatLeavesItTold) {
  notice(escalate).ended = "withdrawn";
  notice(escalate).end_reason = "answered";
  EXPECT_THAT(hand, Complains("ENDS", "it stands that it was told"));
}
TEST_F(Refused, AnArrivalThatIsInNoLedger) {
  arrival(1).notice = "ntc_nobody";
  EXPECT_THAT(hand, Complains("ARRIVALS", "is not in the ledger"));
}
TEST_F(Refused, TwoContentsOfOneNotice) {
  auto again = arrival(1);
  arrival(1).settled = arrival(1).answered = false;
  again.content = "another";
  hand.outcome.arrivals.push_back(again);
  EXPECT_THAT(hand, Complains("ARRIVALS", "different contents"));
}
TEST_F(Refused, AnAuditThatFailsWhileNothingIsWrong) {
  hand.fact("trouble", hand.at(5, 15, 10)).subject = "audit-failed";
  EXPECT_THAT(hand, Complains("AUDIT", "although nothing was wrong"));
}
TEST_F(Refused, ARepeatOfWhatWasWrittenDown) {
  hand.outcome.arrivals.push_back(arrival(1));
  EXPECT_THAT(hand, Complains("ARRIVALS", "written down"));
}
TEST_F(Refused, ARepeatOfWhatWasHeard) {
  arrival(1).settled = false;
  hand.outcome.arrivals.push_back(arrival(1));
  EXPECT_THAT(hand, Complains("ARRIVALS", "it was heard"));
}
TEST_F(Refused, AnArrivalAfterTheEnd) {
  auto again = arrival(1);
  arrival(1).settled = arrival(1).answered = false;
  again.at.since = again.at.wall += 3600;
  hand.outcome.arrivals.push_back(again);
  EXPECT_THAT(hand, Complains("ARRIVALS", "although it was delivered since"));
}
TEST_F(Refused, AHoleInTheAttempts) {
  notice(remind).attempts.front().number = 2;
  EXPECT_THAT(hand, Complains("ATTEMPTS", "attempt 2"));
}
// LEDGER

TEST_F(Refused, ANumberThatIsUsedTwice) {
  item(remind).seq = item(due_day).seq;
  EXPECT_THAT(hand, Complains("LEDGER", "is used twice"));
}
TEST_F(Refused, ARowThatIsMissing) {
  hand.outcome.facts.erase(hand.outcome.facts.begin());
  item(list).seq += 100;
  EXPECT_THAT(hand, Complains("LEDGER", "a row is missing"));
}
TEST_F(Refused, AFactThatIsLost) {
  hand.outcome.facts.pop_back();
  EXPECT_THAT(hand, Complains("LEDGER fact", "is lost"));
}
TEST_F(Refused, AFactThatIsThereTwice) {
  auto again = hand.outcome.facts.back();
  again.seq = free_number();
  hand.outcome.facts.push_back(again);
  EXPECT_THAT(hand, Complains("LEDGER fact", "in the ledger 2 times, said 1"));
}
TEST_F(Refused, ACursorThatStayedBehind) {
  *hand.outcome.cursor = hand.at(5, 16, 9);
  EXPECT_THAT(hand, Complains("LEDGER", "is behind the look"));
}
TEST_F(Refused, AWakeUpForNothing) {
  hand.outcome.idle_wakes = {{hand.at(5, 10, 9), hand.at(5, 10, 9)}};
  EXPECT_THAT(hand, Complains("IDLE", "2030-05-10 09:00:00"));
}

}  // namespace
}  // namespace duban::sim
