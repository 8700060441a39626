#include "channel/wecom.h"

#include <algorithm>
#include <fmt/format.h>

#include "message/escaping.h"

namespace duban::channel {
namespace {

using enum AttemptOutcome;
using namespace std::chrono_literals;

std::string mentions(const std::vector<std::string>& mention) {
  std::string text;
  for (const auto& id : mention) text += fmt::format("<@{}>", id);
  return text;
}

Bilingual mention_problem(std::string_view name) {
  auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-_.@"}.contains(c);
  };
  bool id = !name.empty() && name.size() <= 64 && !name.starts_with('@');
  if (id && std::ranges::all_of(name, fits)) return {};
  return {"写成员的 userid;企业微信的 Markdown 消息点不了手机号和所有人",
          "write a member's userid: WeCom's Markdown messages can mention no phone number and not "
          "everybody"};
}

// Written here rather than by a serializer: a `\u` in the body is refused (40033).
std::string body(const ChatMessage& message) {
  return R"({"msgtype":"markdown","markdown":{"content":")" +
         message::escaped(message.text, message::Escaping::json) + R"("}})";
}

AnswerRules rules() {
  const std::string code = "errcode";
  // Taken, but not as it was meant (path/90455).
  auto dropped = when("errmsg", {}, rejected);
  dropped.contains = "wrong json format";
  return {dropped,
          when(code, {"0"}, delivered),
          when_limited(code, {"-1", "6000"}, 30s),
          when_limited(code, {"45009"}, 60s),
          when_gone(code, {"93000", "93004", "93008"}),
          when(code, {"40058", "40008", "40033"}, rejected),
          when(code, {}, rejected),
          when_status(500, 599, unknown)};
}

}  // namespace

const BotProtocol& wecom_protocol() {
  static const BotProtocol protocol{
      .name = "wecom",
      .url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
      .style = {.title_before = "**", .title_after = "**", .line_end = "\n"},
      .text_bytes = 4096,
      .body_bytes = 16'000,
      .mentions = mentions,
      .mention_problem = mention_problem,
      .body = body,
      .sign = nullptr,
      .rules = rules(),
      // Twenty in any minute, both ends counted.
      .pacing = {.per_second = 0.32, .concurrency = 1}};
  return protocol;
}

}  // namespace duban::channel
