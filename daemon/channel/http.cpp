#include "channel/http.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "channel/controls.h"
#include "channel/http_texts.h"
#include "channel/outcome.h"
#include "channel/request_texts.h"
#include "channel/webhook.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

using delivery::Outcome;
using delivery::Parcel;
using message::Escaping;

bool is_same_header(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, small_letter, small_letter);
}

// The one line of a header; what ends it in blanks would not arrive.
std::string header_value(std::string_view text) {
  auto line = without_controls(text);
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

Bilingual fault_of(std::string_view address, const RequestText& url, bool allow_private) {
  if (auto fault = text_address_problem(address); !fault.empty()) return fault;
  RequestView view;
  view.address = address;
  view.secret = view.token = view.signature = view.timestamp = view.timestamp_ms = "x";
  return webhook_url_problem(url.fill(view), allow_private);
}

RequestView view_of(const Parcel& parcel, Instant now) {
  auto seconds = now.time_since_epoch().count();
  return {.notice = parcel.notice,
          .plan = parcel.plan,
          .endpoint = parcel.endpoint,
          .address = parcel.address,
          .recipient = parcel.recipient_name,
          .subject = parcel.content.subject,
          .text = parcel.content.text,
          .html = parcel.content.html,
          .json = parcel.content.json,
          .attempt = fmt::format("{}", parcel.attempt),
          .resent = parcel.after_unknown,
          .timestamp = fmt::format("{}", seconds),
          .timestamp_ms = fmt::format("{}", seconds * 1000)};
}

/// One attempt's request, and what of it may come back and must not be shown.
struct Made {
  io::HttpRequest request;
  std::vector<std::string> secrets;
};

class Http final : public delivery::Channel {
 public:
  Http(HttpOptions options, io::Transport& transport, const Clock& clock)
      : options_(std::move(options)),
        transport_(transport),
        clock_(clock),
        texts_{{options_.url, Escaping::percent},
               {options_.body, body_escaping(options_.form)},
               {}} {
    for (const auto& [name, value] : options_.headers) {
      texts_.headers.emplace_back(name, RequestText{value, Escaping::none});
    }
    if (options_.sign) {
      signed_over_.emplace(options_.sign->over, Escaping::none);
      signed_with_.emplace(options_.sign->key, Escaping::none);
    }
    if (options_.token) token_.emplace(*options_.token, transport, clock);
  }

  boost::asio::awaitable<Outcome> send(Parcel parcel) override {
    if (auto fault = address_problem(parcel.address); !fault.empty()) {
      co_return not_delivered(AttemptOutcome::rejected, Reason::bad_address, fault);
    }
    Secret token;
    for (int tries = 0;; ++tries) {
      if (token_) {
        auto got = co_await token_->get();
        if (!got) co_return got.error();
        token = *got;
      }
      auto made = request_for(parcel, token.reveal());
      auto reply = co_await transport_.post(made.request);
      if (!reply) co_return unanswered(reply.error(), made.request.body);
      // Taken back before its time: nothing was taken with it, so it is asked anew at once.
      if (token_ && reply->status == 401 && tries == 0) {
        token_->forget(token);
        continue;
      }
      co_return judge(options_.rules, *reply, hidden_in(made), made.request.body,
                      clock_.machine_now());
    }
  }

  std::string preview(const Parcel& parcel) const override {
    auto made = request_for(parcel, "…");
    return shown(made.request, made.secrets);
  }

  const delivery::RetryCurve& retry_curve() const override {
    using namespace std::chrono_literals;
    // Nobody here drops a repeat by its id: what may have arrived is sent once more, and says so.
    static const delivery::RetryCurve curve{.delays = {30s, 2min, 10min, 30min, 1h, 2h, 4h},
                                            .give_up = 24h, .unknown_resends = 1};
    return curve;
  }
  std::string address_problem(std::string_view address) const override {
    return fault_of(address, texts_.url, options_.allow_private).chinese;
  }
  double per_second() const override { return options_.pacing.per_second; }
  int concurrency() const override { return options_.pacing.concurrency; }

 private:
  RequestView view_for(const Parcel& parcel, const std::string& token) const {
    auto view = view_of(parcel, clock_.machine_now());
    view.nonce = hexadecimal(random_bytes(16));
    view.secret = options_.secret.reveal();
    view.token = token;
    if (!signed_over_) return view;
    view.body = texts_.body.fill(view);
    view.signature = signature(view);
    view.body.clear();
    return view;
  }

  std::string signature(const RequestView& view) const {
    auto bytes = hmac_bytes(signed_with_->fill(view), signed_over_->fill(view));
    bool base64 = options_.sign->form == settings::SignSettings::Form::base64;
    return base64 ? encode_base64(bytes) : hexadecimal(bytes);
  }

  Made request_for(const Parcel& parcel, const std::string& token) const {
    auto view = view_for(parcel, token);
    Made made;
    auto& request = made.request;
    request.url = texts_.url.fill(view);
    request.body = texts_.body.fill(view);
    bool typed = false;
    for (const auto& [name, text] : texts_.headers) {
      request.headers.emplace_back(name, header_value(text.fill(view)));
      typed = typed || is_same_header(name, "Content-Type");
    }
    if (!typed) request.headers.emplace_back("Content-Type", media_type(options_.form));
    request.headers.emplace_back("User-Agent", "duban");
    request.timeout = options_.pacing.timeout;
    request.ca = options_.ca;
    request.proxy = options_.proxy;
    request.allow_private = options_.allow_private;
    made.secrets = {view.secret, view.signature, view.token};
    if (options_.token) made.secrets.push_back(options_.token->client_secret.reveal());
    // Where the address is the whole URL it is a credential as a whole.
    if (request.url.starts_with(parcel.address)) made.secrets.push_back(path_of(request.url));
    return made;
  }

  static std::string path_of(const std::string& url) {
    auto parts = hidden_parts(url);
    return parts.size() > 1 ? parts.back() : std::string{};
  }

  static std::vector<std::string> hidden_in(const Made& made) {
    auto hidden = all_forms(made.secrets);
    auto url = hidden_parts(made.request.url);
    hidden.insert(hidden.end(), url.begin(), url.end());
    return hidden;
  }

  HttpOptions options_;
  io::Transport& transport_;
  const Clock& clock_;
  HttpTexts texts_;
  std::optional<RequestText> signed_over_, signed_with_;
  std::optional<AccessToken> token_;
};

void check_token(const settings::ChannelSettings& settings, Diagnostics& out) {
  const auto& token = settings.http.token;
  if (!token) return;
  auto fault = webhook_url_problem(token->url.value, settings.allow_private);
  if (fault.empty()) return;
  settings::error(out, token->url.place, "bad-value",
                  both("token.url:{}", "token.url: {}", fault));
}

std::optional<TokenOptions> token_options(const settings::ChannelSettings& settings,
                                          Diagnostics& problems) {
  const auto& token = settings.http.token;
  if (!token) return std::nullopt;
  TokenOptions options;
  options.url = token->url.value;
  options.client_id = token->client_id.value;
  options.scope = token->scope.value;
  options.client_secret = read_secret(token->client_secret, problems);
  if (settings.timeout) options.timeout = *settings.timeout;
  options.ca = settings.ca;
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  return options;
}

}  // namespace

