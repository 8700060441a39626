// A contact's channels in order: what one cannot deliver goes by the next, once, and the last is
// the office's to deliver by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schedule/life.h"

namespace duban::schedule {
namespace {

using namespace duban::tests;
using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string again(const std::string& when) {
  return when + " a plan remind -3wd 09:00 again";
}

/// a's liaison has a mailbox, then a number, then a third.
plan::Plan with_channels(Seconds within = Seconds{0}) {
  auto plan = office_of({paper("plan", 5, 25)});
  for (auto& contact : plan.contacts) {
    if (contact.unit != "a" || contact.role != plan::Role::liaison) continue;
    contact.endpoints = {contact.endpoints.front(), "a-sms", "a-third"};
    contact.within = within;
  }
  plan.endpoints.push_back({.id = "a-sms", .channel = "sms", .address = "1"});
  plan.endpoints.push_back({.id = "a-third", .channel = "third", .address = "2"});
  return plan;
}

std::string first_endpoint(const plan::Plan& plan) {
  for (const auto& contact : plan.contacts) {
    if (contact.unit == "a" && contact.role == plan::Role::liaison) return contact.endpoints[0];
  }
  return {};
}

/// At 08:00 of the day of the reminder, with nothing delivered at the first address.
struct Reminded {
  explicit Reminded(plan::Plan plan = with_channels())
      : mail(first_endpoint(plan)), life(std::move(plan)) {
    life.step("05-10 10:00");
    life.run_to("05-20 08:59");
    life.unreachable = {mail, "a-sms", "a-third"};
    life.run_to("05-20 09:00");
  }
  std::string mail;
  Life life;
};

TEST(Fallback, GoesByTheNextChannelWhenOneHasFailedAndCarriesTheSameItem) {
  Reminded it;
  EXPECT_THAT(it.life.open_at(it.mail), SizeIs(1));
  it.life.fail(it.mail, 1, true);
  EXPECT_THAT(it.life.step("05-20 09:10"), Contains(again("05-20 09:10")));
  EXPECT_THAT(it.life.open_at("a-sms"), SizeIs(1));
  it.life.fail("a-sms", 1, true);
  it.life.step("05-20 09:20");
  EXPECT_THAT(it.life.open_at("a-third"), SizeIs(1));
}

TEST(Fallback, GoesOnceAndNotAgainWhenItWasDelivered) {
  Reminded it;
  it.life.fail(it.mail, 1, true);
  it.life.unreachable.erase("a-sms");
  EXPECT_THAT(it.life.step("05-20 09:10"), Contains(again("05-20 09:10")));
  it.life.deliver_all();
  EXPECT_THAT(it.life.run_to("05-24 18:00"), Each(Not(EndsWith(" again"))));
}

TEST(Fallback, AfterTheLastItIsTheOfficesToDeliverByHand) {
  Reminded it;
  for (const auto& endpoint : {it.mail, std::string{"a-sms"}, std::string{"a-third"}}) {
    it.life.fail(endpoint, 1, true);
    it.life.step("05-20 09:10");
  }
  EXPECT_THAT(it.life.open_at("a-third"), IsEmpty());
  ASSERT_THAT(it.life.list().by_hand, SizeIs(1));
  EXPECT_EQ(it.life.list().by_hand[0].reason, Reason::tries_exhausted);
}

TEST(Fallback, NothingGoesThatIsAnsweredMeanwhile) {
  Reminded it;
  it.life.fail(it.mail, 1, true);
  it.life.unreachable.clear();
  it.life.record("05-20 09:00", fact(FactKind::received, of("a", "plan"), "05-20 08:30"));
  EXPECT_THAT(it.life.run_to("05-20 12:00"), IsEmpty());
}

TEST(Fallback, WithATimeTheNextIsTriedWhenAChannelsShareIsSpent) {
  Reminded it{with_channels(3h)};
  EXPECT_THAT(it.life.run_to("05-20 09:59"), IsEmpty());
  EXPECT_THAT(it.life.run_to("05-20 10:00"), ElementsAre(again("05-20 10:00")));
  EXPECT_THAT(it.life.open_at(it.mail), IsEmpty());
  EXPECT_THAT(it.life.open_at("a-sms"), SizeIs(1));
  EXPECT_THAT(it.life.endings(), Contains("superseded time-spent"));
  it.life.run_to("05-20 11:00");
  EXPECT_THAT(it.life.open_at("a-third"), SizeIs(1));
  EXPECT_THAT(it.life.list().by_hand, IsEmpty());
  it.life.step("05-20 12:00");
  ASSERT_THAT(it.life.list().by_hand, SizeIs(1)) << "under way still, and too late";
  EXPECT_EQ(it.life.list().by_hand[0].reason, Reason::time_spent);
  EXPECT_THAT(it.life.open_at("a-third"), SizeIs(1)) << "the last is tried on";
}

TEST(Fallback, WithoutATimeWhatIsUnderWayStaysWhereItIs) {
  Reminded it;
  EXPECT_THAT(it.life.run_to("05-23 18:00"), Each(Not(EndsWith(" again"))));
  EXPECT_THAT(it.life.open_at(it.mail), SizeIs(1));
}

TEST(Fallback, AReloadThatKeepsTheContactLeavesItWhereItIs) {
  Reminded it;
  it.life.fail(it.mail, 1, true);
  it.life.step("05-20 09:10");
  auto edited = with_channels();
  edited.title += "改";
  EXPECT_THAT(it.life.edit("05-20 09:20", edited), IsEmpty());
  EXPECT_THAT(it.life.open_at("a-sms"), SizeIs(1));
}

TEST(Fallback, APersonsOwnMatterPassesOverAGroup) {
  auto plan = with_channels();
  for (auto& endpoint : plan.endpoints) endpoint.group = endpoint.group || endpoint.id == "a-sms";
  auto mail = first_endpoint(plan);
  Life life{std::move(plan)};
  life.step("05-10 10:00");
  life.run_to("05-26 09:00");
  life.unreachable = {mail, "a-sms", "a-third"};
  life.record("05-26 10:00", fact(FactKind::checked, of("", "plan"), "05-26 10:00"));
  life.run_to("05-26 14:00");
  ASSERT_THAT(life.open_at(mail), SizeIs(1));
  life.fail(mail, 1, true);
  life.step("05-26 14:10");
  EXPECT_THAT(life.open_at("a-sms"), IsEmpty());
  EXPECT_THAT(life.open_at("a-third"), SizeIs(1));
}

TEST(Fallback, WaitsForTheHours) {
  Reminded it;
  it.life.run_to("05-20 18:00");
  it.life.fail(it.mail, 1, true);
  EXPECT_THAT(it.life.step("05-20 18:10"), Each(Not(EndsWith(" again"))));
  EXPECT_THAT(it.life.run_to("05-23 08:30"), Contains(again("05-23 08:30")));
}

TEST(Fallback, WhatCameBackGoesByTheNextChannelOnce) {
  Reminded it;
  auto ids = it.life.come_back(it.mail);
  ASSERT_THAT(ids, SizeIs(1));
  EXPECT_EQ(it.life.past().state_of(ids[0]), NoticeState::bounced);
  EXPECT_THAT(it.life.step("05-20 09:10"), Contains(again("05-20 09:10")));
  EXPECT_THAT(it.life.open_at("a-sms"), SizeIs(1));
  it.life.unreachable.erase("a-sms");
  it.life.deliver_all();
  EXPECT_THAT(it.life.run_to("05-24 18:00"), Each(Not(EndsWith(" again"))));
}

TEST(Fallback, WhatCameBackFromTheLastIsTheOfficesToDeliverByHand) {
  Reminded it;
  for (const auto& endpoint : {it.mail, std::string{"a-sms"}, std::string{"a-third"}}) {
    it.life.come_back(endpoint);
    it.life.step("05-20 09:10");
  }
  ASSERT_THAT(it.life.list().by_hand, SizeIs(1));
}

TEST(Fallback, WhatCameBackAfterANewerStageOrAnAnswerGoesNowhere) {
  for (bool answered : {false, true}) {
    Reminded it;
    it.life.unreachable.clear();
    it.life.deliver_all();
    if (answered) {
      it.life.record("05-20 10:00", fact(FactKind::received, of("a", "plan"), "05-20 10:00"));
    } else {
      it.life.run_to("05-25 10:00");
    }
    EXPECT_THAT(it.life.come_back_late(it.mail, "remind -3wd 09:00"), SizeIs(1));
    EXPECT_THAT(it.life.step("05-25 10:10"), Each(Not(EndsWith(" again")))) << answered;
  }
}

TEST(Fallback, WhatCameBackHadArrivedForThoseWhoAskedBefore) {
  Reminded it;
  it.life.unreachable.clear();
  it.life.deliver_all();
  it.life.step("05-20 09:05");
  auto ids = it.life.come_back_late(it.mail, "remind -3wd 09:00");
  ASSERT_THAT(ids, SizeIs(1));
  const auto& record = it.life.past();
  EXPECT_TRUE(record.has_arrived(ids[0], at("05-20 09:04")));
  EXPECT_FALSE(record.has_arrived(ids[0], at("05-20 09:05")));
  EXPECT_FALSE(record.may_have_arrived(ids[0]));
  EXPECT_EQ(record.reason_of(ids[0]), Reason::refused);
  auto key = record.failures().back().items.at(0);
  EXPECT_NE(record.known_by(at("05-20 09:04")).told_item(key), nullptr);
  EXPECT_EQ(record.known_by(at("05-20 09:04")).state_of(ids[0]), NoticeState::delivered);
  EXPECT_EQ(record.known_by(at("05-20 09:05")).told_item(key), nullptr);
}

}  // namespace
}  // namespace duban::schedule
