#pragma once
// Standard Webhooks 1.0.0: a signed POST of the notice's JSON to an address that is a URL.

#include <vector>

#include "base/bilingual.h"
#include "base/secret.h"
#include "channel/channel_type.h"

namespace duban::channel {

struct WebhookOptions {
  /// Keys as webhook_key gives them: one, or the new and the old while they are rotated.
  std::vector<Secret> keys;
  std::string ca, proxy;
  /// Whether http and addresses that are not public may be used.
  bool allow_private = false;
  Pacing pacing;
};

std::unique_ptr<delivery::Channel> make_webhook(WebhookOptions options, io::Transport& transport,
                                                const Clock& clock);

/// The key in a `whsec_…` text: 24 to 64 bytes in Base64. The error does not repeat it.
std::expected<Secret, Bilingual> webhook_key(const Secret& text);

/// The value of webhook-signature: a `v1,…` for each key, of `{id}.{timestamp}.{body}`.
std::string webhook_signature(const std::vector<Secret>& keys, std::string_view id,
                              Instant timestamp, std::string_view body);

/// What is wrong with a URL to post to, for a person; empty when nothing is.
Bilingual webhook_url_problem(std::string_view url, bool allow_private);

Diagnostics diagnose_webhook(const settings::ChannelSettings& settings);
Bilingual webhook_address_problem(const settings::ChannelSettings& settings,
                                  std::string_view address);
MadeChannel make_webhook_channel(const settings::ChannelSettings& settings,
                                 const ChannelParts& parts);

inline constexpr ChannelType webhook_type{"webhook", diagnose_webhook, webhook_address_problem,
                                          make_webhook_channel};

}  // namespace duban::channel
