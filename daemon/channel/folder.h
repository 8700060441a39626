#pragma once
// The embedded default: each message a file below the state folder, so that duban runs with no
// server at all. A folder per address; a repeated notice overwrites its own file.

#include "base/bilingual.h"
#include "channel/channel_type.h"
#include "channel/letter.h"

namespace duban::channel {

enum class FolderFormat {
  /// `<folder>/<address>/new/<notice>.duban`: the mail that SMTP would send, in a Maildir.
  maildir,
  /// `<folder>/<address>/<notice>.json`: the body that a webhook would get.
  json,
};

struct FolderOptions {
  std::filesystem::path folder;
  FolderFormat format = FolderFormat::maildir;
  MailSender sender;
  Pacing pacing{.per_second = 1000, .concurrency = 16};
};

/// Writes on a thread of its own: a disk that is slow to sync holds up no other channel.
std::unique_ptr<delivery::Channel> make_folder(FolderOptions options, const Clock& clock);

/// The name of an address's folder: one path component that leads nowhere else. Different addresses
/// have different names.
std::string folder_name(std::string_view address);

Diagnostics diagnose_folder(const settings::ChannelSettings& settings);
Bilingual folder_address_problem(const settings::ChannelSettings& settings,
                                 std::string_view address);
MadeChannel make_folder_channel(const settings::ChannelSettings& settings,
                                const ChannelParts& parts);

inline constexpr ChannelType folder_type{"folder", diagnose_folder, folder_address_problem,
                                         make_folder_channel};

}  // namespace duban::channel
