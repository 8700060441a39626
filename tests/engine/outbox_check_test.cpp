// The outbox against the notices, bracketed: what moves while it is read is no difference.
#include "engine/outbox_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "contract/store_samples.h"

namespace duban::engine {
namespace {

using contract::moment;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class OutboxIsChecked : public ::testing::Test {
 protected:
  void queue(std::int64_t seq, const std::string& id, NoticeState state = NoticeState::queued) {
    auto notice = contract::notice(id, {contract::item_key(id)});
    notice.head.state = state;
    fold_.add({{ledger::NoticeRow{notice.head, notice.items}}, seq});
  }
  void try_once(std::int64_t seq, const std::string& id) {
    fold_.add({{ledger::AttemptRow{id, AttemptOutcome::retry, Reason::timed_out, moment()}}, seq});
  }
  void end(std::int64_t seq, const std::string& id) {
    fold_.add({{ledger::NoticeEndRow{id, NoticeState::delivered, Reason::accepted, moment()}},
               seq});
  }
  static ledger::OutboxRow row(std::int64_t seq, const std::string& id) {
    return {.seq = seq, .notice = id, .next_at = moment(), .lease = std::nullopt, .tries = 0};
  }
  std::vector<FindingKind> found(Seconds sending_for = 24h) const {
    std::vector<FindingKind> kinds;
    for (const auto& one : check_.against(fold_, {moment(), moment() - sending_for})) {
      kinds.push_back(one.kind);
    }
    return kinds;
  }
  LedgerFold fold_;
  OutboxCheck check_;
};

TEST_F(OutboxIsChecked, AgreesWithWhatIsOpen) {
  queue(2, "a");
  queue(4, "d", NoticeState::drafted);
  check_.begin(fold_);
  auto draft = row(4, "d");
  draft.next_at.reset();
  check_.add({row(2, "a"), draft});
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(OutboxIsChecked, WhatMovesMeanwhileIsNoDifference) {
  queue(2, "ends before its row is read");
  queue(4, "ends after");
  queue(6, "is tried");
  check_.begin(fold_);
  auto tried = row(6, "is tried");
  tried.tries = 1;
  check_.add({row(4, "ends after"), tried, row(8, "queued and ended"), row(10, "queued")});
  end(7, "ends before its row is read");
  queue(8, "queued and ended");
  end(9, "queued and ended");
  queue(10, "queued");
  end(11, "ends after");
  try_once(12, "is tried");
  try_once(13, "is tried");
  queue(15, "queued after all was read");
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(OutboxIsChecked, FindsWhatIsNotThere) {
  queue(2, "a");
  check_.begin(fold_);
  EXPECT_THAT(found(), ElementsAre(FindingKind::not_in_outbox));
}

TEST_F(OutboxIsChecked, FindsWhatShouldNotBeThere) {
  queue(2, "a");
  end(3, "a");
  check_.begin(fold_);
  check_.add({row(2, "a"), row(1, "")});
  EXPECT_THAT(found(),
              ElementsAre(FindingKind::ended_in_outbox, FindingKind::ended_in_outbox));
}

TEST_F(OutboxIsChecked, FindsADraftWithATimeAndANoticeWithout) {
  queue(2, "a");
  queue(4, "d", NoticeState::drafted);
  check_.begin(fold_);
  auto never = row(2, "a");
  never.next_at.reset();
  check_.add({never, row(4, "d")});
  EXPECT_THAT(found(), ElementsAre(FindingKind::never_due, FindingKind::draft_is_due));
}

TEST_F(OutboxIsChecked, ARetryMayBeADayAwayAndNotMore) {
  queue(2, "a");
  check_.begin(fold_);
  auto later = row(2, "a");
  later.next_at = moment() + limits::retry_at_most;
  check_.add({later});
  EXPECT_THAT(found(), IsEmpty());
  later.next_at = *later.next_at + 1s;
  check_.add({later});
  EXPECT_THAT(found(), ElementsAre(FindingKind::far_away));
}

TEST_F(OutboxIsChecked, ALeaseThatRanOutIsTakenUpWithinTheHourThatSomebodySends) {
  queue(2, "a");
  check_.begin(fold_);
  auto leased = row(2, "a");
  leased.lease = moment() - 90min;
  check_.add({leased});
  EXPECT_THAT(found(30min), IsEmpty()) << "it has just started";
  EXPECT_THAT(found(2h), ElementsAre(FindingKind::lease_stays));
}

TEST_F(OutboxIsChecked, ALeaseThatRanOutIsForgottenAfterAnHourNotBefore) {
  queue(2, "a");
  check_.begin(fold_);
  auto leased = row(2, "a");
  leased.lease = moment() - limits::lease_forgotten;
  check_.add({leased});
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_THAT(found(limits::lease_forgotten), IsEmpty());
  leased.lease = *leased.lease - 1s;
  check_.add({leased});
  EXPECT_THAT(found(limits::lease_forgotten), IsEmpty()) << "nobody sent before";
  EXPECT_THAT(found(limits::lease_forgotten + 1s), ElementsAre(FindingKind::lease_stays));
}

TEST_F(OutboxIsChecked, ALeaseIsNotForHours) {
  queue(2, "a");
  check_.begin(fold_);
  auto leased = row(2, "a");
  leased.lease = moment() + 120s;
  check_.add({leased});
  EXPECT_THAT(found(), IsEmpty());
  leased.lease = moment() + 1h;
  check_.add({leased});
  EXPECT_THAT(found(), ElementsAre(FindingKind::lease_stays));
}

TEST_F(OutboxIsChecked, FindsAttemptsThatWereNotCountedOrNotWritten) {
  queue(2, "a");
  try_once(3, "a");
  check_.begin(fold_);
  check_.add({row(2, "a")});
  auto more = row(2, "a");
  more.tries = 2;
  check_.add({more});
  EXPECT_THAT(found(), ElementsAre(FindingKind::tries_differ, FindingKind::tries_differ));
}

// ---- what is folded ----------------------------------------------------------------------------

ledger::NoticeRow carrying(const std::string& id, const std::string& endpoint = "mail") {
  auto notice = contract::notice(id, {contract::item_key("edu")}, endpoint);
  return {notice.head, notice.items};
}
ledger::NoticeEndRow ended(const std::string& id, NoticeState state) {
  return {id, state, Reason::none, moment()};
}
std::size_t doubled(std::vector<ledger::Row> rows) {
  LedgerFold fold;
  fold.add({std::move(rows), 9});
  return fold.doubled().size();
}

TEST(LedgerFold, KnowsAnItemThatStandsInTwoNotices) {
  EXPECT_EQ(doubled({carrying("a"), carrying("b")}), 1U);
  EXPECT_EQ(doubled({carrying("a"), ended("a", NoticeState::delivered), carrying("b")}), 1U);
}

TEST(LedgerFold, AnItemThatWentOnInAnotherNoticeStandsOnce) {
  EXPECT_EQ(doubled({carrying("a"), ended("a", NoticeState::superseded), carrying("b")}), 0U);
  EXPECT_EQ(doubled({carrying("a"), ended("a", NoticeState::failed), carrying("b", "hook")}), 0U);
  EXPECT_EQ(doubled({carrying("a"), carrying("b", "hook")}), 0U) << "two addresses";
  auto again = carrying("b");
  again.head.reason = Reason::resent;
  EXPECT_EQ(doubled({carrying("a"), ended("a", NoticeState::delivered), again}), 0U);
}

TEST(RowTally, DiffersWhereARowIsMissingAddedOrMoved) {
  auto tally = [](std::vector<ledger::Row> rows) {
    RowTally made;
    for (const auto& row : rows) made.add(row);
    return made;
  };
  auto one = carrying("a");
  auto two = carrying("b");
  EXPECT_EQ(tally({one, two}), tally({one, two}));
  EXPECT_NE(tally({one, two}), tally({one}));
  EXPECT_NE(tally({one, two}), tally({two, one}));
  EXPECT_NE(tally({one, two}), tally({one, two, two}));
}

}  // namespace
}  // namespace duban::engine
