#pragma once
// 钉钉's bot of a group (自定义机器人): Markdown, signed in the query, twenty a minute or ten
// minutes of silence.

#include <cstdint>

#include "channel/bot.h"

namespace duban::channel {

const BotProtocol& dingtalk_protocol();

/// `timestamp` in milliseconds; percent-encoded, as it stands in the query.
std::string dingtalk_signature(const Secret& secret, std::int64_t timestamp);

inline constexpr auto dingtalk_type = bot_type<dingtalk_protocol>("dingtalk");

}  // namespace duban::channel
