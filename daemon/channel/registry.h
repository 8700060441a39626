#pragma once
// The types of channels there are. To add one: a pair of files, and a line in the table.

#include <optional>
#include <set>
#include <string>

#include "base/bilingual.h"
#include "channel/channel_type.h"

namespace duban::channel {

/// All mistakes in all channels' settings; reads no secret.
Diagnostics diagnose(const settings::DaemonSettings& settings);
/// What is wrong with an address of this channel, for a person; empty when nothing is.
Bilingual address_problem(const settings::ChannelSettings& settings, std::string_view address);
/// The ids of those channels that lead into a chat, read by many.
std::set<std::string> chats(const settings::DaemonSettings& settings);
/// The body of a notice over a channel whose protocol has one of its own (a bot's, a gateway's);
/// nothing: it is the letter or the webhook's JSON.
std::optional<std::string> own_body(const settings::ChannelSettings& settings,
                                    const delivery::Parcel& parcel);
/// A channel as the settings say, or everything that is wrong with them or their secrets.
MadeChannel make_channel(const settings::ChannelSettings& settings, const ChannelParts& parts);

}  // namespace duban::channel
