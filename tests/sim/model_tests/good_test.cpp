// What the judge accepts: outcomes worked out by hand with a calendar on the table.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/model/duty_dates.h"
#include "sim/model_tests/hand.h"

namespace duban::sim {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using What = Said::What;

TEST(Judge, NobodyAnswers) { EXPECT_THAT(Hand::unanswered().complaints(), IsEmpty()); }

TEST(Judge, AnsweredInTime) {
  Hand hand;
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 14, 9), hand.at(5, 14, 9), due);
  Said received{.duty = "p", .period = "2030", .unit = "a"};
  hand.say(hand.at(5, 15, 10), received);
  hand.ends(hand.at(5, 25, 9));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Judge, MissedWhileDown) {
  Hand hand;
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.down(hand.at(5, 13, 20));
  hand.up(hand.at(5, 15, 10));
  auto& outage = hand.fact("outage", hand.at(5, 15, 10));
  outage.time = hand.at(4, 26, 9);
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 14, 9), hand.at(5, 15, 10), due).late = true;
  hand.tell("stage", "due 0d 09:00", hand.at(5, 16, 9), hand.at(5, 16, 9), due);
  hand.ends(hand.at(5, 16, 12));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Judge, ExtendedIsToldAsAChange) {
  Hand hand;
  auto due = hand.at(5, 16, 17), later = hand.at(5, 22, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.say(hand.at(5, 10, 20), {.what = What::extended, .duty = "p", .period = "2030", .unit = "a",
                                .until = later});
  // Saturday the 11th is worked.
  auto& change = hand.tell("change", "", hand.at(5, 11, 8, 30), hand.at(5, 11, 8, 30), later);
  change.telling = 2;
  change.was_due = due;
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 20, 9), hand.at(5, 20, 9), later).telling = 2;
  hand.ends(hand.at(5, 21, 9));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Judge, WhatIsTakenOutOfThePlanIsToldAsGone) {
  Hand hand;
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  auto without = plan_by_hand();
  without.duties.clear();
  hand.edit(hand.at(5, 6, 10), without);
  hand.fact("out-of-force", hand.at(5, 6, 10), "p");
  hand.tell("gone", "", hand.at(5, 6, 10), hand.at(5, 6, 10), due).telling = 2;
  hand.ends(hand.at(5, 21, 9));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Judge, ASilenceIsHeardAtItsEnd) {
  auto plan = plan_by_hand();
  Hand days;
  plan.silences = {{.from = days.at(5, 13, 8) / 86400, .to = days.at(5, 14, 8) / 86400,
                    .units = {}, .duties = {}, .stage = std::nullopt}};
  Hand hand{plan};
  auto due = hand.at(5, 16, 17);
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), due);
  hand.tell("stage", "remind -2wd 09:00", hand.at(5, 15, 8, 30), hand.at(5, 15, 8, 30), due);
  hand.ends(hand.at(5, 15, 12));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

// The first reply was lost; then an edit moved the address.
TEST(Judge, AnotherChannelHasAnotherForm) {
  auto hand = Hand::unanswered();
  auto& first = hand.outcome.arrivals.at(1);
  first.settled = first.answered = false;
  auto again = first;
  again.channel = "mail";
  again.address = "a@example.org";
  again.content = "another form";
  again.at.wall += 5;
  again.at.since += 5;
  hand.outcome.arrivals.push_back(again);
  for (auto& notice : hand.outcome.notices) {
    if (notice.id != again.notice) continue;
    notice.attempts.push_back({2, again.at.wall, "delivered", "accepted"});
    notice.attempts.front().outcome = "unknown";
    notice.ended_at = again.at.wall;
  }
  auto exchange = std::ranges::find(hand.outcome.exchanges, again.notice, &Exchange::notice);
  exchange->reply = 0;
  auto second = *exchange;
  second.channel = again.channel;
  second.address = again.address;
  second.began = second.ended = again.at;
  second.reply = 200;
  hand.outcome.exchanges.push_back(second);
  for (auto& plan : hand.outcome.plans) plan.units[0].liaison.push_back("mail:a@example.org");
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Judge, AnAuditMayFailWhileTheLedgerTakesNothing) {
  Hand hand;
  hand.up(hand.at(4, 26, 9));
  hand.tell("start", "", hand.at(4, 26, 9), hand.at(4, 26, 9), hand.at(5, 16, 17));
  auto from = hand.at(5, 6, 10), until = hand.at(5, 6, 12);
  hand.outcome.events.push_back({.kind = Event::Kind::trouble_begins, .at = {from, from}});
  hand.outcome.events.push_back({.kind = Event::Kind::trouble_ends, .at = {until, until}});
  hand.fact("trouble", hand.at(5, 6, 11)).subject = "audit-failed";
  hand.ends(hand.at(5, 6, 15));
  EXPECT_THAT(hand.complaints(), Not(Contains(HasSubstr("AUDIT"))));
}

