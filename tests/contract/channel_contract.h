#pragma once
// What every channel must do, whatever its protocol. A channel's test gives a Bench: the channel
// beside a receiver that can be told how to behave, and instantiates the suite with it:
//
//   struct Bench {
//     boost::asio::io_context loop;
//     delivery::Channel& channel();
//     std::string address();                  one that is good
//     std::vector<std::string> hostile_addresses();   none may be sent to, or harm
//     enum class Mood { accepts, refuses, fails, takes_and_goes, stalls, never_ends };
//     bool set_mood(Mood);                    false: this receiver cannot behave so
//     std::vector<Arrival> arrivals();        what came, in order; repeats of one file count once
//     std::string quiet();                    empty, or what is wrong with what came beside them
//   };

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "delivery/channel.h"
#include "peers/run.h"

namespace duban::contract {

enum class Mood {
  accepts,
  refuses,
  /// Says that it cannot now.
  fails,
  /// Takes the whole and closes without an answer.
  takes_and_goes,
  /// Takes what it gets and never answers.
  stalls,
  /// Answers without end.
  never_ends,
};

struct Arrival {
  /// The notice's id as the receiver would know a repeat by.
  std::string id;
  /// What it says, decoded, without what an attempt adds (date, signature, attempt's number).
  std::string content;
};

inline delivery::Parcel parcel_for(const std::string& address, const std::string& number = "1") {
  delivery::Parcel parcel;
  parcel.plan = "plan";
  parcel.notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4" + number;
  parcel.endpoint = "edu-desk";
  parcel.address = address;
  parcel.recipient_name = "市教育局联络员";
  parcel.content.subject = "请于5月25日(周三)17:00前报送5月月调度表";
  parcel.content.text = "市教育局:\n请于5月25日报送。\n.\n..两点\nFrom 行首\n";
  parcel.content.html = "<p>市教育局:</p>\n<p>请于5月25日报送。</p>\n";
  parcel.content.json = R"({"type":"duban.notice","data":{"text":"请报送"}})";
  return parcel;
}

template <class Bench>
class ChannelContract : public ::testing::Test {
 protected:
  delivery::Outcome send(delivery::Parcel parcel) {
    return testing::run(bench_.loop, bench_.channel().send(std::move(parcel)));
  }
  Bench bench_;
};

TYPED_TEST_SUITE_P(ChannelContract);

TYPED_TEST_P(ChannelContract, what_is_accepted_is_delivered_with_its_digest) {
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::delivered) << outcome.detail;
  EXPECT_EQ(outcome.reason, Reason::accepted);
  EXPECT_TRUE(outcome.wire_digest.starts_with("sha256:")) << outcome.wire_digest;
  EXPECT_EQ(outcome.wire_digest.size(), 7U + 64U);
  ASSERT_EQ(this->bench_.arrivals().size(), 1U);
}

TYPED_TEST_P(ChannelContract, a_repeat_carries_the_same_id_and_content) {
  auto parcel = parcel_for(this->bench_.address());
  this->send(parcel);
  auto first = this->bench_.arrivals();
  ASSERT_EQ(first.size(), 1U);
  parcel.attempt = 2;
  parcel.after_unknown = true;
  this->send(parcel);
  for (const auto& arrival : this->bench_.arrivals()) {
    EXPECT_EQ(arrival.id, parcel.notice);
    EXPECT_EQ(arrival.content, first.front().content);
  }
}

TYPED_TEST_P(ChannelContract, two_notices_are_two) {
  this->send(parcel_for(this->bench_.address(), "1"));
  this->send(parcel_for(this->bench_.address(), "2"));
  auto arrivals = this->bench_.arrivals();
  ASSERT_EQ(arrivals.size(), 2U);
  EXPECT_NE(arrivals[0].id, arrivals[1].id);
}

TYPED_TEST_P(ChannelContract, a_refusal_is_rejected_and_says_why) {
  if (!this->bench_.set_mood(Mood::refuses)) GTEST_SKIP() << "this receiver refuses nothing";
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::rejected);
  EXPECT_FALSE(outcome.detail.empty());
}

TYPED_TEST_P(ChannelContract, a_failure_is_tried_again_later) {
  ASSERT_TRUE(this->bench_.set_mood(Mood::fails));
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::retry);
  EXPECT_FALSE(outcome.detail.empty());
  EXPECT_LE(outcome.detail.size(), limits::detail_bytes);
  ASSERT_TRUE(this->bench_.set_mood(Mood::accepts));
  EXPECT_EQ(this->send(parcel_for(this->bench_.address())).outcome, AttemptOutcome::delivered);
}

TYPED_TEST_P(ChannelContract, an_answer_that_is_lost_is_unknown_and_keeps_the_digest) {
  if (!this->bench_.set_mood(Mood::takes_and_goes)) GTEST_SKIP() << "this receiver cannot go";
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::unknown) << outcome.detail;
  EXPECT_EQ(outcome.reason, Reason::reply_lost);
  EXPECT_FALSE(outcome.wire_digest.empty());
}

TYPED_TEST_P(ChannelContract, a_receiver_that_never_answers_is_left_in_time) {
  if (!this->bench_.set_mood(Mood::stalls)) GTEST_SKIP() << "this receiver cannot stall";
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::unknown) << outcome.detail;
  EXPECT_EQ(outcome.reason, Reason::timed_out);
}

