#include "channel/bot.h"

#include <algorithm>

#include "base/text.h"
#include "channel/controls.h"
#include "channel/outcome.h"
#include "channel/request_texts.h"
#include "channel/webhook.h"
#include "message/escaping.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

using delivery::Outcome;
using delivery::Parcel;
using namespace std::chrono_literals;

// Chats limit at the full and half hour, when everybody's reminders come.
constexpr Seconds away_from_the_hour = 7min;

// The name of a chat, for people: what leads there is the channel's key.
Bilingual label_problem(std::string_view label) {
  if (label.empty()) return {"写群的名称", "write the name of the chat"};
  if (label.size() > limits::address_bytes) {
    return {"群的名称太长", "the name of the chat is too long"};
  }
  if (!is_utf8_text(label) || has_controls(label)) {
    return {"群的名称里有控制字符", "there are control characters in the name of the chat"};
  }
  return {};
}

Bilingual problem_of(std::string_view address, bool has_key, bool allow_private) {
  return has_key ? label_problem(address) : webhook_url_problem(address, allow_private);
}

// 企业微信 says from where it was asked: the office's own address on the Internet.
void leave_out_own_address(std::string& detail) {
  constexpr std::string_view before = "from ip: ";
  auto at = detail.find(before);
  if (at == std::string::npos) return;
  at += before.size();
  auto end = std::min(detail.find_first_not_of("0123456789abcdefABCDEF.:", at), detail.size());
  detail.replace(at, end - at, "…");
}

class Bot final : public delivery::Channel {
 public:
  Bot(const BotProtocol& protocol, BotOptions options, io::Transport& transport,
      const Clock& clock)
      : protocol_(protocol),
        options_(std::move(options)),
        transport_(transport),
        clock_(clock) {}

  boost::asio::awaitable<Outcome> send(Parcel parcel) override {
    if (auto fault = address_problem(parcel.address); !fault.empty()) {
      co_return not_delivered(AttemptOutcome::rejected, Reason::bad_address, fault);
    }
    auto request = request_for(parcel);
    auto reply = co_await transport_.post(request);
    if (!reply) co_return unanswered(reply.error(), request.body);
    auto hidden = all_forms(secrets_in(request));
    auto outcome =
        judge(protocol_.rules, *reply, hidden, request.body, clock_.machine_now());
    leave_out_own_address(outcome.detail);
    co_return outcome;
  }

  std::string preview(const Parcel& parcel) const override {
    if (auto fault = address_problem(parcel.address); !fault.empty()) return fault;
    auto request = request_for(parcel);
    return shown(request, secrets_in(request));
  }

  const delivery::RetryCurve& retry_curve() const override {
    static const delivery::RetryCurve curve{.delays = {30s, 2min, 10min, 30min, 1h, 2h},
                                            .give_up = 24h, .unknown_resends = 1};
    return curve;
  }
  std::string address_problem(std::string_view address) const override {
    return problem_of(address, !options_.key.empty(), options_.allow_private).chinese;
  }
  double per_second() const override { return options_.pacing.per_second; }
  int concurrency() const override { return options_.pacing.concurrency; }
  std::string paced_with(std::string_view address) const override {
    return options_.key.empty() ? std::string{address} : options_.key.reveal();
  }
  Seconds spread() const override { return away_from_the_hour; }

 private:
  std::string url_for(const Parcel& parcel) const {
    if (options_.key.empty()) return parcel.address;
    auto before = options_.url.empty() ? std::string{protocol_.url} : options_.url;
    return before + message::escaped(options_.key.reveal(), message::Escaping::percent);
  }

  io::HttpRequest request_for(const Parcel& parcel) const {
    io::HttpRequest request;
    request.url = url_for(parcel);
    request.headers = {{"Content-Type", "application/json; charset=utf-8"},
                       {"User-Agent", "duban"}};
    request.body = bot_body(protocol_, options_.mention, parcel);
    request.timeout = options_.pacing.timeout;
    request.ca = options_.ca;
    request.proxy = options_.proxy;
    request.allow_private = options_.allow_private;
    if (protocol_.sign && !options_.secret.empty()) {
      protocol_.sign(request, options_.secret, clock_.machine_now());
    }
    return request;
  }

