#include "contract/channel_contract.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <memory>

#include "channel/dingtalk.h"
#include "channel/feishu.h"
#include "channel/folder.h"
#include "channel/http.h"
#include "channel/scratch_folder.h"
#include "channel/smtp.h"
#include "channel/webhook.h"
#include "channel/wecom.h"
#include "io/curl_transport.h"
#include "peers/http_peer.h"
#include "peers/smtp_peer.h"

namespace duban::contract {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr channel::Pacing quick{.per_second = 10, .concurrency = 4, .timeout = 1500ms};

// A mail without what belongs to the attempt.
std::string lasting_part(const std::string& mail) {
  std::string kept;
  for (std::size_t at = 0; at < mail.size();) {
    auto end = mail.find("\r\n", at);
    end = end == std::string::npos ? mail.size() : end + 2;
    auto line = mail.substr(at, end - at);
    if (!line.starts_with("Date:") && !line.starts_with("X-Duban-Attempt:")) kept += line;
    at = end;
  }
  return kept;
}

std::string message_id(const std::string& mail) {
  auto at = mail.find("Message-ID: <") + 13;
  return mail.substr(at, mail.find('@', at) - at);
}

std::string mail_fault(const std::string& mail) {
  if (mail.contains("\nBcc:")) return "a header was smuggled in";
  for (std::size_t i = 0; i < mail.size(); ++i) {
    if (mail[i] == '\n' && (i == 0 || mail[i - 1] != '\r')) return "a bare LF";
    if (mail[i] == '\r' && (i + 1 == mail.size() || mail[i + 1] != '\n')) return "a bare CR";
    if (static_cast<unsigned char>(mail[i]) >= 0x80) return "8-bit text";
  }
  return {};
}

template <channel::FolderFormat format>
struct FolderBench {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::ScratchFolder scratch;
  fs::path outbox = scratch.path() / "state" / "outbox";
  std::unique_ptr<delivery::Channel> made = channel::make_folder(
      {.folder = outbox, .format = format,
       .sender = {.from = "duban@wuban.example.org", .from_name = "", .reply_to = ""}},
      clock);

  delivery::Channel& channel() { return *made; }
  std::string address() { return "edu@example.org"; }
  std::vector<std::string> hostile_addresses() {
    return {"", "a\nb", std::string(5000, 'a'), "\xFF"};
  }
  bool set_mood(Mood mood) {
    if (mood != Mood::fails && mood != Mood::accepts) return false;
    fs::remove_all(outbox);
    fs::create_directories(outbox);
    if (mood == Mood::fails) testing::write_all(outbox / address(), "in the way");
    return true;
  }
  std::vector<Arrival> arrivals() {
    std::vector<Arrival> found;
    for (const auto& file : scratch.files()) {
      auto bytes = testing::read_all(scratch.path() / file);
      bool json = format == channel::FolderFormat::json;
      found.push_back({json ? fs::path{file}.stem().string() : message_id(bytes),
                       json ? bytes : lasting_part(bytes)});
    }
    return found;
  }
  std::string quiet() {
    for (const auto& file : scratch.files()) {
      if (!file.starts_with("state/outbox/edu@example.org/")) return "a file elsewhere: " + file;
      auto fault = mail_fault(testing::read_all(scratch.path() / file));
      if (format == channel::FolderFormat::maildir && !fault.empty()) return fault;
    }
    return {};
  }
};

struct WebhookBench {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> made = channel::make_webhook(
      {.keys = {Secret{"0123456789abcdef01234567"}}, .ca = "", .proxy = "", .allow_private = true,
       .pacing = quick},
      *transport, clock);

