#include "channel/webhook.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include "base/digest.h"
#include "channel/answer_rules.h"
#include "channel/outcome.h"
#include "channel/request_texts.h"
#include "io/network_address.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

using delivery::Outcome;

class Webhook final : public delivery::Channel {
 public:
  Webhook(WebhookOptions options, io::Transport& transport, const Clock& clock)
      : options_(std::move(options)), transport_(transport), clock_(clock) {}

  boost::asio::awaitable<Outcome> send(delivery::Parcel parcel) override {
    if (auto fault = address_problem(parcel.address); !fault.empty()) {
      co_return not_delivered(AttemptOutcome::rejected, Reason::bad_address, fault);
    }
    auto request = request_for(parcel);
    auto reply = co_await transport_.post(request);
    if (!reply) co_return unanswered(reply.error(), request.body);
    co_return judge({}, *reply, hidden_parts(request.url), request.body, clock_.machine_now());
  }

  std::string preview(const delivery::Parcel& parcel) const override {
    return shown(request_for(parcel), hidden_parts(parcel.address));
  }
  const delivery::RetryCurve& retry_curve() const override {
    using namespace std::chrono_literals;
    // The schedule that Standard Webhooks gives as an example. A receiver drops a repeat by its
    // id, so an unknown outcome is tried again like any other.
    static const delivery::RetryCurve curve{
        .delays = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h}, .give_up = 76h,
        .unknown_resends = 9};
    return curve;
  }
  std::string address_problem(std::string_view address) const override {
    return webhook_url_problem(address, options_.allow_private).chinese;
  }
  double per_second() const override { return options_.pacing.per_second; }
  int concurrency() const override { return options_.pacing.concurrency; }

 private:
  io::HttpRequest request_for(const delivery::Parcel& parcel) const {
    auto now = clock_.machine_now();
    const auto& body = parcel.content.json;
    io::HttpRequest request;
    request.url = parcel.address;
    request.body = body;
    request.headers = {
        {"Content-Type", "application/json"},
        {"User-Agent", "duban"},
        {"webhook-id", parcel.notice},
        {"webhook-timestamp", fmt::format("{}", now.time_since_epoch().count())},
        {"webhook-signature", webhook_signature(options_.keys, parcel.notice, now, body)}};
    request.timeout = options_.pacing.timeout;
    request.ca = options_.ca;
    request.proxy = options_.proxy;
    request.allow_private = options_.allow_private;
    return request;
  }

  WebhookOptions options_;
  io::Transport& transport_;
  const Clock& clock_;
};

}  // namespace

std::unique_ptr<delivery::Channel> make_webhook(WebhookOptions options, io::Transport& transport,
                                                const Clock& clock) {
  return std::make_unique<Webhook>(std::move(options), transport, clock);
}

std::expected<Secret, Bilingual> webhook_key(const Secret& text) {
  constexpr std::string_view prefix = "whsec_";
  if (!text.reveal().starts_with(prefix)) {
    return std::unexpected(
        both("签名密钥应以 whsec_ 开头", "the signing key must start with whsec_"));
  }
  auto key = decode_base64(std::string_view{text.reveal()}.substr(prefix.size()));
  if (!key) {
    return std::unexpected(both("签名密钥 whsec_ 之后不是 Base64",
                                "what follows whsec_ in the signing key is not Base64"));
  }
  if (key->size() < 24 || key->size() > 64) {
    return std::unexpected(both("签名密钥应为 24 至 64 字节,这里是 {} 字节",
                                "the signing key must be 24 to 64 bytes long, not {}",
                                key->size()));
  }
  return Secret{std::move(*key)};
}

std::string webhook_signature(const std::vector<Secret>& keys, std::string_view id,
                              Instant timestamp, std::string_view body) {
  auto content = fmt::format("{}.{}.{}", id, timestamp.time_since_epoch().count(), body);
  std::string out;
  for (const auto& key : keys) {
    if (!out.empty()) out += ' ';
    out += "v1," + encode_base64(hmac_bytes(key.reveal(), content));
  }
  return out;
}

Bilingual webhook_url_problem(std::string_view url, bool allow_private) {
  if (url.size() > limits::address_bytes) return {"网址太长", "the URL is too long"};
  auto parsed = boost::urls::parse_uri(url);
  if (!parsed) {
    return {"这不是一个完整的网址(中文和空格要用 %XX 写法)",
            "this is not a complete URL (write spaces and all beyond ASCII as %XX)"};
  }
  bool plain = parsed->scheme_id() == boost::urls::scheme::http;
  if (!plain && parsed->scheme_id() != boost::urls::scheme::https) {
    return {"网址应以 https:// 开头", "the URL must start with https://"};
  }
  if (plain && !allow_private) {
    return {"网址应以 https:// 开头;http:// 要渠道写明 allow_private = true",
            "the URL must start with https://; http:// needs allow_private = true in the channel"};
  }
  if (parsed->encoded_host().empty()) return {"网址中没有主机名", "the URL has no host name"};
  if (parsed->has_userinfo()) {
    return {"网址中不能带用户名和密码", "the URL must not hold a user and password"};
  }
  if (parsed->has_fragment()) return {"网址中不能带 #", "the URL must not hold a #"};
  auto host = parsed->host_address();
  if (!allow_private && (host == "localhost" || io::is_private_address(std::string{host}))) {
    return {"这是内部网络的地址;要渠道写明 allow_private = true",
            "this is an address of a private network: it needs allow_private = true in the "
            "channel"};
  }
  return {};
}

Diagnostics diagnose_webhook(const settings::ChannelSettings& settings) {
  Diagnostics out;
  refuse_other_keys(settings, {"secrets", "allow_private", "ca", "proxy", "per_second",
                               "concurrency", "timeout"}, out);
  if (settings.secrets.empty() && !settings.places.contains("secrets")) {
    settings::error(out, settings.place, "missing-key",
                    {"webhook 渠道缺少 secrets", "a webhook channel needs secrets"},
                    {"例如 secrets = [ { file = \"…\" } ],文件中是 whsec_ 开头的密钥",
                     "write for example secrets = [ { file = \"…\" } ], with a key that starts "
                     "with whsec_ in the file"});
  }
  return out;
}

Bilingual webhook_address_problem(const settings::ChannelSettings& settings,
                                  std::string_view address) {
  return webhook_url_problem(address, settings.allow_private);
}

MadeChannel make_webhook_channel(const settings::ChannelSettings& settings,
                                 const ChannelParts& parts) {
  WebhookOptions options;
  Diagnostics problems;
  for (const auto& reference : settings.secrets) {
    auto text = settings::resolve(reference);
    auto key = text ? webhook_key(*text) : std::unexpected(text.error());
    if (key) options.keys.push_back(*key);
    else settings::error(problems, reference.place, "bad-secret", key.error());
  }
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  options.ca = settings.ca;
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  options.pacing = pacing_of(settings, options.pacing);
  return make_webhook(std::move(options), parts.transport, parts.clock);
}

}  // namespace duban::channel
