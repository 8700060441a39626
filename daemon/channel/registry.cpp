#include "channel/registry.h"

#include <array>

#include "channel/dingtalk.h"
#include "channel/feishu.h"
#include "channel/folder.h"
#include "channel/http.h"
#include "channel/smtp.h"
#include "channel/webhook.h"
#include "channel/wecom.h"
#include "settings/report.h"

namespace duban::channel {
namespace {

constexpr std::array types{folder_type, smtp_type, webhook_type, http_type,
                           wecom_type,  dingtalk_type, feishu_type};

const ChannelType* find_type(std::string_view name) {
  for (const auto& type : types) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

Diagnostics diagnose_one(const settings::ChannelSettings& settings) {
  if (const auto* type = find_type(settings.type)) return type->diagnose(settings);
  std::vector<std::string> names;
  for (const auto& type : types) names.emplace_back(type.name);
  Diagnostics out;
  settings::error(out, settings.place_of("type"), "unknown-channel-type",
                  both("没有 {} 这种渠道", "there is no type of channel {}",
                       settings::in_quotes(settings.type)),
                  settings::suggest(settings.type, names));
  return out;
}

}  // namespace

Diagnostics diagnose(const settings::DaemonSettings& settings) {
  Diagnostics out;
  for (const auto& channel : settings.channels) {
    auto found = diagnose_one(channel);
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

std::set<std::string> chats(const settings::DaemonSettings& settings) {
  std::set<std::string> ids;
  for (const auto& channel : settings.channels) {
    const auto* type = find_type(channel.type);
    if (type != nullptr && type->is_chat) ids.insert(channel.id);
  }
  return ids;
}

Bilingual address_problem(const settings::ChannelSettings& settings, std::string_view address) {
  const auto* type = find_type(settings.type);
  return type == nullptr ? Bilingual{} : type->address_problem(settings, address);
}

std::optional<std::string> own_body(const settings::ChannelSettings& settings,
                                    const delivery::Parcel& parcel) {
  const auto* type = find_type(settings.type);
  if (type == nullptr || type->body == nullptr) return std::nullopt;
  return type->body(settings, parcel);
}

MadeChannel make_channel(const settings::ChannelSettings& settings, const ChannelParts& parts) {
  auto problems = diagnose_one(settings);
  if (has_errors(problems)) return std::unexpected(std::move(problems));
  return find_type(settings.type)->make(settings, parts);
}

}  // namespace duban::channel
