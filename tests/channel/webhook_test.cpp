#include "channel/webhook.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/digest.h"
#include "channel/outcome.h"
#include "channel/registry.h"
#include "contract/channel_contract.h"
#include "io/curl_transport.h"
#include "peers/http_peer.h"

namespace duban::channel {
namespace {

using testing::HttpAnswer;
using testing::run;
using namespace std::chrono_literals;

Secret key_of(const std::string& text) { return webhook_key(Secret{text}).value(); }

// The vector that every library of Standard Webhooks tests itself with.
const std::string known_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const std::string known_id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr Instant known_time{1614265330s};
const std::string known_body = R"({"test": 2432232314})";
const std::string known_signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const std::string other_secret = "whsec_" + encode_base64(std::string(32, 'k'));

TEST(WebhookSignature, is_the_published_one) {
  EXPECT_EQ(webhook_signature({key_of(known_secret)}, known_id, known_time, known_body),
            known_signature);
}

TEST(WebhookSignature, stands_once_for_each_key_while_keys_are_rotated) {
  auto both = webhook_signature({key_of(other_secret), key_of(known_secret)}, known_id, known_time,
                                known_body);
  EXPECT_TRUE(both.ends_with(" " + known_signature)) << both;
  EXPECT_EQ(std::ranges::count(both, ' '), 1);
}

TEST(WebhookKey, refuses_what_is_none_without_repeating_it) {
  for (const auto* text : {"", "geheim", "whsec_", "whsec_????", "whsec_YWJj", "whpk_MfKQ9r8G"}) {
    auto key = webhook_key(Secret{text});
    ASSERT_FALSE(key) << text;
    if (std::string_view{text}.size() <= 6) continue;
    EXPECT_FALSE(key.error().chinese.contains(text + 6));
    EXPECT_FALSE(key.error().english.contains(text + 6));
  }
}

struct WebhookTest : ::testing::Test {
  boost::asio::io_context loop;
  SetClock clock{known_time};
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> channel = make_webhook(
      {.keys = {key_of(known_secret)}, .ca = "", .proxy = "", .allow_private = true, .pacing = {}},
      *transport, clock);

