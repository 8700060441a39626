#pragma once
// The generic channel: an HTTP POST whose URL, headers and body are Mustache texts of duband.toml
// and whose answer is read by its rules, so that an in-house gateway (政务微信, 浙政钉, SMS), a
// chat or a push service needs no code. Signed by an HMAC, a fixed secret or an OAuth 2 token.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bilingual.h"
#include "channel/access_token.h"
#include "channel/answer_rules.h"
#include "channel/channel_type.h"

namespace duban::channel {

struct HttpOptions {
  /// Mustache texts over RequestView: percent-encoded in the URL, one line in a header, by `form`
  /// in the body.
  std::string url, body;
  std::vector<std::pair<std::string, std::string>> headers;
  settings::HttpSettings::Form form = settings::HttpSettings::Form::json;
  Secret secret;
  struct Sign {
    std::string over, key;
    settings::SignSettings::Form form = settings::SignSettings::Form::base64;
  };
  std::optional<Sign> sign;
  std::optional<TokenOptions> token;
  AnswerRules rules;
  std::string ca, proxy;
  bool allow_private = false;
  Pacing pacing;
};

std::unique_ptr<delivery::Channel> make_http(HttpOptions options, io::Transport& transport,
                                             const Clock& clock);

Diagnostics diagnose_http(const settings::ChannelSettings& settings);
Bilingual http_address_problem(const settings::ChannelSettings& settings,
                               std::string_view address);
MadeChannel make_http_channel(const settings::ChannelSettings& settings,
                              const ChannelParts& parts);

std::string http_body(const settings::ChannelSettings& settings, const delivery::Parcel& parcel);

inline constexpr ChannelType http_type{"http", diagnose_http, http_address_problem,
                                       make_http_channel, false, http_body};

}  // namespace duban::channel
