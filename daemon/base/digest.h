#pragma once
// SHA-256, HMAC-SHA256, Base64 and ULIDs, over OpenSSL's libcrypto. Every digest that is written
// down carries its algorithm's name (`sha256:…`), so that another can follow.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace duban {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
Digest hmac_sha256(std::string_view key, std::string_view bytes);
/// `sha256:` and 64 hexadecimal digits.
std::string named_digest(const Digest& digest);

/// RFC 4648 chapter 4, with padding.
std::string encode_base64(std::string_view bytes);
/// Empty when the text is not Base64 (padding required).
std::optional<std::string> decode_base64(std::string_view text);

/// A ULID (26 letters of Crockford's Base32): 48 bits of `at` in milliseconds, then the first 80
/// bits of `random`.
std::string make_ulid(Instant at, const Digest& random);
/// `bytes` of the operating system's randomness.
std::string random_bytes(std::size_t bytes);

}  // namespace duban
