#include "channel/dingtalk.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "base/digest.h"
#include "channel/request_texts.h"
#include "message/escaping.h"

namespace duban::channel {
namespace {

namespace json = boost::json;
using enum AttemptOutcome;
using namespace std::chrono_literals;

constexpr std::string_view everybody = "@all";

bool is_mobile(std::string_view name) {
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() == 11 && name.front() == '1' && std::ranges::all_of(name, digit);
}

// Who is called must stand in the text too, or nobody is.
std::string mentions(const std::vector<std::string>& mention) {
  std::string text;
  for (const auto& name : mention) {
    if (name != everybody) text += fmt::format("@{} ", name);
  }
  if (!text.empty()) text.pop_back();
  return text;
}

Bilingual mention_problem(std::string_view name) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-_."}.contains(c);
  };
  bool known = name == everybody ||
               (!name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits));
  if (known) return {};
  return {"写成员的 userid、手机号,或 \"@all\"",
          "write a member's userid or phone number, or \"@all\""};
}

std::string body(const ChatMessage& message) {
  json::array mobiles, users;
  bool all = false;
  for (const auto& name : message.mention) {
    if (name == everybody) all = true;
    else if (is_mobile(name)) mobiles.emplace_back(name);
    else users.emplace_back(name);
  }
  return json::serialize(json::object{
      {"msgtype", "markdown"},
      {"markdown", json::object{{"title", message.title}, {"text", message.text}}},
      {"at", json::object{{"atMobiles", std::move(mobiles)},
                          {"atUserIds", std::move(users)},
                          {"isAtAll", all}}}});
}

void sign(io::HttpRequest& request, const Secret& secret, Instant now) {
  auto milliseconds = now.time_since_epoch().count() * 1000;
  request.url += fmt::format("{}timestamp={}&sign={}", request.url.contains('?') ? '&' : '?',
                             milliseconds, dingtalk_signature(secret, milliseconds));
}

AnswerRules rules() {
  const std::string code = "errcode";
  // One code for three mistakes: a clock that is off may be right the next time.
  auto clock_is_off = when("errmsg", {}, retry);
  clock_is_off.contains = "timestamp";
  return {clock_is_off,
          when(code, {"0"}, delivered),
          when_limited(code, {"-1"}, 30s),
          // Over the limit the robot is mute for ten minutes.
          when_limited(code, {"130101", "410100"}, 10min),
          when_gone(code, {"300001", "300005", "400101", "400102", "400106", "400013"}),
          when(code, {}, rejected),
          when_status(500, 599, unknown)};
}

}  // namespace

std::string dingtalk_signature(const Secret& secret, std::int64_t timestamp) {
  auto bytes = hmac_bytes(secret.reveal(), fmt::format("{}\n{}", timestamp, secret.reveal()));
  return message::escaped(encode_base64(bytes), message::Escaping::percent);
}

const BotProtocol& dingtalk_protocol() {
  static const BotProtocol protocol{
      .name = "dingtalk",
      .url = "https://oapi.dingtalk.com/robot/send?access_token=",
      // A line is one only after two blanks.
      .style = {.title_before = "#### ", .title_after = "", .line_end = "  \n"},
      .text_bytes = 18'000,
      .body_bytes = 20'000,
      .mentions = mentions,
      .mention_problem = mention_problem,
      .body = body,
      .sign = sign,
      .rules = rules(),
      .pacing = {.per_second = 0.32, .concurrency = 1}};
  return protocol;
}

}  // namespace duban::channel
