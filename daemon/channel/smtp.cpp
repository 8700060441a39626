#include "channel/smtp.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include "channel/enhanced_status.h"
#include "channel/mail_address.h"
#include "channel/outcome.h"
#include "channel/returns.h"
#include "io/network_address.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

using namespace std::chrono_literals;
using delivery::Outcome;
using io::MailStep;

// After a refused login or sender: asking again soon makes servers lock the account.
constexpr Seconds until_somebody_mends = 1h;

class Smtp final : public delivery::Channel {
 public:
  Smtp(SmtpOptions options, io::Transport& transport, const Clock& clock)
      : options_(std::move(options)), transport_(transport), clock_(clock) {}

  boost::asio::awaitable<Outcome> send(delivery::Parcel parcel) override {
    auto address = wire_address(parcel.address);
    if (!address) {
      co_return not_delivered(AttemptOutcome::rejected, Reason::bad_address,
                              address.error().chinese);
    }
    auto request = request_for(parcel, *address);
    auto reply = co_await transport_.mail(request);
    if (!reply) co_return unanswered(reply.error(), request.message);
    co_return judge_mail(*reply, request.message);
  }

  std::string preview(const delivery::Parcel& parcel) const override {
    auto address = wire_address(parcel.address);
    if (!address) return address.error().chinese;
    auto request = request_for(parcel, *address);
    return fmt::format("MAIL FROM:<{}>\nRCPT TO:<{}>\n\n{}", request.from, *address,
                       request.message);
  }
  const delivery::RetryCurve& retry_curve() const override {
    // One quick try for greylisting and "try again" (NetEase: two minutes), then RFC 5321's half
    // hour and more. Two mails with one Message-ID are still two in most mailboxes.
    static const delivery::RetryCurve curve{
        .delays = {2min, 30min, 30min, 1h, 2h, 4h}, .give_up = 5 * 24h, .unknown_resends = 1};
    return curve;
  }
  std::string address_problem(std::string_view address) const override {
    return smtp_address_problem({}, address).chinese;
  }
  double per_second() const override { return options_.pacing.per_second; }
  int concurrency() const override { return options_.pacing.concurrency; }

 private:
  io::MailRequest request_for(const delivery::Parcel& parcel, const std::string& address) const {
    io::MailRequest request;
    request.host = options_.server.host;
    request.port = options_.server.port;
    request.tls = options_.server.tls;
    request.user = options_.user;
    request.password = options_.password;
    request.from = options_.sender.from;
    request.recipients = {address};
    request.message = compose_letter(parcel, options_.sender, clock_.machine_now());
    request.timeout = options_.pacing.timeout;
    request.ca = options_.ca;
    request.proxy = options_.proxy;
    return request;
  }

  SmtpOptions options_;
  io::Transport& transport_;
  const Clock& clock_;
};

bool asks_to_slow_down(int code, std::string_view text) {
  return code == 421 || enhanced_status(text).starts_with("7.") || text.contains("HL:") ||
         text.contains("DMC") || text.contains("DRC");
}

// Before the sender was accepted nothing has been said of this recipient: a refusal there is about
// us, and a person must mend it.
bool is_about_us(MailStep step) { return step < MailStep::recipient; }

Outcome judge_refusal(MailStep step, int code, std::string_view text) {
  auto detail = readable(fmt::format("{} {}", code, text));
  bool permanent = code >= 500;
  if (step == MailStep::login || (permanent && is_about_us(step) && step != MailStep::sender)) {
    auto outcome = not_delivered(AttemptOutcome::retry, Reason::bad_configuration, detail);
    outcome.retry_after = until_somebody_mends;
    return outcome;
  }
  if (!permanent) {
    auto reason = asks_to_slow_down(code, text) ? Reason::rate_limited : Reason::server_error;
    return not_delivered(AttemptOutcome::retry, reason, detail);
  }
  auto reason = step == MailStep::sender   ? Reason::bad_configuration
                : names_bad_address(text) ? Reason::bad_address
                                          : Reason::refused;
  return not_delivered(AttemptOutcome::rejected, reason, detail);
}

std::expected<io::MailTls, Bilingual> tls_of(std::string_view scheme, std::string_view word) {
  bool implicit = scheme == "smtps";
  if (word.empty()) return implicit ? io::MailTls::implicit : io::MailTls::starttls;
  if (word == "implicit" && implicit) return io::MailTls::implicit;
  if (word == "starttls" && !implicit) return io::MailTls::starttls;
  if (word == "none" && !implicit) return io::MailTls::none;
  if (word == "implicit" || word == "starttls" || word == "none") {
    return std::unexpected(
        both("tls = \"implicit\" 配 smtps://,\"starttls\" 和 \"none\" 配 smtp://",
             "tls = \"implicit\" goes with smtps://, \"starttls\" and \"none\" go with smtp://"));
  }
  return std::unexpected(both("tls 只能写 \"implicit\"、\"starttls\" 或 \"none\"",
                              "tls must be \"implicit\", \"starttls\" or \"none\""));
}

void check_address(const settings::ChannelSettings& settings, const std::string& key,
                   const std::string& value, Diagnostics& out) {
  auto address = wire_address(value);
  if (address) return;
  settings::error(out, settings.place_of(key), "bad-address",
                  both("{}:{}", "{}: {}", key, address.error()));
}

}  // namespace

