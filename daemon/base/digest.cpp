#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace duban {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest out{};
  unsigned length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("libcrypto: SHA-256 is not available");
  }
  return out;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest out{};
  unsigned length = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
           out.data(), &length) == nullptr) {
    throw std::runtime_error("libcrypto: HMAC-SHA256 is not available");
  }
  return out;
}

std::string named_digest(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "sha256:";
  out.reserve(out.size() + 2 * digest.size());
  for (auto byte : digest) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string encode_base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes),
                               static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3 + 1, '\0');
  int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(text),
                               static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  out.resize(static_cast<std::size_t>(length) - padding);
  if (encode_base64(out) != text) return std::nullopt;
  return out;
}

std::string make_ulid(Instant at, const Digest& random) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  auto milliseconds = static_cast<std::uint64_t>(at.time_since_epoch().count()) * 1000;
  std::string out(26, '0');
  for (std::size_t i = 0; i < 10; ++i) {
    out[9 - i] = alphabet[milliseconds & 31U];
    milliseconds >>= 5;
  }
  for (std::size_t i = 0; i < 16; ++i) {
    std::size_t bit = i * 5;
    unsigned pair = static_cast<unsigned>(random.at(bit / 8)) << 8 | random.at(bit / 8 + 1);
    out[10 + i] = alphabet[(pair >> (11 - bit % 8)) & 31U];
  }
  return out;
}

std::string random_bytes(std::size_t bytes) {
  std::string out(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(bytes)) != 1) {
    throw std::runtime_error("libcrypto: no randomness");
  }
  return out;
}

}  // namespace duban
