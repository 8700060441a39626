#include "delivery/settle.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "contract/store_samples.h"

namespace duban::delivery {
namespace {

using contract::moment;
using namespace std::chrono_literals;

const RetryCurve curve{{60s, 300s, 1800s}, 7200s, 1};

ledger::Claimed claimed(int tries = 0, int unknowns = 0) {
  ledger::Claimed made;
  made.plan = "wuhan";
  made.notice = contract::notice("ntc_1", {contract::item_key("zongban")});
  made.notice.head.expires_at = moment(86400);
  made.tries = tries;
  made.unknowns = unknowns;
  if (tries > 0) made.first_attempt_at = moment(-600);
  return made;
}

Outcome outcome(AttemptOutcome what, Reason reason = Reason::server_error) {
  Outcome made;
  made.outcome = what;
  made.reason = reason;
  return made;
}

const Moment now{moment(), moment(), 1};

TEST(Settle, DeliveredEndsTheNotice) {
  const auto made = settle(claimed(2), outcome(AttemptOutcome::delivered, Reason::accepted), curve,
                           now);
  EXPECT_EQ(made.ends, NoticeState::delivered);
  EXPECT_EQ(made.end_reason, Reason::accepted);
  EXPECT_EQ(made.number, 3);
  EXPECT_EQ(made.next_at, std::nullopt);
  EXPECT_TRUE(made.attempted);
}

TEST(Settle, RejectedFailsForItsReason) {
  auto gone = outcome(AttemptOutcome::rejected, Reason::refused);
  EXPECT_EQ(settle(claimed(), gone, curve, now).ends, NoticeState::failed);
  EXPECT_EQ(settle(claimed(), gone, curve, now).end_reason, Reason::refused);
  gone.endpoint_gone = true;
  EXPECT_EQ(settle(claimed(), gone, curve, now).end_reason, Reason::endpoint_gone);
}

TEST(Settle, RetriesFollowTheCurveWhoseLastDelayRepeats) {
  const auto failed = outcome(AttemptOutcome::retry);
  EXPECT_EQ(settle(claimed(0), failed, curve, now).next_at, moment(60));
  EXPECT_EQ(settle(claimed(1), failed, curve, now).next_at, moment(300));
  EXPECT_EQ(settle(claimed(2), failed, curve, now).next_at, moment(1800));
  EXPECT_EQ(settle(claimed(9), failed, curve, now).next_at, moment(1800));
  EXPECT_EQ(settle(claimed(0), failed, curve, now).ends, std::nullopt);
}

TEST(Settle, AReceiverMayAskForMoreTimeButNotForACentury) {
  auto busy = outcome(AttemptOutcome::retry, Reason::rate_limited);
  auto patient = curve;
  patient.give_up = 0s;
  auto lasting = claimed();
  lasting.notice.head.expires_at.reset();
  busy.retry_after = 600s;
  EXPECT_EQ(settle(lasting, busy, patient, now).next_at, moment(600));
  busy.retry_after = 5s;
  EXPECT_EQ(settle(lasting, busy, patient, now).next_at, moment(60));
  busy.retry_after = Seconds{3'000'000'000};
  EXPECT_EQ(settle(lasting, busy, patient, now).next_at,
            moment() + Seconds{limits::retry_after});
  busy.retry_after = -5s;
  EXPECT_EQ(settle(lasting, busy, patient, now).next_at, moment(60));
}

TEST(Settle, AfterTheTimeToGiveUpItHasFailed) {
  auto old = claimed(5);
  old.first_attempt_at = moment(-5401);
  const auto made = settle(old, outcome(AttemptOutcome::retry), curve, now);
  EXPECT_EQ(made.ends, NoticeState::failed);
  EXPECT_EQ(made.end_reason, Reason::tries_exhausted);
  old.first_attempt_at = moment(-5400);
  EXPECT_EQ(settle(old, outcome(AttemptOutcome::retry), curve, now).next_at, moment(1800));
}

TEST(Settle, AnUnknownOutcomeIsRepeatedAsOftenAsTheChannelAllows) {
  const auto lost = outcome(AttemptOutcome::unknown, Reason::reply_lost);
  EXPECT_EQ(settle(claimed(0), lost, curve, now).next_at, moment(60));
  const auto second = settle(claimed(1, 1), lost, curve, now);
  EXPECT_EQ(second.ends, NoticeState::failed);
  EXPECT_EQ(second.end_reason, Reason::reply_lost);
  auto never = curve;
  never.unknown_resends = 0;
  EXPECT_EQ(settle(claimed(0), lost, never, now).ends, NoticeState::failed);
}

TEST(Settle, WhatLosesItsSenseBeforeTheNextAttemptComesBackAtThatMoment) {
  auto soon = claimed();
  soon.notice.head.expires_at = moment(45);
  EXPECT_EQ(settle(soon, outcome(AttemptOutcome::retry), curve, now).next_at, moment(45));
  soon.notice.head.expires_at = moment();
  const auto over = settle(soon, outcome(AttemptOutcome::retry), curve, now);
  EXPECT_EQ(over.ends, NoticeState::expired);
  EXPECT_EQ(over.end_reason, Reason::sense_ended);
}

TEST(Settle, SenseEndsInBusinessTimeAndRetriesInMachineTime) {
  auto soon = claimed();
  soon.notice.head.expires_at = moment(3600);
  const Moment pretended{moment(1'000'000), moment(), 120};
  EXPECT_EQ(settle(soon, outcome(AttemptOutcome::retry), curve, pretended).next_at,
            moment(1'000'030));
  EXPECT_EQ(settle(soon, outcome(AttemptOutcome::retry), curve, pretended).business_at, moment());
  EXPECT_EQ(settle(soon, outcome(AttemptOutcome::retry), curve, pretended).at, moment(1'000'000));
}

TEST(Settle, AnEndpointThatWaitsHoldsItsNotices) {
  const auto failed = outcome(AttemptOutcome::retry);
  EXPECT_EQ(settle(claimed(), failed, curve, now, moment(900)).next_at, moment(900));
  EXPECT_EQ(settle(claimed(), failed, curve, now, moment(10)).next_at, moment(60));
}

TEST(Settle, WhatAChannelSaysIsCutToWhatTheLedgerTakes) {
  auto talkative = outcome(AttemptOutcome::retry);
  for (int i = 0; i < 200; ++i) talkative.detail += "满";
  const auto made = settle(claimed(), talkative, curve, now);
  EXPECT_LE(made.detail.size(), limits::detail_bytes);
  EXPECT_GT(made.detail.size(), limits::detail_bytes - 3);
  talkative.detail = "\xff\xfe";
  EXPECT_EQ(settle(claimed(), talkative, curve, now).detail, "(reply that is no UTF-8)");
}

TEST(Settle, WhatIsGivenBackWaitsNoLongerThanItHasSense) {
  auto soon = claimed();
  soon.notice.head.expires_at = moment(45);
  EXPECT_EQ(give_back(soon, moment(900), now).next_at, moment(45));
  EXPECT_FALSE(give_back(soon, moment(900), now).attempted);
}

}  // namespace
}  // namespace duban::delivery