std::unique_ptr<delivery::Channel> make_smtp(SmtpOptions options, io::Transport& transport,
                                             const Clock& clock) {
  return std::make_unique<Smtp>(std::move(options), transport, clock);
}

std::expected<MailServer, Bilingual> parse_mail_server(std::string_view url,
                                                       std::string_view tls) {
  auto parsed = boost::urls::parse_uri(url);
  bool mail = parsed && (parsed->scheme() == "smtp" || parsed->scheme() == "smtps");
  if (!mail || parsed->encoded_host().empty()) {
    return std::unexpected(both("邮件服务器应写成 smtps://主机:465 或 smtp://主机:587",
                                "the mail server must be smtps://HOST:465 or smtp://HOST:587"));
  }
  auto path = parsed->encoded_path();
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment() ||
      (!path.empty() && path != "/")) {
    return std::unexpected(
        both("邮件服务器只写主机和端口;用户名写在 user,密码写在 password",
             "the mail server is host and port only: write the user in user, the password in "
             "password"));
  }
  auto mode = tls_of(parsed->scheme(), tls);
  if (!mode) return std::unexpected(mode.error());
  std::string host{parsed->host_address()};
  if (*mode == io::MailTls::none && !io::is_loopback_host(host)) {
    return std::unexpected(
        both("不加密(tls = \"none\")只能用于本机的邮件服务器",
             "only a mail server on this machine may go unencrypted (tls = \"none\")"));
  }
  unsigned standard = *mode == io::MailTls::implicit ? 465 : 587;
  unsigned port = parsed->has_port() ? parsed->port_number() : standard;
  if (port == 0) {
    return std::unexpected(both("邮件服务器的端口应为 1 至 65535",
                                "the port of the mail server must be from 1 to 65535"));
  }
  return MailServer{parsed->host(), port, *mode};
}

Outcome judge_mail(const io::MailReply& reply, std::string_view message) {
  int recipient = reply.recipients.empty() ? 0 : reply.recipients.front().code;
  if (recipient >= 400) {
    const auto& refused = reply.recipients.front();
    return judge_refusal(MailStep::recipient, refused.code, refused.text);
  }
  auto is_good = [](int code) { return code >= 200 && code < 300; };
  bool taken = reply.step == MailStep::message && is_good(reply.code);
  if (taken && is_good(recipient)) {
    return delivered(message, readable(fmt::format("{} {}", reply.code, reply.text)));
  }
  if (reply.code >= 400) {
    auto outcome = judge_refusal(reply.step, reply.code, reply.text);
    if (reply.step == MailStep::message) outcome.wire_digest = delivered(message).wire_digest;
    return outcome;
  }
  // A reply that fits no step: who answers a message so may have taken it.
  bool handed_over = reply.step == MailStep::message;
  return not_delivered(handed_over ? AttemptOutcome::unknown : AttemptOutcome::retry,
                       handed_over ? Reason::reply_lost : Reason::server_error,
                       readable(fmt::format("{} {}", reply.code, reply.text)));
}

Diagnostics diagnose_smtp(const settings::ChannelSettings& settings) {
  Diagnostics out;
  refuse_other_keys(settings, {"url", "tls", "user", "password", "from", "from_name", "reply_to",
                               "bounces", "ca", "proxy", "per_second", "concurrency", "timeout"},
                    out);
  for (const auto* key : {"url", "from"}) {
    if (settings.places.contains(key)) continue;
    settings::error(out, settings.place, "missing-key",
                    both("smtp 渠道缺少 {}", "an smtp channel needs {}", key));
  }
  if (!settings.url.empty()) {
    auto server = parse_mail_server(settings.url, settings.tls);
    if (!server) settings::error(out, settings.place_of("url"), "bad-value", server.error());
  }
  if (settings.places.contains("from")) check_address(settings, "from", settings.from, out);
  if (!settings.reply_to.empty()) check_address(settings, "reply_to", settings.reply_to, out);
  if (settings.user.empty() != !settings.places.contains("password")) {
    settings::error(out, settings.place_of("user"), "missing-key",
                    {"user 和 password 要一起写", "user and password must be written together"});
  }
  diagnose_returns(settings, out);
  return out;
}

Bilingual smtp_address_problem(const settings::ChannelSettings&, std::string_view address) {
  auto wire = wire_address(address);
  return wire ? Bilingual{} : wire.error();
}

MadeChannel make_smtp_channel(const settings::ChannelSettings& settings,
                              const ChannelParts& parts) {
  SmtpOptions options;
  options.server = parse_mail_server(settings.url, settings.tls).value();
  options.user = settings.user;
  Diagnostics problems;
  options.password = read_secret(settings.password, problems);
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  options.sender = {.from = wire_address(settings.from).value(),
                    .from_name = settings.from_name,
                    .reply_to = wire_address(settings.reply_to).value_or(""),
                    .offset = parts.offset};
  options.ca = settings.ca;
  options.proxy = settings.proxy;
  options.pacing = pacing_of(settings, options.pacing);
  return make_smtp(std::move(options), parts.transport, parts.clock);
}

}  // namespace duban::channel