std::unique_ptr<delivery::Channel> make_http(HttpOptions options, io::Transport& transport,
                                             const Clock& clock) {
  return std::make_unique<Http>(std::move(options), transport, clock);
}

Diagnostics diagnose_http(const settings::ChannelSettings& settings) {
  Diagnostics out;
  refuse_other_keys(settings, {"url", "headers", "body", "format", "secret", "sign", "token",
                               "outcome", "allow_private", "ca", "proxy", "per_second",
                               "concurrency", "timeout"}, out);
  for (const auto* key : {"url", "body"}) {
    if (settings.places.contains(key)) continue;
    settings::error(out, settings.place, "missing-key",
                    both("http 渠道缺少 {}", "an http channel needs {}", key),
                    {"照 config/samples/channels 里的样子写",
                     "write it like the samples in config/samples/channels"});
  }
  constexpr std::array formats{"json", "form", "text"};
  bool known = settings.format.empty() ||
               std::ranges::find(formats, settings.format) != formats.end();
  if (!known) {
    settings::error(out, settings.place_of("format"), "bad-value",
                    both("http 渠道的 format 不能写{}", "format of an http channel cannot be {}",
                         settings::in_quotes(settings.format)),
                    {"json、form、text 之一", "write json, form or text"});
  }
  if (has_errors(out)) return out;
  auto texts = diagnose_texts(settings);
  out.insert(out.end(), texts.begin(), texts.end());
  check_token(settings, out);
  return out;
}

Bilingual http_address_problem(const settings::ChannelSettings& settings,
                               std::string_view address) {
  return fault_of(address, RequestText{settings.url, Escaping::percent}, settings.allow_private);
}

MadeChannel make_http_channel(const settings::ChannelSettings& settings,
                              const ChannelParts& parts) {
  HttpOptions options;
  Diagnostics problems;
  const auto& http = settings.http;
  options.url = settings.url;
  options.body = http.body->value;
  for (const auto& [name, value] : http.headers) options.headers.emplace_back(name, value.value);
  options.form = http.form;
  options.secret = read_secret(settings.secret, problems);
  if (http.sign) options.sign = {http.sign->over.value, http.sign->key.value, http.sign->form};
  options.token = token_options(settings, problems);
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  options.rules = http.outcomes;
  options.ca = settings.ca;
  options.proxy = settings.proxy;
  options.allow_private = settings.allow_private;
  options.pacing = pacing_of(settings, options.pacing);
  return make_http(std::move(options), parts.transport, parts.clock);
}

std::string http_body(const settings::ChannelSettings& settings, const Parcel& parcel) {
  auto view = view_of(parcel, parcel.queued_at);
  view.nonce = view.secret = view.signature = view.token = "…";
  return RequestText{settings.http.body->value, body_escaping(settings.http.form)}.fill(view);
}

}  // namespace duban::channel
