#pragma once
// The types of channels there are. To add one: a pair of files, and a line in the table.

#include "channel/channel_type.h"

namespace duban::channel {

/// All mistakes in all channels' settings; reads no secret.
Diagnostics diagnose(const settings::DaemonSettings& settings);
/// What is wrong with an address of this channel, for a person; empty when nothing is.
std::string address_problem(const settings::ChannelSettings& settings, std::string_view address);
/// A channel as the settings say, or everything that is wrong with them or their secrets.
MadeChannel make_channel(const settings::ChannelSettings& settings, const ChannelParts& parts);

}  // namespace duban::channel
