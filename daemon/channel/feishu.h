#pragma once
// 飞书's bot of a group (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): a card with
// Markdown, signed in the body, a hundred a minute and five a second.

#include <cstdint>

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& feishu_protocol();

/// `timestamp` in seconds.
std::string feishu_signature(const Secret& secret, std::int64_t timestamp);

Diagnostics diagnose_feishu(const settings::ChannelSettings& settings);
MadeChannel make_feishu_channel(const settings::ChannelSettings& settings,
                                const ChannelParts& parts);

std::string feishu_body(const settings::ChannelSettings& settings,
                        const delivery::Parcel& parcel);

inline constexpr ChannelType feishu_type{"feishu", diagnose_feishu, bot_address_problem,
                                       make_feishu_channel, true, feishu_body};

}  // namespace duban::channel