// Berlin, 31 March 2030: 02:00 is 03:00.
TEST(Judge, AStageInAGapComesAfterIt) {
  auto plan = plan_by_hand();
  plan.zone = "Europe/Berlin";
  plan.ladders[0].stages = {{Stage::Kind::due, 0, false, 150}};
  plan.begins = plan.begins - 60;
  plan.duties[0].month = 3;
  plan.duties[0].day = 31;
  Hand hand{plan, 1};
  hand.story.begins = hand.at(3, 25, 9);
  auto due = hand.at(3, 31, 16);  // 17:00 in summer
  hand.up(hand.at(3, 25, 9));
  hand.tell("start", "", hand.at(3, 25, 9), hand.at(3, 25, 9), due);
  hand.tell("stage", "due 0d 02:30", hand.at(3, 31, 2), hand.at(3, 31, 2), due);
  hand.ends(hand.at(3, 31, 12));
  EXPECT_THAT(hand.complaints(), IsEmpty());
}

TEST(Model, KnowsItsZones) {
  const auto& berlin = model::Zone::named("Europe/Berlin");
  auto day = model::number_of({.year = 2030, .month = 3, .day = 31});
  auto gap = berlin.instant_of(day, 2 * 3600 + 1800);
  EXPECT_EQ(berlin.text(gap), "2030-03-31 03:00:00");
  auto twice = model::number_of({.year = 2030, .month = 10, .day = 27});
  EXPECT_EQ(berlin.instant_of(twice, 2 * 3600 + 1800) + 3600,
            berlin.instant_of(twice, 3 * 3600) - 1800);
  EXPECT_EQ(model::Zone::named("Asia/Kolkata").text(0), "1970-01-01 05:30:00");
  EXPECT_THROW(model::Zone{"Nowhere/Atall"}, std::runtime_error);
}

TEST(Model, KnowsItsDays) {
  for (DayNumber day : {0, 59, 789, 11016, 21914, 22000, 47540}) {
    EXPECT_EQ(model::number_of(model::date_of(day)), day);
  }
  EXPECT_EQ(model::text_of(model::number_of({.year = 2028, .month = 2, .day = 29})), "2028-02-29");
  EXPECT_EQ(model::weekday_of(model::number_of({.year = 2030, .month = 5, .day = 16})), 4);
}

TEST(Model, CountsWorkingDays) {
  auto plan = plan_by_hand();
  auto day = [](int month, int of) {
    return model::number_of({.year = 2030, .month = month, .day = of});
  };
  model::Workdays all{plan.calendar, 2030, true}, skipping{plan.calendar, 2030, false};
  EXPECT_EQ(all.counted(day(4, 30), 1), day(5, 6));
  EXPECT_EQ(all.counted(day(5, 10), 1), day(5, 11));
  EXPECT_EQ(skipping.counted(day(5, 10), 1), day(5, 13));
  EXPECT_EQ(all.counted(day(5, 13), -1), day(5, 11));
  EXPECT_EQ(all.counted(day(5, 4), -1), day(4, 30));
  EXPECT_EQ(all.counted(day(5, 4), 0), day(5, 4));
}

TEST(Model, NamesItsWeeks) {
  auto plan = plan_by_hand();
  plan.duties[0].every = Every::week;
  plan.duties[0].day = 1;
  model::Text text{plan};
  // 1 January 2030 is a Tuesday: Monday of 2030-W01 lies in 2029.
  EXPECT_EQ(text.dates_of({"p", "2030-W01", "a"}), nullptr);
  ASSERT_NE(text.dates_of({"p", "2030-W20", "a"}), nullptr);
  EXPECT_EQ(text.zone().text(text.dates_of({"p", "2030-W20", "a"})->due), "2030-05-13 17:00:00");
  ASSERT_NE(text.dates_of({"p", "2031-W01", "a"}), nullptr);
}

}  // namespace
}  // namespace duban::sim
