// The daemon audits itself: what was done to the ledger behind its back, and what is wrong with
// its memory, comes out and reaches the office; and nothing else ever does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/audit_desk.h"

namespace duban::engine {
namespace {

using std::chrono::days;
using std::chrono::hours;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Audit : public ::testing::Test {
 protected:
  // Somebody who tries in vain: the newest notice of a unit waits for its next attempt.
  std::string retrying() {
    desk_.clock.pass(desk_.at("05-20T09:00:00") - desk_.clock.now());
    desk_.turn();
    auto batch = desk_.ask(desk_.store->settle_and_claim({}, "test", 1000, Seconds{120},
                                                         desk_.clock.now(), {}));
    std::vector<ledger::Settlement> settled;
    for (const auto& claimed : batch.value().claimed) {
      auto one = contract::delivered(claimed, desk_.clock.now());
      if (settled.empty()) {
        one.outcome = AttemptOutcome::retry;
        one.reason = Reason::connect_failed;
        one.ends.reset();
        one.next_at = desk_.clock.now() + Seconds{120};
      }
      settled.push_back(std::move(one));
    }
    auto notice = settled.front().notice;
    desk_.ask(desk_.store->settle_and_claim(std::move(settled), "test", 0, Seconds{120},
                                            desk_.clock.now(), {}))
        .value();
    desk_.turn();
    return notice;
  }
  std::string seq_of(const std::string& notice) {
    return desk_.one("SELECT seq FROM notices WHERE id = '" + notice + "'");
  }

  AuditDesk desk_{"05-19T10:00:00"};
};

TEST_F(Audit, AgreesWhereAllIsWell) {
  EXPECT_FALSE(desk_.ask(desk_.engine->status())->plans.front().audited_at);
  EXPECT_THAT(desk_.audit(), IsEmpty());
  EXPECT_EQ(desk_.ask(desk_.engine->status())->plans.front().audited_at, desk_.clock.now());
  desk_.run_to("05-27T12:00:00");
  EXPECT_THAT(desk_.audit(), IsEmpty());
  EXPECT_EQ(desk_.told_the_office(), 0U);
}

TEST_F(Audit, WritesNothingWhereNothingIsDue) {
  auto before = desk_.ask(desk_.store->cursor(Desk::plan)).value();
  desk_.clock.pass(hours{1});
  EXPECT_THAT(desk_.audit(), IsEmpty());
  auto after = desk_.ask(desk_.store->cursor(Desk::plan)).value();
  EXPECT_EQ(after.at, before.at) << "it is no step";
  EXPECT_EQ(after.last_row, before.last_row);
}

TEST_F(Audit, FindsANoticeThatIsGone) {
  desk_.run_to("05-20T10:00:00");
  desk_.doctor(
      "DELETE FROM notice_items WHERE notice_seq IN (SELECT seq FROM notices WHERE"
      " contact = 'edu-liaison'); DELETE FROM notices WHERE contact = 'edu-liaison'");
  auto found = desk_.audit();
  EXPECT_THAT(found, AllOf(HasSubstr("内存里的记录同台账不一样"), HasSubstr("市教育局")));
}

TEST_F(Audit, FindsANoticeThatLeftTheOutbox) {
  auto notice = retrying();
  EXPECT_THAT(desk_.audit(), IsEmpty());
  desk_.doctor("DELETE FROM outbox WHERE notice_seq = " + seq_of(notice));
  EXPECT_THAT(desk_.audit(), AllOf(HasSubstr("没有办结,却不在待发里"), HasSubstr(notice),
                                   HasSubstr("dubanctl resend")));
}

TEST_F(Audit, FindsARetryThatIsPutOffForACentury) {
  auto notice = retrying();
  desk_.doctor("UPDATE outbox SET next_at = 7258118400 WHERE notice_seq = " + seq_of(notice));
  EXPECT_THAT(desk_.audit(), AllOf(HasSubstr("远得不会发"), HasSubstr(notice)));
  desk_.doctor("UPDATE outbox SET next_at = NULL, tries = 0 WHERE notice_seq = " +
               seq_of(notice));
  EXPECT_THAT(desk_.audit(), HasSubstr("没有时间"));
}

TEST_F(Audit, FindsAttemptsThatWereNotCounted) {
  auto notice = retrying();
  desk_.doctor("UPDATE outbox SET tries = 0 WHERE notice_seq = " + seq_of(notice));
  EXPECT_THAT(desk_.audit(), HasSubstr("试过几次"));
}

TEST_F(Audit, FindsALeaseThatNobodyGivesUp) {
  auto notice = retrying();
  desk_.doctor("UPDATE outbox SET token = 'x', epoch = 1, lease = 7258118400 WHERE notice_seq = " +
               seq_of(notice));
  EXPECT_THAT(desk_.audit(), HasSubstr("一直占着"));
}

TEST_F(Audit, FindsWhatHasEndedAndIsStillToBeSent) {
  auto notice = retrying();
  desk_.doctor(
      "INSERT INTO outbox (plan, notice_seq, endpoint, next_at) SELECT plan, seq, endpoint, 0 FROM"
      " notices WHERE id <> '" + notice + "' LIMIT 1");
  EXPECT_THAT(desk_.audit(), HasSubstr("还在待发里"));
}

TEST_F(Audit, FindsAnItemInTwoNotices) {
  desk_.run_to("05-20T10:00:00");
  auto seq = desk_.one("SELECT next_seq FROM plans");
  desk_.doctor(
      "UPDATE plans SET next_seq = next_seq + 1;"
      "INSERT INTO notices SELECT plan, " + seq + ", 'ntc_again', endpoint, channel, contact,"
      " state, reason, queued_at, expires_at, NULL FROM notices WHERE contact = 'edu-liaison'"
      " LIMIT 1;"
      "INSERT INTO notice_items SELECT plan, " + seq + ", place, item_seq FROM notice_items WHERE"
      " notice_seq = (SELECT min(seq) FROM notices WHERE contact = 'edu-liaison');"
      "INSERT INTO outbox (plan, notice_seq, endpoint, next_at) SELECT plan, " + seq +
      ", endpoint, 0 FROM notices WHERE id = 'ntc_again'");
  EXPECT_THAT(desk_.audit(), AllOf(HasSubstr("一件事在两条消息里"), HasSubstr("市教育局")));
}

TEST_F(Audit, FindsACursorThatIsYearsAhead) {
  desk_.doctor("UPDATE plans SET cursor = 7258118400");
  EXPECT_THAT(desk_.audit(), HasSubstr("远在将来"));
}

// A fault in memory: somebody is taken to have handed in.
TEST_F(Audit, FindsWhatTheDaemonForgotToTell) {
  auto made = desk_.fact(FactKind::received, "edu");
  made.seq = desk_.record().last_fact();
  desk_.memory().apply(made);
  desk_.run_to("05-20T09:30:00");
  auto found = desk_.audit();
  EXPECT_THAT(found, AllOf(HasSubstr("该通知,程序却没有想到"), HasSubstr("市教育局"),
                           HasSubstr("remind -3wd 09:00"), HasSubstr("重启 duband")));
  // As it says: a restart reads the ledger anew and makes up for it.
  desk_.start();
  desk_.look();
  EXPECT_THAT(desk_.audit(), IsEmpty());
}

// A row that is in the ledger and was never folded.
TEST_F(Audit, FindsWhoIsChasedAlthoughTheyHandedIn) {
  auto facts = std::vector{desk_.fact(FactKind::received, "edu")};
  ASSERT_TRUE(desk_.ask(desk_.store->record(Desk::plan, facts)));
  desk_.run().set_cursor(desk_.ask(desk_.store->cursor(Desk::plan)).value());
  desk_.run_to("05-20T09:00:00");
  EXPECT_THAT(desk_.audit(), HasSubstr("内存里的记录同台账不一样"));
}

// A wake-up that is planned by what never was.
TEST_F(Audit, FindsAWakeUpThatIsPlannedTooLate) {
  auto wake = desk_.run().next_wake();
  ASSERT_TRUE(wake);
  for (const auto& slot : desk_.run().timetable().slots()) {
    auto made = desk_.fact(FactKind::received, "");
    made.about = {slot.key.duty, slot.key.period, "", ""};
    desk_.memory().apply(made);
  }
  desk_.run().fold({});
  ASSERT_NE(desk_.run().next_wake(), wake);
  EXPECT_THAT(desk_.audit(), HasSubstr("下一次该什么时候看"));
}

TEST_F(Audit, OfAFailureTellsTheOfficeOnceADayAndSaysWhenItIsOver) {
  auto notice = retrying();
  auto was = desk_.one("SELECT next_at FROM outbox WHERE notice_seq = " + seq_of(notice));
  desk_.doctor("UPDATE outbox SET next_at = 7258118400 WHERE notice_seq = " + seq_of(notice));
  EXPECT_FALSE(desk_.audit().empty());
  EXPECT_EQ(desk_.told_the_office(), 1U);
  desk_.clock.pass(hours{1});
  EXPECT_FALSE(desk_.audit().empty());
  EXPECT_EQ(desk_.told_the_office(), 1U);
  desk_.start();
  EXPECT_FALSE(desk_.audit().empty());
  EXPECT_EQ(desk_.told_the_office(), 1U) << "nor after a restart";
  desk_.clock.pass(days{1});
  EXPECT_FALSE(desk_.audit().empty());
  EXPECT_EQ(desk_.told_the_office(), 2U);
  desk_.doctor("UPDATE outbox SET next_at = " + was + " WHERE notice_seq = " + seq_of(notice));
  desk_.look();
  EXPECT_THAT(desk_.audit(), IsEmpty());
}

TEST_F(Audit, IsPutOffWhileTheClockIsHeld) {
  desk_.clock.set_wall(days{7});
  desk_.turn();
  EXPECT_THAT(desk_.audit(), IsEmpty());
  EXPECT_FALSE(desk_.ask(desk_.engine->status())->plans.front().audited_at);
}

TEST_F(Audit, AgreesAfterAClockWasPutBack) {
  desk_.run_to("05-24T10:00:00");
  desk_.clock.set_wall(-days{3});
  desk_.look();
  EXPECT_THAT(desk_.audit(), IsEmpty());
  desk_.run_to("05-28T10:00:00");
  EXPECT_THAT(desk_.audit(), IsEmpty());
}

TEST_F(Audit, AgreesWhileANoticeThatIsToEndIsBeingSent) {
  desk_.clock.pass(desk_.at("05-20T09:00:00") - desk_.clock.now());
  desk_.turn();
  auto batch = desk_.ask(desk_.store->settle_and_claim({}, "test", 1000, Seconds{120},
                                                       desk_.clock.now(), {}));
  ASSERT_FALSE(batch.value().claimed.empty());
  auto units = desk_.config.plan_folder() / "units.toml";
  auto text = contract::EditedConfig::text(units);
  for (std::string_view was = "\"folder:"; auto at = text.find(was);) {
    if (at == std::string::npos) break;
    text.replace(at, was.size(), "\"drop:x-");
  }
  contract::EditedConfig::write(units, text);
  ASSERT_TRUE(desk_.ask(desk_.engine->reload("alice")));
  desk_.clock.pass(Seconds{60});
  EXPECT_THAT(desk_.audit(), IsEmpty());
}

}  // namespace
}  // namespace duban::engine
