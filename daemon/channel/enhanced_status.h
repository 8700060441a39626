#pragma once
// Enhanced status codes of mail systems (RFC 3463, and those that IANA lists since).

#include <string_view>

namespace duban::channel {

/// Subject and detail of the code that a text begins with: `1.1` of `5.1.1 no such user`; else
/// empty.
std::string_view enhanced_status(std::string_view text);
/// Nobody is reached by that address.
bool names_bad_address(std::string_view text);
/// A mail system has tried for as long as it does.
bool names_expiry(std::string_view text);

}  // namespace duban::channel