  delivery::Channel& channel() { return *made; }
  std::string address() { return peer.url(); }
  std::vector<std::string> hostile_addresses() {
    return {"", "not a url", "file:///etc/passwd", "ftp://example.org/", "//example.org/",
            "https://name:word@example.org/", "http://127.0.0.1/\r\nX-Evil: 1", "https://",
            "gopher://127.0.0.1:25/_MAIL", "http://exa mple.org/", "https://example.org/#part"};
  }
  bool set_mood(Mood mood) {
    using How = testing::HttpAnswer::How;
    testing::HttpAnswer answer;
    if (mood == Mood::refuses) answer.status = 403, answer.body = "no\x01\xFF right";
    if (mood == Mood::fails) answer.status = 503;
    if (mood == Mood::takes_and_goes) answer.how = How::hang_up;
    if (mood == Mood::stalls) answer.how = How::stall;
    if (mood == Mood::never_ends) answer.how = How::endless_body, answer.status = 500;
    peer.answer(answer);
    return true;
  }
  std::vector<Arrival> arrivals() {
    std::vector<Arrival> found;
    for (const auto& seen : peer.seen()) {
      found.push_back({seen.headers.at("webhook-id"), seen.body});
    }
    return found;
  }
  std::string quiet() {
    for (const auto& seen : peer.seen()) {
      if (seen.headers.contains("x-evil")) return "a header was smuggled in";
    }
    return {};
  }
};

struct SmtpBench {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::SmtpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> made = channel::make_smtp(
      {.server = {.host = "127.0.0.1", .port = peer.port(), .tls = io::MailTls::none},
       .user = "", .password = Secret{},
       .sender = {.from = "duban@wuban.example.org", .from_name = "领导小组办公室", .reply_to = ""},
       .ca = "", .pacing = quick},
      *transport, clock);

  delivery::Channel& channel() { return *made; }
  std::string address() { return "edu@example.org"; }
  std::vector<std::string> hostile_addresses() {
    return {"", "edu", "a@b.cn\r\nRSET", "a@b.cn>\r\nRCPT TO:<evil@example.org", "张三 <a@b.cn>",
            "a b@c.cn", "a@", "@b.cn", "a@b..cn", "张三@b.cn", "a@[127.0.0.1]", "\"a b\"@c.cn",
            "a@b.cn\n", std::string("a@b.cn\0x", 8), "a@b_c.cn", "a,c@b.cn"};
  }
  bool set_mood(Mood mood) {
    peer.reply(".", "250 2.0.0 taken");
    peer.reply("RCPT TO:", "250 ok");
    if (mood == Mood::refuses) peer.reply("RCPT TO:", "550 5.7.1 not you");
    if (mood == Mood::fails) peer.reply(".", "452 4.3.1 disk full");
    if (mood == Mood::takes_and_goes) peer.reply(".", testing::SmtpPeer::hang_up);
    if (mood == Mood::stalls) peer.reply(".", testing::SmtpPeer::stall);
    if (mood == Mood::never_ends) peer.reply(".", testing::SmtpPeer::endless);
    return true;
  }
  std::vector<Arrival> arrivals() {
    std::vector<Arrival> found;
    for (const auto& mail : peer.mails()) {
      found.push_back({message_id(mail.data), lasting_part(mail.data)});
    }
    return found;
  }
  std::string quiet() {
    for (const auto& command : peer.commands()) {
      if (command.contains("evil") || command.starts_with("RSET")) return "command: " + command;
    }
    for (const auto& mail : peer.mails()) {
      if (auto fault = mail_fault(mail.data); !fault.empty()) return fault;
    }
    return {};
  }
};

testing::HttpAnswer in_mood(Mood mood, const std::string& good, const std::string& refusal,
                            const std::string& later) {
  using How = testing::HttpAnswer::How;
  testing::HttpAnswer answer{.body = good};
  if (mood == Mood::refuses) answer.body = refusal;
  if (mood == Mood::fails) answer.body = later;
  if (mood == Mood::takes_and_goes) answer.how = How::hang_up;
  if (mood == Mood::stalls) answer.how = How::stall;
  if (mood == Mood::never_ends) answer.how = How::endless_body;
  return answer;
}

// What a gateway's or a bot's reader sees beside the content is the mark of a repeat.
std::string without_mark(std::string text) {
  const std::string mark = "(补发)";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
    text.erase(at, mark.size());
  }
  return text;
}

