#pragma once
// 企业微信's bot of a group (developer.work.weixin.qq.com/document/path/91770): Markdown of at most
// 4,096 bytes, unsigned, twenty a minute.

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& wecom_protocol();

inline constexpr auto wecom_type = bot_type<wecom_protocol>("wecom");

}  // namespace duban::channel
