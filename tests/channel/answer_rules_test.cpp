#include "channel/answer_rules.h"

#include <gtest/gtest.h>

namespace duban::channel {
namespace {

using enum AttemptOutcome;
using settings::OutcomeRule;
using namespace std::chrono_literals;

constexpr Instant now{1653440400s};

delivery::Outcome judged(const AnswerRules& rules, int status, std::string body,
                         std::string retry_after = {}) {
  io::HttpReply reply;
  reply.status = status;
  reply.body = std::move(body);
  reply.retry_after = std::move(retry_after);
  return judge(rules, reply, {"geheim"}, "wire", now);
}

const AnswerRules by_code{when("errcode", {"0"}, delivered),
                          when_limited("errcode", {"45009"}, 60s),
                          when_gone("errcode", {"93000"}), when("errcode", {}, rejected)};

TEST(AnswerRules, ACodeInTheBodyCountsWhateverTheStatusSays) {
  EXPECT_EQ(judged(by_code, 200, R"({"errcode":0,"errmsg":"ok"})").outcome, delivered);
  EXPECT_EQ(judged(by_code, 200, R"({"errcode":0,"errmsg":"ok"})").reason, Reason::accepted);
  auto limited = judged(by_code, 200, R"({"errcode":45009})");
  EXPECT_EQ(limited.outcome, retry);
  EXPECT_EQ(limited.reason, Reason::rate_limited);
  EXPECT_EQ(limited.retry_after, 60s);
  auto gone = judged(by_code, 200, R"({"errcode":93000})");
  EXPECT_EQ(gone.outcome, rejected);
  EXPECT_TRUE(gone.endpoint_gone);
  EXPECT_EQ(gone.reason, Reason::endpoint_gone);
  EXPECT_EQ(judged(by_code, 400, R"({"errcode":40058})").outcome, rejected);
}

TEST(AnswerRules, ATwoHundredOfWhoeverStandsInBetweenIsNoDelivery) {
  for (const auto* body : {"", "ok", "<html>请登录</html>", "[]", "0", R"({"errmsg":"ok"})",
                           R"({"data":{"errcode":0}})", R"({"errcode")", "\xFF"}) {
    auto outcome = judged(by_code, 200, body);
    EXPECT_EQ(outcome.outcome, unknown) << body;
    EXPECT_EQ(outcome.reason, Reason::reply_strange) << body;
  }
}

TEST(AnswerRules, ACodeThatIsATextOrATruthIsComparedAsItStands) {
  AnswerRules rules{when("result.0.state", {"ok"}, delivered), when("done", {"true"}, delivered)};
  EXPECT_EQ(judged(rules, 200, R"({"result":[{"state":"ok"}]})").outcome, delivered);
  EXPECT_EQ(judged(rules, 200, R"({"done":true})").outcome, delivered);
  EXPECT_EQ(judged(rules, 200, R"({"done":"false"})").outcome, unknown);
  EXPECT_EQ(judged(rules, 200, R"({"result":[]})").outcome, unknown);
  EXPECT_EQ(judged(rules, 200, R"({"result":{"0":{"state":"ok"}}})").outcome, delivered);
}

TEST(AnswerRules, TheFirstThatAppliesCounts) {
  OutcomeRule warned = when("errmsg", {}, rejected);
  warned.contains = "wrong json";
  AnswerRules rules{warned, when("errcode", {"0"}, delivered)};
  EXPECT_EQ(judged(rules, 200, R"({"errcode":0,"errmsg":"Warning: wrong json format."})").outcome,
            rejected);
  EXPECT_EQ(judged(rules, 200, R"({"errcode":0,"errmsg":"ok"})").outcome, delivered);
}

TEST(AnswerRules, AWholeBodyIsComparedWithoutBlanksAroundIt) {
  OutcomeRule ok;
  ok.body = "ok";
  EXPECT_EQ(judged({ok}, 200, " ok\r\n").outcome, delivered);
  EXPECT_EQ(judged({ok}, 200, "ok, but").outcome, unknown);
  EXPECT_EQ(judged({ok}, 404, "no_team").outcome, rejected);
}

TEST(AnswerRules, AStatusCanBeARuleOfItsOwn) {
  OutcomeRule accepted;
  accepted.status_from = accepted.status_to = 202;
  OutcomeRule lost;
  lost.status_from = 500, lost.status_to = 599, lost.then = unknown;
  AnswerRules rules{accepted, lost};
  EXPECT_EQ(judged(rules, 202, "").outcome, delivered);
  EXPECT_EQ(judged(rules, 200, "").outcome, unknown);
  EXPECT_EQ(judged(rules, 503, "").outcome, unknown);
  EXPECT_EQ(judged(rules, 503, "").reason, Reason::server_error);
}

TEST(AnswerRules, WithoutAnyTheStatusSpeaks) {
  EXPECT_EQ(judged({}, 204, "").outcome, delivered);
  EXPECT_EQ(judged({}, 302, "").outcome, rejected);
  EXPECT_EQ(judged({}, 404, "").outcome, rejected);
  EXPECT_EQ(judged({}, 429, "", "120").retry_after, 120s);
  EXPECT_EQ(judged({}, 503, "").outcome, retry);
  EXPECT_TRUE(judged({}, 410, "").endpoint_gone);
}

TEST(AnswerRules, TheLongerOfBothPausesIsKept) {
  EXPECT_EQ(judged(by_code, 200, R"({"errcode":45009})", "30").retry_after, 60s);
  EXPECT_EQ(judged(by_code, 200, R"({"errcode":45009})", "90").retry_after, 90s);
}

TEST(AnswerRules, WhatIsKeptOfAnAnswerHoldsNoSecretAndTheDigest) {
  auto outcome = judged(by_code, 200, R"({"errcode":1,"errmsg":"bad key geheim"})");
  EXPECT_FALSE(outcome.detail.contains("geheim")) << outcome.detail;
  EXPECT_TRUE(outcome.detail.contains("bad key")) << outcome.detail;
  EXPECT_TRUE(outcome.wire_digest.starts_with("sha256:"));
}

}  // namespace
}  // namespace duban::channel
