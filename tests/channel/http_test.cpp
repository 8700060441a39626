#include "channel/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>

#include "base/digest.h"
#include "channel/registry.h"
#include "channel/scratch_folder.h"
#include "contract/channel_contract.h"
#include "io/curl_transport.h"
#include "peers/http_peer.h"

namespace duban::channel {
namespace {

using enum AttemptOutcome;
using testing::HttpAnswer;
using testing::HttpSeen;
using ::testing::Contains;
using ::testing::Field;
using namespace std::chrono_literals;

struct HttpTest : ::testing::Test {
  HttpOptions options() const {
    HttpOptions made;
    made.url = peer.url("/send?to={{address}}");
    made.body = R"({"id":"{{notice}}","text":"{{#resent}}(补发){{/resent}}{{text}}"})";
    made.allow_private = true;
    return made;
  }
  delivery::Outcome send(HttpOptions with, delivery::Parcel parcel) {
    channel = make_http(std::move(with), *transport, clock);
    return testing::run(loop, channel->send(std::move(parcel)));
  }
  delivery::Outcome send(HttpOptions with) {
    return send(std::move(with), contract::parcel_for("135 甲"));
  }
  const HttpSeen& seen() const { return peer.seen().back(); }

  boost::asio::io_context loop;
  SetClock clock{Instant{1700000000s}};
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> channel;
};

TEST_F(HttpTest, FillsUrlHeadersAndBodyEachInItsOwnWay) {
  auto with = options();
  with.headers = {{"X-Subject", "{{subject}}"}};
  auto parcel = contract::parcel_for("135 甲&x=1");
  parcel.content.subject = "一\r\nX-Evil: 1";
  EXPECT_EQ(send(with, parcel).outcome, delivered);
  EXPECT_EQ(seen().target, "/send?to=135%20%E7%94%B2%26x%3D1");
  EXPECT_EQ(seen().headers.at("x-subject"), "一  X-Evil: 1");
  EXPECT_FALSE(seen().headers.contains("x-evil"));
  EXPECT_EQ(seen().headers.at("content-type"), "application/json; charset=utf-8");
  auto body = boost::json::parse(seen().body);
  EXPECT_EQ(std::string{body.at("text").as_string()}, parcel.content.text);
  EXPECT_EQ(std::string{body.at("id").as_string()}, parcel.notice);
}

TEST_F(HttpTest, AFormAndAPlainTextAreWrittenAsSuch) {
  auto with = options();
  with.form = settings::HttpSettings::Form::form;
  with.body = "mobile={{address}}&text={{subject}}";
  send(with);
  EXPECT_EQ(seen().headers.at("content-type"), "application/x-www-form-urlencoded");
  EXPECT_TRUE(seen().body.starts_with("mobile=135%20%E7%94%B2&text=%E8%AF%B7")) << seen().body;
  with.form = settings::HttpSettings::Form::text;
  with.body = "{{text}}";
  with.headers = {{"content-type", "text/markdown"}};
  send(with);
  EXPECT_EQ(seen().headers.at("content-type"), "text/markdown");
  EXPECT_EQ(seen().body, contract::parcel_for("1").content.text);
}

TEST_F(HttpTest, SignsWhatItIsToldToSign) {
  auto with = options();
  with.secret = Secret{"SECtest"};
  with.sign = {"{{timestamp_ms}}\n{{secret}}", "{{secret}}"};
  with.headers = {{"X-Sign", "{{timestamp}} {{signature}}"}};
  send(with);
  // 钉钉's published way, with the vector of its documentation's reader.
  EXPECT_EQ(seen().headers.at("x-sign"),
            "1700000000 aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=");
  with.sign->form = settings::SignSettings::Form::hex;
  send(with);
  auto bytes = decode_base64("aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=").value();
  EXPECT_EQ(seen().headers.at("x-sign").size(), std::string{"1700000000 "}.size() + 64);
  EXPECT_TRUE(seen().headers.at("x-sign").starts_with("1700000000 6992cbae")) << bytes.size();
}

TEST_F(HttpTest, ARepeatOfWhatMayHaveArrivedCanSaySo) {
  auto parcel = contract::parcel_for("1");
  parcel.after_unknown = true;
  send(options(), parcel);
  EXPECT_TRUE(seen().body.contains("(补发)"));
  send(options());
  EXPECT_FALSE(seen().body.contains("补发"));
  EXPECT_EQ(channel->retry_curve().unknown_resends, 1);
}

TEST_F(HttpTest, ReadsTheAnswerByItsRules) {
  auto with = options();
  with.rules = {when("code", {"0"}, delivered), when("code", {}, rejected)};
  peer.answer(HttpAnswer{.body = R"({"code":0})"});
  EXPECT_EQ(send(with).outcome, delivered);
  peer.answer(HttpAnswer{.body = R"({"code":7,"msg":"no such number"})"});
  auto refused = send(with);
  EXPECT_EQ(refused.outcome, rejected);
  EXPECT_TRUE(refused.detail.contains("no such number"));
  peer.answer(HttpAnswer{.body = "<html>login</html>"});
  EXPECT_EQ(send(with).outcome, unknown);
}

struct TokenTest : HttpTest {
  HttpOptions with_token() const {
    auto made = options();
    made.headers = {{"Authorization", "Bearer {{token}}"}};
    made.token = {.url = peer.url("/token"), .client_id = "duban", .scope = "send all",
                  .client_secret = Secret{"geheim!"}, .allow_private = true};
    return made;
  }
  void serve(std::string lifetime = "3600") {
    peer.answer([this, lifetime](const HttpSeen& request) {
      if (request.target == "/token") {
        ++tokens;
        return HttpAnswer{.body = R"({"access_token":"t)" + std::to_string(tokens) +
                                  R"(","token_type":"Bearer","expires_in":)" + lifetime + "}"};
      }
      bool good = request.headers.at("authorization") == "Bearer t" + std::to_string(tokens);
      return HttpAnswer{.status = good && !revoked ? 200 : 401, .body = "echo geheim! t1"};
    });
  }
  int tokens = 0;
  bool revoked = false;
};

TEST_F(TokenTest, FetchesATokenOnceAndUsesItUntilItIsAboutToRunOut) {
  serve();
  channel = make_http(with_token(), *transport, clock);
  auto once = [&] { return testing::run(loop, channel->send(contract::parcel_for("1"))).outcome; };
  EXPECT_EQ(once(), delivered);
  EXPECT_EQ(once(), delivered);
  EXPECT_EQ(tokens, 1);
  const auto& asked = peer.seen().front();
  EXPECT_EQ(asked.body, "grant_type=client_credentials&scope=send%20all");
  EXPECT_EQ(asked.headers.at("authorization"), "Basic " + encode_base64("duban:geheim%21"));
  clock.set(clock.machine_now() + 3541s);
  EXPECT_EQ(once(), delivered);
  EXPECT_EQ(tokens, 2);
}

TEST_F(TokenTest, ATokenThatWasTakenBackIsFetchedAnewAtOnceAndOnlyOnce) {
  serve();
  channel = make_http(with_token(), *transport, clock);
  testing::run(loop, channel->send(contract::parcel_for("1")));
  ++tokens;  // the one it holds is no good any more
  EXPECT_EQ(testing::run(loop, channel->send(contract::parcel_for("1"))).outcome, delivered);
  revoked = true;
  auto before = peer.seen().size();
  auto outcome = testing::run(loop, channel->send(contract::parcel_for("1")));
  EXPECT_EQ(outcome.outcome, rejected);
  EXPECT_EQ(peer.seen().size(), before + 3) << "refused, a token, refused";
  EXPECT_FALSE(outcome.detail.contains("geheim")) << outcome.detail;
}

TEST_F(TokenTest, WithoutATokenNothingIsSentAndTheReasonIsNamed) {
  peer.answer(HttpAnswer{.status = 401, .body = R"({"error":"invalid_client","s":"geheim!"})"});
  auto refused = send(with_token());
  EXPECT_EQ(refused.outcome, rejected);
  EXPECT_EQ(refused.reason, Reason::bad_configuration);
  EXPECT_TRUE(refused.detail.contains("invalid_client")) << refused.detail;
  EXPECT_FALSE(refused.detail.contains("geheim")) << refused.detail;
  EXPECT_TRUE(refused.wire_digest.empty());
  peer.answer(HttpAnswer{.status = 503});
  EXPECT_EQ(send(with_token()).outcome, retry);
  for (const auto* body : {"{}", "no", R"({"access_token":""})", R"({"access_token":"a\nb"})"}) {
    peer.answer(HttpAnswer{.body = body});
    EXPECT_EQ(send(with_token()).outcome, retry) << body;
  }
  peer.answer(HttpAnswer{.how = HttpAnswer::How::hang_up});
  EXPECT_EQ(send(with_token()).outcome, retry) << "nothing was sent: it is no unknown";
}

TEST_F(TokenTest, APreviewShowsTheRequestWithoutItsSecrets) {
  auto with = with_token();
  with.secret = Secret{"key&1"};
  with.url = peer.url("/send?key={{secret}}");
  with.body = R"({"key":"{{secret}}","text":"{{subject}}"})";
  channel = make_http(with, *transport, clock);
  auto shown = channel->preview(contract::parcel_for("1"));
  EXPECT_TRUE(shown.contains("/send?key=…")) << shown;
  EXPECT_TRUE(shown.contains("Authorization: Bearer …")) << shown;
  EXPECT_TRUE(shown.contains("报送5月月调度表")) << shown;
  EXPECT_FALSE(shown.contains("key&1")) << shown;
  EXPECT_FALSE(shown.contains("key%261")) << shown;
  EXPECT_EQ(peer.seen().size(), 0U);
}

TEST_F(HttpTest, AnAddressThatIsTheWholeUrlIsHiddenAsAWhole) {
  auto with = options();
  with.url = "{{{address}}}";
  channel = make_http(with, *transport, clock);
  auto shown = channel->preview(contract::parcel_for(peer.url("/services/T0/B1/xyz")));
  EXPECT_FALSE(shown.contains("xyz")) << shown;
  EXPECT_EQ(channel->address_problem(peer.url("/x")), "");
  EXPECT_NE(channel->address_problem("file:///etc/passwd"), "");
  EXPECT_NE(channel->address_problem("135"), "");
}

struct HttpSettingsTest : ::testing::Test {
  Diagnostics diagnose(const std::string& table) {
    auto file = scratch.path() / "duband.toml";
    std::ofstream(file) << "state = \"s\"\n[channel.sms]\ntype = \"http\"\n" << table;
    auto loaded = settings::load_settings(file);
    auto found = loaded.diagnostics;
    if (loaded.settings) {
      auto more = channel::diagnose(*loaded.settings);
      found.insert(found.end(), more.begin(), more.end());
    }
    return found;
  }
  testing::ScratchFolder scratch;
};

const std::string good = R"(url  = "https://sms.example.org/send"
body = '{"to":"{{address}}","text":"{{text}}"}'
)";

TEST_F(HttpSettingsTest, TheGoodOneIsGood) { EXPECT_TRUE(diagnose(good).empty()); }

TEST_F(HttpSettingsTest, EachMistakeHasItsPlaceAndAMend) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"url = \"https://x.example.org\"\n", "missing-key"},
      {"body = '{}'\n", "missing-key"},
      {"url = \"https://x.example.org\"\nbody = '{\"a\":\"{{txt}}\"}'\n", "unknown-name"},
      {"url = \"https://x.example.org\"\nbody = '{\"a\":{{text}}}'\n", "bad-json"},
      {"url = \"ftp://x.example.org\"\nbody = '{}'\n", "bad-value"},
      {"url = \"{{address}}\"\nbody = '{}'\n", "bad-value"},
      {"url = \"http://127.0.0.1/\"\nbody = '{}'\n", "bad-value"},
      {good + "headers = { Authorization = \"Bearer {{token}}\" }\n", "missing-key"},
      {good + "headers = { \"X Y\" = \"1\" }\n", "bad-value"},
      {good + "sign = { over = \"{{timestamp}}\" }\n", "missing-key"},
      {good + "secret = \"geheim\"\n", "secret-value"},
      {good + "secrets = [{ env = \"A\" }]\n", "unknown-key"},
      {good + "format = \"xml\"\n", "bad-value"},
      {good + "[[channel.sms.outcome]]\nstatus = 99\nthen = \"delivered\"\n", "bad-value"},
      {good + "[[channel.sms.outcome]]\nstatus = 200\n", "missing-key"},
      {good + "[[channel.sms.outcome]]\nis = 0\nthen = \"delivered\"\n", "bad-value"},
      {good + "[[channel.sms.outcome]]\nthen = \"rejected\"\nafter = \"1m\"\n", "bad-value"},
      {good + "[[channel.sms.outcome]]\nthen = \"retry\"\ngone = true\n", "bad-value"},
      {good + "[channel.sms.token]\nurl = \"http://a.example.org\"\nclient_id = \"a\"\n"
              "client_secret = { env = \"A\" }\n", "bad-value"},
      {good + "[channel.sms.token]\nurl = \"https://a.example.org\"\nclient_id = \"a\"\n",
       "missing-key"}};
  for (const auto& [table, code] : wrong) {
    auto found = diagnose(table);
    ASSERT_THAT(found, Contains(Field(&Diagnostic::code, code))) << table;
    EXPECT_GT(found.front().place.line, 0U) << table;
    EXPECT_FALSE(found.front().message.chinese.contains("geheim"));
    EXPECT_FALSE(found.front().message.english.contains("geheim"));
  }
}

TEST_F(HttpSettingsTest, HeadersAndRulesAreBounded) {
  auto headers = [](std::size_t count) {
    std::string table = good + "[channel.sms.headers]\n";
    for (std::size_t n = 0; n < count; ++n) table += "X-" + std::to_string(n) + " = \"1\"\n";
    return table;
  };
  EXPECT_TRUE(diagnose(headers(limits::channel_headers)).empty());
  EXPECT_FALSE(diagnose(headers(limits::channel_headers + 1)).empty());
  auto rules = [](std::size_t count) {
    std::string table = good;
    for (std::size_t n = 0; n < count; ++n) {
      table += "[[channel.sms.outcome]]\nstatus = 200\nthen = \"delivered\"\n";
    }
    return table;
  };
  EXPECT_TRUE(diagnose(rules(limits::channel_outcomes)).empty());
  EXPECT_FALSE(diagnose(rules(limits::channel_outcomes + 1)).empty());
}

}  // namespace
}  // namespace duban::channel
