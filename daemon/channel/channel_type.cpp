#include "channel/channel_type.h"

#include <algorithm>

#include "settings/report.h"

namespace duban::channel {

Pacing pacing_of(const settings::ChannelSettings& settings, Pacing otherwise) {
  auto pacing = otherwise;
  if (settings.per_second) pacing.per_second = *settings.per_second;
  if (settings.concurrency) pacing.concurrency = static_cast<int>(*settings.concurrency);
  if (settings.timeout) pacing.timeout = *settings.timeout;
  return pacing;
}

Secret read_secret(const std::optional<settings::SecretRef>& reference, Diagnostics& problems) {
  if (!reference) return {};
  auto secret = settings::resolve(*reference);
  if (secret) return *secret;
  settings::error(problems, reference->place, "bad-secret", secret.error());
  return {};
}

void refuse_other_keys(const settings::ChannelSettings& settings,
                       std::initializer_list<std::string_view> known, Diagnostics& out) {
  for (const auto& [key, place] : settings.places) {
    if (key == "type" || std::ranges::find(known, key) != known.end()) continue;
    settings::error(out, place, "unknown-key", settings.type + " 渠道不用 " + key, "请删去这一行");
  }
}

}  // namespace duban::channel
