#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace duban {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string{"libcrypto: "} + what + " is not available");
}

// What is looked up by name is looked up once: that takes longer than the work.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (method == nullptr) fail("SHA-256");
  return method;
}

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

MacContext new_hmac() {
  EVP_MAC* method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  MacContext context{EVP_MAC_CTX_new(method), &EVP_MAC_CTX_free};
  EVP_MAC_free(method);
  std::string digest = "SHA256";
  const std::array params{OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0),
                          OSSL_PARAM_construct_end()};
  if (!context || EVP_MAC_CTX_set_params(context.get(), params.data()) != 1) fail("HMAC-SHA256");
  return context;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest out{};
  unsigned length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, sha256_method(), nullptr) != 1) {
    fail("SHA-256");
  }
  return out;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  static const MacContext fresh = new_hmac();
  const MacContext context{EVP_MAC_CTX_dup(fresh.get()), &EVP_MAC_CTX_free};
  Digest out{};
  std::size_t length = 0;
  if (!context || EVP_MAC_init(context.get(), bytes_of(key), key.size(), nullptr) != 1 ||
      EVP_MAC_update(context.get(), bytes_of(bytes), bytes.size()) != 1 ||
      EVP_MAC_final(context.get(), out.data(), &length, out.size()) != 1) {
    fail("HMAC-SHA256");
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