  delivery::Outcome send(const std::string& path = "/hook") {
    return run(loop, channel->send(contract::parcel_for(peer.url(path))));
  }
};

TEST_F(WebhookTest, signs_the_very_bytes_it_sends_at_the_time_of_the_attempt) {
  send();
  clock.set(known_time + 1h);
  send();
  ASSERT_EQ(peer.seen().size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& seen = peer.seen()[i];
    Instant time = known_time + (i == 0 ? 0h : 1h);
    EXPECT_EQ(seen.headers.at("webhook-timestamp"),
              std::to_string(time.time_since_epoch().count()));
    EXPECT_EQ(seen.headers.at("webhook-signature"),
              webhook_signature({key_of(known_secret)}, seen.headers.at("webhook-id"), time,
                                seen.body));
    EXPECT_EQ(seen.headers.at("content-type"), "application/json");
    EXPECT_FALSE(seen.headers.contains("expect"));
  }
}

TEST_F(WebhookTest, takes_every_status_for_what_it_means) {
  struct Case {
    int status;
    AttemptOutcome outcome;
    Reason reason;
  };
  for (auto [status, outcome, reason] :
       {Case{200, AttemptOutcome::delivered, Reason::accepted},
        Case{202, AttemptOutcome::delivered, Reason::accepted},
        Case{301, AttemptOutcome::rejected, Reason::refused},
        Case{304, AttemptOutcome::rejected, Reason::refused},
        Case{307, AttemptOutcome::rejected, Reason::refused},
        Case{400, AttemptOutcome::rejected, Reason::refused},
        Case{401, AttemptOutcome::rejected, Reason::refused},
        Case{404, AttemptOutcome::rejected, Reason::refused},
        Case{408, AttemptOutcome::retry, Reason::refused},
        Case{410, AttemptOutcome::rejected, Reason::endpoint_gone},
        Case{425, AttemptOutcome::retry, Reason::refused},
        Case{429, AttemptOutcome::retry, Reason::rate_limited},
        Case{500, AttemptOutcome::retry, Reason::server_error},
        Case{502, AttemptOutcome::retry, Reason::rate_limited},
        Case{504, AttemptOutcome::retry, Reason::rate_limited}}) {
    HttpAnswer answer;
    answer.status = status;
    if (status == 304) answer.body.clear();
    answer.headers["Location"] = peer.url("/elsewhere");
    peer.answer(answer);
    auto got = send();
    EXPECT_EQ(got.outcome, outcome) << status;
    EXPECT_EQ(got.reason, reason) << status << to_word(got.reason);
    EXPECT_EQ(got.endpoint_gone, status == 410) << status;
  }
  for (const auto& seen : peer.seen()) EXPECT_EQ(seen.target, "/hook") << "a redirect was followed";
}

TEST_F(WebhookTest, waits_as_long_as_it_is_asked_to_within_reason) {
  for (const auto& [asked, wait] : std::vector<std::pair<std::string, std::optional<Seconds>>>{
           {"120", 120s}, {"Thu, 25 Feb 2021 15:03:10 GMT", 60s}, {"0", 0s},
           {"Thu, 25 Feb 2021 14:00:00 GMT", 0s}, {"99999999999999999999", 24h}, {"31536000", 24h},
           {"soon", std::nullopt}, {"-5", std::nullopt}, {"", std::nullopt}}) {
    HttpAnswer answer;
    answer.status = 429;
    answer.headers["Retry-After"] = asked;
    peer.answer(answer);
    clock.set(Instant{1614265330s});  // 2021-02-25T15:02:10Z
    EXPECT_EQ(send().retry_after, wait) << asked;
  }
}

TEST_F(WebhookTest, an_answer_that_repeats_the_address_does_not_get_it_into_the_ledger) {
  peer.answer([](const testing::HttpSeen& seen) {
    HttpAnswer answer;
    answer.status = 400;
    answer.body = "no hook at " + seen.target + " (http://" + seen.headers.at("host") +
                  seen.target + ")\n\n bad";
    return answer;
  });
  auto outcome = send("/hook/geheim?token=geheim");
  EXPECT_FALSE(outcome.detail.contains("geheim")) << outcome.detail;
  EXPECT_TRUE(outcome.detail.starts_with("HTTP 400 no hook at …")) << outcome.detail;
  EXPECT_FALSE(outcome.detail.contains('\n'));
}

TEST_F(WebhookTest, a_status_whose_body_breaks_off_is_still_the_answer) {
  HttpAnswer answer;
  answer.how = HttpAnswer::How::short_body;
  peer.answer(answer);
  EXPECT_EQ(send().outcome, AttemptOutcome::delivered);
}

TEST_F(WebhookTest, headers_without_end_are_not_read_to_their_end) {
  HttpAnswer answer;
  answer.how = HttpAnswer::How::endless_headers;
  answer.status = 500;
  peer.answer(answer);
  EXPECT_NE(send().outcome, AttemptOutcome::delivered);
}

TEST_F(WebhookTest, nobody_there_is_tried_again) {
  auto outcome = run(loop, channel->send(contract::parcel_for("http://127.0.0.1:1/hook")));
  EXPECT_EQ(outcome.outcome, AttemptOutcome::retry);
  EXPECT_EQ(outcome.reason, Reason::connect_failed);
  EXPECT_EQ(outcome.wire_digest, "");
}

TEST_F(WebhookTest, private_targets_are_refused_unless_allowed) {
  auto careful = make_webhook({.keys = {key_of(known_secret)}, .ca = "", .proxy = "",
                               .allow_private = false, .pacing = {}},
                              *transport, clock);
  EXPECT_NE(careful->address_problem(peer.url()), "");
  for (const auto* url : {"https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/x",
                          "https://localhost/", "https://192.168.1.1:8443/",
                          "https://[::ffff:10.0.0.1]/"}) {
    EXPECT_NE(careful->address_problem(url), "") << url;
  }
  EXPECT_EQ(careful->address_problem("https://hooks.example.org/duban"), "");
}

}  // namespace
}  // namespace duban::channel
