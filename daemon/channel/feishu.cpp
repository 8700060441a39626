#include "channel/feishu.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "base/digest.h"
#include "channel/request_texts.h"

namespace duban::channel {
namespace {

namespace json = boost::json;
using enum AttemptOutcome;
using namespace std::chrono_literals;

std::string mentions(const std::vector<std::string>& mention) {
  std::string text;
  for (const auto& id : mention) text += fmt::format("<at id={}></at>", id);
  return text;
}

Bilingual mention_problem(std::string_view name) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  bool id = !name.empty() && name.size() <= 64 && std::ranges::all_of(name, fits);
  if (id) return {};
  return {"写 Open ID(ou_ 开头)或 \"all\";飞书机器人点不了手机号和邮箱",
          "write an Open ID (it starts with ou_) or \"all\": a Feishu bot can mention no phone "
          "number and no mail address"};
}

std::string body(const ChatMessage& message) {
  json::object title{{"tag", "plain_text"}, {"content", message.title}};
  json::object text{{"tag", "markdown"}, {"content", message.text}};
  json::object card{
      {"schema", "2.0"},
      {"header", json::object{{"title", std::move(title)}, {"template", "blue"}}},
      {"body", json::object{{"elements", json::array{std::move(text)}}}}};
  return json::serialize(json::object{{"msg_type", "interactive"}, {"card", std::move(card)}});
}

void sign(io::HttpRequest& request, const Secret& secret, Instant now) {
  auto seconds = now.time_since_epoch().count();
  auto signature = fmt::format(R"("timestamp":"{}","sign":"{}",)", seconds,
                               feishu_signature(secret, seconds));
  request.body.insert(1, signature);
}

AnswerRules rules() {
  const std::string code = "code";
  auto limited = when_limited(code, {"11232", "99991400"}, 60s);
  return {when(code, {"0"}, delivered), limited, when_gone(code, {"19001"}),
          when(code, {}, rejected), when_status(500, 599, unknown)};
}

}  // namespace

// The opposite of 钉钉's: what is signed is the key, and the message is empty.
std::string feishu_signature(const Secret& secret, std::int64_t timestamp) {
  auto bytes = hmac_bytes(fmt::format("{}\n{}", timestamp, secret.reveal()), "");
  return encode_base64(bytes);
}

const BotProtocol& feishu_protocol() {
  static const BotProtocol protocol{
      .name = "feishu",
      .url = "https://open.feishu.cn/open-apis/bot/v2/hook/",
      // The card has a header of its own.
      .style = {.title_before = "", .title_after = "", .line_end = "\n"},
      .text_bytes = 18'000,
      // 20 KB, and a signature of some hundred bytes.
      .body_bytes = 19'800,
      .mentions = mentions,
      .mention_problem = mention_problem,
      .body = body,
      .sign = sign,
      .rules = rules(),
      .pacing = {.per_second = 1.6, .concurrency = 1}};
  return protocol;
}

}  // namespace duban::channel
