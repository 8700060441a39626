#pragma once
// 钉钉's bot of a group (自定义机器人): Markdown, signed in the query, twenty a minute or ten
// minutes of silence.

#include <cstdint>

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& dingtalk_protocol();

/// `timestamp` in milliseconds; percent-encoded, as it stands in the query.
std::string dingtalk_signature(const Secret& secret, std::int64_t timestamp);

Diagnostics diagnose_dingtalk(const settings::ChannelSettings& settings);
MadeChannel make_dingtalk_channel(const settings::ChannelSettings& settings,
                                  const ChannelParts& parts);

std::string dingtalk_body(const settings::ChannelSettings& settings,
                          const delivery::Parcel& parcel);

inline constexpr ChannelType dingtalk_type{"dingtalk", diagnose_dingtalk, bot_address_problem,
                                       make_dingtalk_channel, true, dingtalk_body};

}  // namespace duban::channel