TYPED_TEST_P(ChannelContract, an_answer_without_end_is_not_read_to_its_end) {
  if (!this->bench_.set_mood(Mood::never_ends)) GTEST_SKIP() << "this receiver says nothing";
  auto outcome = this->send(parcel_for(this->bench_.address()));
  EXPECT_LE(outcome.detail.size(), limits::detail_bytes);
  EXPECT_TRUE(is_utf8_text(outcome.detail));
}

TYPED_TEST_P(ChannelContract, a_slow_receiver_does_not_hold_up_a_second_notice) {
  if (!this->bench_.set_mood(Mood::stalls)) GTEST_SKIP() << "this receiver cannot stall";
  int slow_done = 0, fast_done = 0;
  auto count = [](int& done) {
    return [&done](std::exception_ptr, delivery::Outcome) { ++done; };
  };
  auto& loop = this->bench_.loop;
  boost::asio::co_spawn(loop, this->bench_.channel().send(parcel_for(this->bench_.address(), "1")),
                        count(slow_done));
  while (this->bench_.arrivals().empty() && loop.run_one() > 0) {
  }
  this->bench_.set_mood(Mood::accepts);
  boost::asio::co_spawn(loop, this->bench_.channel().send(parcel_for(this->bench_.address(), "2")),
                        count(fast_done));
  while (fast_done == 0 && loop.run_one() > 0) {
  }
  EXPECT_EQ(slow_done, 0);
  while (slow_done == 0 && loop.run_one() > 0) {
  }
}

TYPED_TEST_P(ChannelContract, a_send_can_be_cancelled_and_the_channel_goes_on) {
  if (!this->bench_.set_mood(Mood::stalls)) GTEST_SKIP() << "this receiver cannot stall";
  auto& loop = this->bench_.loop;
  boost::asio::cancellation_signal cancel;
  bool ended = false, threw = false;
  boost::asio::co_spawn(loop, this->bench_.channel().send(parcel_for(this->bench_.address())),
                        boost::asio::bind_cancellation_slot(
                            cancel.slot(), [&](std::exception_ptr failure, delivery::Outcome) {
                              ended = true;
                              threw = failure != nullptr;
                            }));
  while (this->bench_.arrivals().empty() && loop.run_one() > 0) {
  }
  cancel.emit(boost::asio::cancellation_type::terminal);
  while (!ended && loop.run_one() > 0) {
  }
  EXPECT_TRUE(threw) << "the attempt went on to its end";
  this->bench_.set_mood(Mood::accepts);
  EXPECT_EQ(this->send(parcel_for(this->bench_.address(), "2")).outcome, AttemptOutcome::delivered);
}

TYPED_TEST_P(ChannelContract, hostile_text_arrives_as_text) {
  auto parcel = parcel_for(this->bench_.address());
  parcel.recipient_name = "a\r\nBcc: evil@example.org";
  parcel.content.subject = "x\r\nBcc: evil@example.org\r\n\r\nbody";
  parcel.content.text = "a\n.\nRCPT TO:<evil@example.org>\r.\r\n\xF0\x9F\x98\x80\n";
  EXPECT_EQ(this->send(parcel).outcome, AttemptOutcome::delivered);
  EXPECT_EQ(this->bench_.arrivals().size(), 1U);
  EXPECT_EQ(this->bench_.quiet(), "");
}

TYPED_TEST_P(ChannelContract, hostile_addresses_reach_nobody_and_harm_nothing) {
  for (const auto& address : this->bench_.hostile_addresses()) {
    auto outcome = this->send(parcel_for(address));
    EXPECT_EQ(outcome.outcome, AttemptOutcome::rejected) << address;
    EXPECT_EQ(outcome.reason, Reason::bad_address) << address;
    EXPECT_NE(this->bench_.channel().address_problem(address), "") << address;
  }
  EXPECT_EQ(this->bench_.arrivals().size(), 0U);
  EXPECT_EQ(this->bench_.quiet(), "");
  EXPECT_EQ(this->bench_.channel().address_problem(this->bench_.address()), "");
}

TYPED_TEST_P(ChannelContract, its_retries_grow_and_end) {
  const auto& curve = this->bench_.channel().retry_curve();
  ASSERT_FALSE(curve.delays.empty());
  for (std::size_t i = 1; i < curve.delays.size(); ++i) {
    EXPECT_GE(curve.delays[i], curve.delays[i - 1]);
  }
  EXPECT_GT(curve.delays.front().count(), 0);
  EXPECT_GT(curve.give_up, curve.delays.back());
  EXPECT_LE(curve.delays.back(), limits::retry_after) << "the audit takes it for lost";
  EXPECT_GT(this->bench_.channel().per_second(), 0);
  EXPECT_GT(this->bench_.channel().concurrency(), 0);
}

REGISTER_TYPED_TEST_SUITE_P(ChannelContract, what_is_accepted_is_delivered_with_its_digest,
                            a_repeat_carries_the_same_id_and_content, two_notices_are_two,
                            a_refusal_is_rejected_and_says_why, a_failure_is_tried_again_later,
                            an_answer_that_is_lost_is_unknown_and_keeps_the_digest,
                            a_receiver_that_never_answers_is_left_in_time,
                            an_answer_without_end_is_not_read_to_its_end,
                            a_slow_receiver_does_not_hold_up_a_second_notice,
                            a_send_can_be_cancelled_and_the_channel_goes_on,
                            hostile_text_arrives_as_text,
                            hostile_addresses_reach_nobody_and_harm_nothing,
                            its_retries_grow_and_end);

}  // namespace duban::contract
