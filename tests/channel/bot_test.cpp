#include "channel/bot.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "channel/dingtalk.h"
#include "channel/feishu.h"
#include "channel/wecom.h"
#include "contract/channel_contract.h"
#include "io/curl_transport.h"
#include "peers/http_peer.h"

namespace duban::channel {
namespace {

using enum AttemptOutcome;
using testing::HttpAnswer;
using testing::HttpSeen;
using namespace std::chrono_literals;

TEST(DingtalkSignature, IsThePublishedOne) {
  EXPECT_EQ(dingtalk_signature(Secret{"this is secret"}, 1546300800000),
            "YdaRxedPlWEhpeS%2FEW4d7Fr4r69%2F2KSnJ9D9v0N%2B%2BuY%3D");
  EXPECT_EQ(dingtalk_signature(Secret{"SECtest"}, 1700000000000),
            "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D");
}

TEST(FeishuSignature, IsThePublishedOne) {
  EXPECT_EQ(feishu_signature(Secret{"demo"}, 1599360473),
            "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
}

struct BotTest : ::testing::Test {
  delivery::Outcome send(const BotProtocol& protocol, BotOptions with = {}) {
    return send(protocol, std::move(with), contract::parcel_for("工作群"));
  }
  delivery::Outcome send(const BotProtocol& protocol, BotOptions with, delivery::Parcel parcel) {
    if (with.key.empty()) with.key = Secret{"k-1"};
    with.url = peer.url("/send?key=");
    with.allow_private = true;
    channel = make_bot(protocol, std::move(with), *transport, clock);
    return testing::run(loop, channel->send(std::move(parcel)));
  }
  delivery::Outcome answered(const BotProtocol& protocol, std::string body, int status = 200) {
    peer.answer(HttpAnswer{.status = status, .body = std::move(body)});
    return send(protocol);
  }
  boost::json::value body() const { return boost::json::parse(peer.seen().back().body); }

  boost::asio::io_context loop;
  SetClock clock{Instant{1700000000s}};
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> channel;
};

TEST_F(BotTest, WecomSendsMarkdownBehindItsKeyAndEscapesNoChinese) {
  send(wecom_protocol(), {.mention = {"zhang"}});
  EXPECT_EQ(peer.seen().back().target, "/send?key=k-1");
  EXPECT_EQ(body().at("msgtype").as_string(), "markdown");
  std::string content{body().at("markdown").at("content").as_string()};
  EXPECT_TRUE(content.starts_with("**请于5月25日")) << content;
  EXPECT_TRUE(content.contains("<@zhang>")) << content;
  EXPECT_FALSE(peer.seen().back().body.contains("\\u")) << peer.seen().back().body;
}

TEST_F(BotTest, DingtalkSignsInTheQueryAndCallsInTextAndList) {
  send(dingtalk_protocol(), {.secret = Secret{"SECtest"}, .mention = {"13800001111", "u1"}});
  EXPECT_EQ(peer.seen().back().target,
            "/send?key=k-1&timestamp=1700000000000&sign="
            "aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D");
  EXPECT_FALSE(body().at("markdown").at("title").as_string().empty());
  std::string text{body().at("markdown").at("text").as_string()};
  EXPECT_TRUE(text.contains("@13800001111 @u1")) << text;
  EXPECT_TRUE(text.contains("报送。  \n")) << "a line that ends in two blanks: " << text;
  EXPECT_EQ(body().at("at").at("atMobiles").at(0).as_string(), "13800001111");
  EXPECT_EQ(body().at("at").at("atUserIds").at(0).as_string(), "u1");
  EXPECT_FALSE(body().at("at").at("isAtAll").as_bool());
  send(dingtalk_protocol(), {.mention = {"@all"}});
  EXPECT_TRUE(body().at("at").at("isAtAll").as_bool());
  EXPECT_EQ(peer.seen().back().target, "/send?key=k-1") << "unsigned without a secret";
}

TEST_F(BotTest, FeishuSignsInTheBodyInSeconds) {
  send(feishu_protocol(), {.secret = Secret{"demo"}, .mention = {"ou_1", "all"}});
  EXPECT_EQ(body().at("timestamp").as_string(), "1700000000");
  EXPECT_EQ(body().at("sign").as_string(), feishu_signature(Secret{"demo"}, 1700000000));
  const auto card = body().at("card");
  EXPECT_EQ(card.at("schema").as_string(), "2.0");
  EXPECT_TRUE(card.at("header").at("title").at("content").as_string().starts_with("请于5月25日"));
  std::string text{card.at("body").at("elements").at(0).at("content").as_string()};
  EXPECT_TRUE(text.contains("<at id=ou_1></at><at id=all></at>")) << text;
  EXPECT_FALSE(text.contains("请于5月25日(周三)17:00前报送")) << "the title stands in the header";
}

struct Told {
  std::string body;
  AttemptOutcome outcome;
  Reason reason;
  std::optional<Seconds> after = std::nullopt;
  int status = 200;
};

std::string errcode(int code, std::string_view text = "x") {
  return fmt::format(R"({{"errcode":{},"errmsg":"{}"}})", code, text);
}

TEST_F(BotTest, WecomsCodes) {
  const std::vector<Told> all{
      {errcode(0, "ok"), delivered, Reason::accepted},
      {errcode(0, "Warning: wrong json format. ok"), rejected, Reason::refused},
      {errcode(-1), retry, Reason::rate_limited, 30s},
      {errcode(6000), retry, Reason::rate_limited, 30s},
      {errcode(45009), retry, Reason::rate_limited, 60s},
      {errcode(93000), rejected, Reason::endpoint_gone},
      {errcode(93004), rejected, Reason::endpoint_gone},
      {errcode(93008), rejected, Reason::endpoint_gone},
      {errcode(40058), rejected, Reason::refused},
      {errcode(40008), rejected, Reason::refused},
      {errcode(40033), rejected, Reason::refused},
      {errcode(12345), rejected, Reason::refused},
      {"ok", unknown, Reason::reply_strange},
      {"<html>", unknown, Reason::server_error, std::nullopt, 502},
      {"", rejected, Reason::refused, std::nullopt, 404}};
  for (const auto& told : all) {
    auto outcome = answered(wecom_protocol(), told.body, told.status);
    EXPECT_EQ(outcome.outcome, told.outcome) << told.body;
    EXPECT_EQ(outcome.reason, told.reason) << told.body;
    EXPECT_EQ(outcome.retry_after, told.after) << told.body;
  }
}

TEST_F(BotTest, DingtalksCodes) {
  const std::vector<Told> all{
      {errcode(0, "ok"), delivered, Reason::accepted},
      {errcode(-1), retry, Reason::rate_limited, 30s},
      {R"({"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"u","errcode":130101,)"
       R"("errmsg":"send too fast, exceed 20 times per minute"})",
       retry, Reason::rate_limited, 10min},
      {errcode(410100), retry, Reason::rate_limited, 10min},
      {errcode(310000, "keywords not in content"), rejected, Reason::refused},
      {errcode(310000, "sign not match"), rejected, Reason::refused},
      {errcode(310000, "ip 203.0.113.7 not in whitelist"), rejected, Reason::refused},
      {errcode(310000, "invalid timestamp"), retry, Reason::server_error},
      {errcode(300005, "token is not exist"), rejected, Reason::endpoint_gone},
      {errcode(300001), rejected, Reason::endpoint_gone},
      {errcode(400102), rejected, Reason::endpoint_gone},
      {errcode(400013), rejected, Reason::endpoint_gone},
      {errcode(430101), rejected, Reason::refused},
      {errcode(460101), rejected, Reason::refused},
      {errcode(88), rejected, Reason::refused},
      {"{}", unknown, Reason::reply_strange},
      {"", unknown, Reason::server_error, std::nullopt, 500}};
  for (const auto& told : all) {
    auto outcome = answered(dingtalk_protocol(), told.body, told.status);
    EXPECT_EQ(outcome.outcome, told.outcome) << told.body;
    EXPECT_EQ(outcome.reason, told.reason) << told.body;
    EXPECT_EQ(outcome.retry_after, told.after) << told.body;
  }
}

TEST_F(BotTest, FeishusCodes) {
  auto code = [](int number) {
    return fmt::format(R"({{"code":{},"msg":"x","data":{{}}}})", number);
  };
  const std::vector<Told> all{
      {R"({"code":0,"msg":"success","data":{},"StatusCode":0,"StatusMessage":"success"})",
       delivered, Reason::accepted},
      {R"({"code":19021,"msg":"sign match fail","StatusCode":0})", rejected, Reason::refused},
      {R"({"StatusCode":0})", unknown, Reason::reply_strange},
      {code(19001), rejected, Reason::endpoint_gone},
      {code(19022), rejected, Reason::refused},
      {code(19024), rejected, Reason::refused},
      {code(9499), rejected, Reason::refused, std::nullopt, 400},
      {code(11232), retry, Reason::rate_limited, 60s},
      {code(99991400), retry, Reason::rate_limited, 60s, 400},
      {"", retry, Reason::rate_limited, std::nullopt, 429},
      {"captive portal", unknown, Reason::reply_strange}};
  for (const auto& told : all) {
    auto outcome = answered(feishu_protocol(), told.body, told.status);
    EXPECT_EQ(outcome.outcome, told.outcome) << told.body;
    EXPECT_EQ(outcome.reason, told.reason) << told.body;
    EXPECT_EQ(outcome.retry_after, told.after) << told.body;
  }
}

TEST_F(BotTest, WhatIsKeptNamesNeitherTheKeyNorTheOfficesOwnAddress) {
  auto outcome = answered(
      wecom_protocol(),
      errcode(93000, "invalid webhook url k-1, hint: [1], from ip: 203.0.113.7, more info at x"));
  EXPECT_FALSE(outcome.detail.contains("k-1")) << outcome.detail;
  EXPECT_FALSE(outcome.detail.contains("203.0.113.7")) << outcome.detail;
  EXPECT_TRUE(outcome.detail.contains("more info")) << outcome.detail;
  auto shown = channel->preview(contract::parcel_for("工作群"));
  EXPECT_FALSE(shown.contains("k-1")) << shown;
  EXPECT_TRUE(shown.contains("markdown")) << shown;
}

TEST_F(BotTest, ALongMessageIsCutToWhatEachTakes) {
  auto parcel = contract::parcel_for("工作群");
  parcel.content.text = "各有关单位:\n";
  for (int i = 0; i < 900; ++i) parcel.content.text += fmt::format("· 第{}件\"\\事\n", i);
  send(wecom_protocol(), {}, parcel);
  EXPECT_LE(body().at("markdown").at("content").as_string().size(), 4096U);
  EXPECT_TRUE(peer.seen().back().body.contains("(共900条,余"));
  send(dingtalk_protocol(), {}, parcel);
  EXPECT_LE(peer.seen().back().body.size(), 20'000U);
  send(feishu_protocol(), {.secret = Secret{"demo"}}, parcel);
  EXPECT_LE(peer.seen().back().body.size(), 20'000U);
  EXPECT_GT(peer.seen().back().body.size(), 15'000U);
}

TEST_F(BotTest, ARepeatIsMarkedAndSentAtMostOnce) {
  auto parcel = contract::parcel_for("工作群");
  parcel.after_unknown = true;
  for (const auto* protocol : {&wecom_protocol(), &dingtalk_protocol(), &feishu_protocol()}) {
    send(*protocol, {}, parcel);
    EXPECT_TRUE(peer.seen().back().body.contains("(补发)"));
    EXPECT_EQ(channel->retry_curve().unknown_resends, 1);
  }
}

TEST_F(BotTest, KeepsBelowItsLimitAndAwayFromTheHour) {
  for (const auto* protocol : {&wecom_protocol(), &dingtalk_protocol()}) {
    send(*protocol, {.pacing = protocol->pacing});
    EXPECT_LE(channel->per_second() * 60, 20.0);
    EXPECT_EQ(channel->spread(), 7min);
    EXPECT_EQ(channel->paced_with("甲"), channel->paced_with("乙")) << "one key, one limit";
  }
  send(feishu_protocol(), {.pacing = feishu_protocol().pacing});
  EXPECT_LE(channel->per_second() * 60, 100.0);
  EXPECT_LE(channel->per_second(), 5.0);
}

TEST(BotSettings, NameWhatAProtocolCannotDo) {
  settings::ChannelSettings settings;
  settings.type = "wecom";
  settings.mention = {"13800001111", "@all"};
  EXPECT_EQ(wecom_type.diagnose(settings).size(), 1U)
      << "a number may be a userid, everybody is none";
  settings.mention = {};
  settings.secret.emplace();
  EXPECT_EQ(wecom_type.diagnose(settings).at(0).code, "unknown-key");
  settings = {};
  settings.type = "feishu";
  settings.mention = {"a@example.org"};
  EXPECT_EQ(feishu_type.diagnose(settings).at(0).code, "bad-value");
  settings.mention = {};
  settings.url = "https://open.example.org/hook/";
  EXPECT_EQ(feishu_type.diagnose(settings).at(0).code, "missing-key");
}

TEST(BotSettings, AnAddressIsAUrlUnlessTheChannelHasTheKey) {
  settings::ChannelSettings settings;
  EXPECT_FALSE(bot_address_problem(settings, "工作群").empty());
  EXPECT_TRUE(
      bot_address_problem(settings, "https://oapi.example.org/send?access_token=x").empty());
  settings.key.emplace();
  EXPECT_TRUE(bot_address_problem(settings, "工作群").empty());
  EXPECT_FALSE(bot_address_problem(settings, "").empty());
}

}  // namespace
}  // namespace duban::channel
