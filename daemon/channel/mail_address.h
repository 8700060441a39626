#pragma once
// Mail addresses as they may go into SMTP commands: nothing that could end a command gets past
// here.

#include <expected>
#include <string>
#include <string_view>

#include "base/bilingual.h"

namespace duban::channel {

/// The bare address for the wire: the local part as it is, a domain with Chinese in it as punycode.
/// Else what is wrong, for a person: no `name <address>`, no blanks, controls, quotes or angle
/// brackets, no local part beyond ASCII, no address literal.
std::expected<std::string, Bilingual> wire_address(std::string_view text);

/// What stands after the `@` of an address that wire_address gave.
std::string_view domain_of(std::string_view address);

}  // namespace duban::channel