  // The URL is a credential as a whole.
  std::vector<std::string> secrets_in(const io::HttpRequest& request) const {
    auto secrets = hidden_parts(request.url);
    secrets.erase(secrets.begin());
    secrets.push_back(options_.key.reveal());
    secrets.push_back(options_.secret.reveal());
    return secrets;
  }

  const BotProtocol& protocol_;
  BotOptions options_;
  io::Transport& transport_;
  const Clock& clock_;
};

void check_mention(const BotProtocol& protocol, const settings::ChannelSettings& settings,
                   Diagnostics& out) {
  for (const auto& name : settings.mention) {
    auto fault = protocol.mention_problem(name);
    if (fault.empty()) continue;
    settings::error(out, settings.place_of("mention"), "bad-value",
                    both("mention 不能写{}", "mention cannot name {}", settings::in_quotes(name)),
                    fault);
  }
}

}  // namespace

std::unique_ptr<delivery::Channel> make_bot(const BotProtocol& protocol, BotOptions options,
                                            io::Transport& transport, const Clock& clock) {
  return std::make_unique<Bot>(protocol, std::move(options), transport, clock);
}

// A body is longer than its text by what JSON escapes: the text gives way.
std::string bot_body(const BotProtocol& protocol, const std::vector<std::string>& mention,
                     const Parcel& parcel) {
  auto called = protocol.mentions(mention);
  for (auto bytes = protocol.text_bytes;;) {
    auto text = chat_text(parcel, protocol.style, called, bytes);
    auto body = protocol.body({chat_title(parcel), std::move(text), mention});
    auto over = body.size() - std::min(body.size(), protocol.body_bytes);
    if (over == 0 || bytes == 0) return body;
    bytes -= std::min(bytes, over);
  }
}

Diagnostics diagnose_bot(const BotProtocol& protocol, const settings::ChannelSettings& settings) {
  Diagnostics out;
  refuse_other_keys(settings, {"url", "key", "secret", "mention", "allow_private", "ca", "proxy",
                               "timeout"}, out);
  if (settings.secret && !protocol.sign) {
    settings::error(out, settings.place_of("secret"), "unknown-key",
                    both("{} 机器人没有签名,不用 secret",
                         "a {} bot has no signature and needs no secret", protocol.name),
                    {"删去这一行;钥匙写在 key", "remove this line and write the key in key"});
  }
  if (!settings.url.empty()) {
    auto fault = webhook_url_problem(settings.url + "x", settings.allow_private);
    if (!fault.empty()) {
      settings::error(out, settings.place_of("url"), "bad-value",
                      both("url:{}", "url: {}", fault));
    }
    if (!settings.key) {
      settings::error(out, settings.place_of("url"), "missing-key",
                      {"写了 url,没有写接在后面的 key",
                       "there is a url, but no key to put behind it"},
                      {"例如 key = { file = \"…\" }",
                       "write for example key = { file = \"…\" }"});
    }
  }
  check_mention(protocol, settings, out);
  return out;
}

Bilingual bot_address_problem(const settings::ChannelSettings& settings,
                              std::string_view address) {
  return problem_of(address, settings.key.has_value(), settings.allow_private);
}

MadeChannel make_bot_channel(const BotProtocol& protocol,
                             const settings::ChannelSettings& settings,
                             const ChannelParts& parts) {
  BotOptions options;
  Diagnostics problems;
  options.url = settings.url;
  options.key = read_secret(settings.key, problems);
  options.secret = read_secret(settings.secret, problems);
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  options.mention = settings.mention;
  options.ca = settings.ca;
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  options.pacing = pacing_of(settings, protocol.pacing);
  return make_bot(protocol, std::move(options), parts.transport, parts.clock);
}

}  // namespace duban::channel
