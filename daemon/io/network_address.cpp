#include "io/network_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace duban::io {
namespace {

using Bytes = std::span<const std::uint8_t>;

struct Block {
  std::array<std::uint8_t, 4> first;
  unsigned bits;
};
// The IANA special-purpose registry, what is not globally reachable; multicast and class E too.
constexpr std::array<Block, 15> private_ipv4{{{{0, 0, 0, 0}, 8},
                                              {{10, 0, 0, 0}, 8},
                                              {{100, 64, 0, 0}, 10},
                                              {{127, 0, 0, 0}, 8},
                                              {{169, 254, 0, 0}, 16},
                                              {{172, 16, 0, 0}, 12},
                                              {{192, 0, 0, 0}, 24},
                                              {{192, 0, 2, 0}, 24},
                                              {{192, 88, 99, 0}, 24},
                                              {{192, 168, 0, 0}, 16},
                                              {{198, 18, 0, 0}, 15},
                                              {{198, 51, 100, 0}, 24},
                                              {{203, 0, 113, 0}, 24},
                                              {{224, 0, 0, 0}, 4},
                                              {{240, 0, 0, 0}, 4}}};

bool begins_with(Bytes bytes, Bytes first, unsigned bits) {
  for (unsigned i = 0; i < bits; ++i) {
    auto mask = static_cast<std::uint8_t>(0x80U >> (i % 8));
    if ((bytes[i / 8] & mask) != (first[i / 8] & mask)) return false;
  }
  return true;
}

bool is_private_ipv4(Bytes bytes) {
  return std::ranges::any_of(private_ipv4, [&](const Block& block) {
    return begins_with(bytes, block.first, block.bits);
  });
}

bool is_private_ipv6(Bytes bytes) {
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  constexpr std::array<std::uint8_t, 12> nat64{0x00, 0x64, 0xFF, 0x9B};
  if (begins_with(bytes, mapped, 96) || begins_with(bytes, nat64, 96)) {
    return is_private_ipv4(bytes.subspan(12));
  }
  constexpr std::array<std::uint8_t, 2> six_to_four{0x20, 0x02};
  if (begins_with(bytes, six_to_four, 16)) return is_private_ipv4(bytes.subspan(2, 4));
  constexpr std::array<std::uint8_t, 4> documentation{0x20, 0x01, 0x0D, 0xB8};
  constexpr std::array<std::uint8_t, 3> protocols{0x20, 0x01, 0x00};  // 2001::/23: Teredo, ORCHID
  if (begins_with(bytes, documentation, 32) || begins_with(bytes, protocols, 23)) return true;
  // Only 2000::/3 has been given out for the public.
  constexpr std::array<std::uint8_t, 1> global{0x20};
  return !begins_with(bytes, global, 3);
}

}  // namespace

bool is_private_address(Bytes bytes) {
  if (bytes.size() == 4) return is_private_ipv4(bytes);
  return bytes.size() != 16 || is_private_ipv6(bytes);
}

bool is_private_address(const std::string& text) {
  bool bracketed = text.starts_with('[') && text.ends_with(']');
  auto bare = bracketed ? text.substr(1, text.size() - 2) : text;
  bare = bare.substr(0, bare.find('%'));
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, bare.c_str(), four.data()) == 1) return is_private_address(Bytes{four});
  std::array<std::uint8_t, 16> six{};
  return inet_pton(AF_INET6, bare.c_str(), six.data()) == 1 && is_private_address(Bytes{six});
}

bool is_loopback_host(const std::string& text) {
  if (text == "localhost" || text == "::1" || text == "[::1]") return true;
  std::array<std::uint8_t, 4> four{};
  return inet_pton(AF_INET, text.c_str(), four.data()) == 1 && four[0] == 127;
}

}  // namespace duban::io
