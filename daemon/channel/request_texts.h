#pragma once
// Texts on their way into a request, and out of it again for people. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "io/transport.h"

namespace duban::channel {

std::string hexadecimal(std::string_view bytes);
/// HMAC-SHA256 as bytes, for whoever writes them in Base64 or hexadecimal.
std::string hmac_bytes(std::string_view key, std::string_view over);
/// `…` in the place of each secret: as it is, percent-encoded, and as JSON writes it.
std::string without(std::string text, const std::vector<std::string>& secrets);
/// A request as it goes over the wire, for people.
std::string shown(const io::HttpRequest& request, const std::vector<std::string>& secrets);
/// The secrets in every form in which they may come back.
std::vector<std::string> all_forms(const std::vector<std::string>& secrets);

}  // namespace duban::channel
