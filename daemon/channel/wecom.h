#pragma once
// 企业微信's bot of a group (developer.work.weixin.qq.com/document/path/91770): Markdown of at most
// 4,096 bytes, unsigned, twenty a minute.

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& wecom_protocol();

Diagnostics diagnose_wecom(const settings::ChannelSettings& settings);
MadeChannel make_wecom_channel(const settings::ChannelSettings& settings,
                               const ChannelParts& parts);

std::string wecom_body(const settings::ChannelSettings& settings,
                       const delivery::Parcel& parcel);

inline constexpr ChannelType wecom_type{"wecom", diagnose_wecom, bot_address_problem,
                                       make_wecom_channel, true, wecom_body};

}  // namespace duban::channel
