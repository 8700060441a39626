#pragma once
// Where a mail channel finds what comes back: its `bounces`.

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/bilingual.h"
#include "base/clock.h"
#include "base/diagnostic.h"
#include "io/imap_box.h"
#include "io/mailbox.h"
#include "settings/daemon_settings.h"

namespace duban::channel {

/// A Maildir, or a server's folder without its login.
using ReturnPlace = std::variant<std::filesystem::path, io::ImapServer>;

/// Reads `/folder`, `imaps://host[:993][/folder]` or `imap://host[:143][/folder]` (STARTTLS, or in
/// the clear to the same machine where the channel's `tls` is `none`); the error is for a person.
std::expected<ReturnPlace, Bilingual> parse_returns(std::string_view text, std::string_view tls);

/// Everything wrong with what the settings say of it; reads no secret.
void diagnose_returns(const settings::ChannelSettings& settings, Diagnostics& out);

/// All that make_returns works with but the password's bytes: settings that say the same have the
/// same mailbox.
std::string describe_returns(const settings::ChannelSettings& settings);

/// For settings without errors; null where they name none. Reads the password.
std::expected<std::unique_ptr<io::Mailbox>, Diagnostics> make_returns(
    const settings::ChannelSettings& settings, boost::asio::any_io_executor executor,
    const Clock& clock);

}  // namespace duban::channel
