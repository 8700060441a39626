#pragma once
// Text in mail headers (RFC 5322, RFC 2047). GMime's encoded words run over 75 characters, which
// strict gateways refuse; so header text is split here.

#include <string>
#include <string_view>

namespace duban::channel {

/// An unstructured value (Subject) for a line on which `column` characters stand already
/// (`Subject: ` is 9): ASCII as it is where it fits, else encoded words of at most 75 characters,
/// whole characters each, folded so that no line is over 76. Controls become blanks.
std::string encode_text(std::string_view text, std::size_t column);

/// `display name <address>` for a line on which `column` characters stand already. Only the name
/// is encoded or quoted; without a name the bare address.
std::string encode_mailbox(std::string_view name, std::string_view address, std::size_t column);

}  // namespace duban::channel
