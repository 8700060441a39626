#include "delivery/tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::delivery {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

ledger::Settlement retried() {
  ledger::Settlement settled;
  settled.outcome = AttemptOutcome::retry;
  settled.reason = Reason::timed_out;
  settled.next_at = Instant{};
  return settled;
}

TEST(Tally, an_attempt_that_is_tried_again_ends_no_notice) {
  Tally tally;
  tally.add(retried(), "mail");
  tally.add(retried(), "mail");
  tally.add(retried(), "hook");
  EXPECT_THAT(tally.attempts,
              ElementsAre(Pair(TallyKey{"hook", AttemptOutcome::retry, Reason::timed_out}, 1),
                          Pair(TallyKey{"mail", AttemptOutcome::retry, Reason::timed_out}, 2)));
  EXPECT_THAT(tally.notices, IsEmpty());
}

TEST(Tally, the_last_attempt_counts_by_its_own_reason_the_notice_by_its_end) {
  Tally tally;
  auto last = retried();
  last.next_at.reset();
  last.ends = NoticeState::failed;
  last.end_reason = Reason::tries_exhausted;
  tally.add(last, "mail");
  EXPECT_THAT(tally.attempts, ElementsAre(Pair(
                                  TallyKey{"mail", AttemptOutcome::retry, Reason::timed_out}, 1)));
  EXPECT_THAT(tally.notices, ElementsAre(Pair(TallyKey{"mail", NoticeState::failed,
                                                       Reason::tries_exhausted}, 1)));
}

TEST(Tally, what_was_never_sent_is_no_attempt) {
  Tally tally;
  auto unsent = retried();
  unsent.attempted = false;
  tally.add(unsent, "mail");
  EXPECT_EQ(tally, Tally{}) << "given back";
  unsent.ends = NoticeState::expired;
  unsent.end_reason = Reason::sense_ended;
  tally.add(unsent, "mail");
  EXPECT_THAT(tally.attempts, IsEmpty());
  EXPECT_THAT(tally.notices, ElementsAre(Pair(TallyKey{"mail", NoticeState::expired,
                                                       Reason::sense_ended}, 1)));
}

}  // namespace
}  // namespace duban::delivery
