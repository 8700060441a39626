#pragma once
// 飞书's bot of a group (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot): a card with
// Markdown, signed in the body, a hundred a minute and five a second.

#include <cstdint>

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& feishu_protocol();

/// `timestamp` in seconds.
std::string feishu_signature(const Secret& secret, std::int64_t timestamp);

inline constexpr auto feishu_type = bot_type<feishu_protocol>("feishu");

}  // namespace duban::channel
