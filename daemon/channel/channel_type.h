#pragma once
// What every type of channel gives to the registry's table.

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bilingual.h"
#include "base/clock.h"
#include "base/diagnostic.h"
#include "base/secret.h"
#include "delivery/channel.h"
#include "io/transport.h"
#include "settings/daemon_settings.h"

namespace duban::channel {

/// What channels stand on; outlives them.
struct ChannelParts {
  io::Transport& transport;
  const Clock& clock;
  /// The daemon's state folder.
  std::filesystem::path state;
  /// Offset of a mail's Date from UTC.
  Seconds offset{8 * 3600};
};

struct Pacing {
  double per_second = 5;
  int concurrency = 4;
  std::chrono::milliseconds timeout = limits::attempt_timeout;
};

/// The pacing of the settings, or of the channel's type where they say nothing.
Pacing pacing_of(const settings::ChannelSettings& settings, Pacing otherwise);

using MadeChannel = std::expected<std::unique_ptr<delivery::Channel>, Diagnostics>;

struct ChannelType {
  std::string_view name;
  /// Everything wrong with the settings, without reading a secret or touching disk and network.
  Diagnostics (*diagnose)(const settings::ChannelSettings&);
  /// What is wrong with an address of this channel, for a person; empty when nothing is.
  Bilingual (*address_problem)(const settings::ChannelSettings&, std::string_view address);
  /// For settings without errors; reads the secrets.
  MadeChannel (*make)(const settings::ChannelSettings&, const ChannelParts&);
  /// Its addresses are chats, read by many.
  bool is_chat = false;
  /// The body that a notice would have, `…` in the place of secrets, where that is neither the
  /// letter nor the webhook's JSON; for settings without errors. Reads no secret.
  std::string (*body)(const settings::ChannelSettings&, const delivery::Parcel&) = nullptr;
};

/// The secret that a reference names, read now; empty, and reported, when it cannot be read, empty
/// where there is no reference.
Secret read_secret(const std::optional<settings::SecretRef>& reference, Diagnostics& problems);

/// What is wrong with an address that may be any text of one line; empty when nothing is.
Bilingual text_address_problem(std::string_view address);

/// An error for each key that is written and means nothing to a channel of this type.
void refuse_other_keys(const settings::ChannelSettings& settings,
                       std::initializer_list<std::string_view> known, Diagnostics& out);

}  // namespace duban::channel
