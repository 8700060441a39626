#pragma once
// Which addresses of the network are everybody's and which lead inside (loopback, private, link
// local, multicast, reserved, and IPv6 forms that wrap one of these).

#include <cstdint>
#include <span>
#include <string>

namespace duban::io {

/// True for the text of an IP address that is not public; false for a public one and for a name.
/// Brackets around IPv6 are allowed.
bool is_private_address(const std::string& text);
/// The same for the address's bytes in network order: 4 or 16; any other number is private.
bool is_private_address(std::span<const std::uint8_t> bytes);
/// 127.0.0.0/8, ::1 or the name localhost.
bool is_loopback_host(const std::string& text);

}  // namespace duban::io