struct HttpBench {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> made = channel::make_http(
      {.url = peer.url("/send?to={{address}}"),
       .body = R"({"id":"{{notice}}","to":"{{address}}","title":"{{subject}}","text":"{{text}}"})",
       .headers = {{"X-Notice", "{{notice}}"}, {"X-Title", "{{subject}}"}},
       .rules = {channel::when("code", {"0"}, AttemptOutcome::delivered),
                 channel::when_limited("code", {"1"}, Seconds{60}),
                 channel::when("code", {}, AttemptOutcome::rejected)},
       .allow_private = true,
       .pacing = quick},
      *transport, clock);

  HttpBench() { set_mood(Mood::accepts); }
  delivery::Channel& channel() { return *made; }
  std::string address() { return "zhang san/1"; }
  std::vector<std::string> hostile_addresses() {
    return {"", "a\r\nX-Evil: 1", std::string(5000, 'a'), "\xFF", "a\x01"};
  }
  bool set_mood(Mood mood) {
    peer.answer(in_mood(mood, R"({"code":0})", R"({"code":7,"why":"no"})", R"({"code":1})"));
    return true;
  }
  std::vector<Arrival> arrivals() {
    std::vector<Arrival> found;
    for (const auto& seen : peer.seen()) found.push_back({seen.headers.at("x-notice"), seen.body});
    return found;
  }
  std::string quiet() {
    for (const auto& seen : peer.seen()) {
      bool came_in = seen.headers.contains("bcc") || seen.headers.contains("x-evil");
      if (came_in) return "a header came in";
      boost::system::error_code failure;
      auto parsed = boost::json::parse(seen.body, failure);
      if (failure) return "a body that is no JSON";
    }
    return {};
  }
};

template <const channel::BotProtocol& (*protocol)()>
struct BotBench {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::HttpPeer peer{loop};
  std::unique_ptr<io::Transport> transport = io::make_curl_transport(loop.get_executor());
  std::unique_ptr<delivery::Channel> made = channel::make_bot(
      protocol(),
      {.url = peer.url("/send?key="), .key = Secret{"k"}, .allow_private = true, .pacing = quick},
      *transport, clock);

  BotBench() { set_mood(Mood::accepts); }
  delivery::Channel& channel() { return *made; }
  std::string address() { return "五同工作群"; }
  std::vector<std::string> hostile_addresses() {
    return {"", "a\r\nX-Evil: 1", std::string(5000, 'a'), "\xFF"};
  }
  bool set_mood(Mood mood) {
    // Each protocol reads its own of the two.
    auto code = [](int errcode, int number) {
      return fmt::format(R"({{"errcode":{},"code":{},"msg":"x"}})", errcode, number);
    };
    peer.answer(in_mood(mood, code(0, 0), code(40058, 19024), code(-1, 11232)));
    return true;
  }
  std::vector<Arrival> arrivals() {
    std::vector<Arrival> found;
    for (const auto& seen : peer.seen()) {
      auto at = seen.body.find("ntc_");
      found.push_back({seen.body.substr(at, 30), without_mark(seen.body)});
    }
    return found;
  }
  std::string quiet() {
    for (const auto& seen : peer.seen()) {
      if (seen.headers.contains("x-evil")) return "a header came in";
      boost::system::error_code failure;
      auto parsed = boost::json::parse(seen.body, failure);
      if (failure) return "a body that is no JSON";
    }
    return {};
  }
};

using WecomBench = BotBench<channel::wecom_protocol>;
using DingtalkBench = BotBench<channel::dingtalk_protocol>;
using FeishuBench = BotBench<channel::feishu_protocol>;
using MaildirBench = FolderBench<channel::FolderFormat::maildir>;
using JsonBench = FolderBench<channel::FolderFormat::json>;

INSTANTIATE_TYPED_TEST_SUITE_P(Maildir, ChannelContract, MaildirBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Json, ChannelContract, JsonBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Webhook, ChannelContract, WebhookBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Smtp, ChannelContract, SmtpBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Http, ChannelContract, HttpBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Wecom, ChannelContract, WecomBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Dingtalk, ChannelContract, DingtalkBench);
INSTANTIATE_TYPED_TEST_SUITE_P(Feishu, ChannelContract, FeishuBench);

}  // namespace
}  // namespace duban::contract
