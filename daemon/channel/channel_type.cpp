#include "channel/channel_type.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "channel/controls.h"
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

Bilingual text_address_problem(std::string_view address) {
  if (address.empty()) return {"地址不能为空", "the address must not be empty"};
  if (address.size() > limits::address_bytes) return {"地址太长", "the address is too long"};
  if (has_controls(address)) {
    return {"地址中有控制字符", "there are control characters in the address"};
  }
  if (!is_utf8_text(address)) return {"地址不是 UTF-8 文字", "the address is not UTF-8 text"};
  return {};
}

void refuse_other_keys(const settings::ChannelSettings& settings,
                       std::initializer_list<std::string_view> known, Diagnostics& out) {
  for (const auto& [key, place] : settings.places) {
    if (key == "type" || std::ranges::find(known, key) != known.end()) continue;
    settings::error(out, place, "unknown-key",
                    both("{} 渠道不用 {}", "channels of type {} have no {}", settings.type, key),
                    {"请删去这一行", "remove this line"});
  }
}

}  // namespace duban::channel
