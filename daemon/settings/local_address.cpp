#include "settings/local_address.h"

#include <arpa/inet.h>

#include <charconv>

#include "settings/report.h"
#include "settings/section.h"

namespace duban::settings {
namespace {

struct Parsed {
  LocalAddress address;
  bool loopback = false;
};

// A numeric address and a port; an address of six groups stands in brackets.
std::optional<Parsed> parse(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto host = text.substr(0, colon), digits = text.substr(colon + 1);
  Parsed parsed;
  auto& address = parsed.address;
  auto [end, failure] = std::from_chars(digits.begin(), digits.end(), address.port);
  if (failure != std::errc{} || end != digits.end() || address.port == 0) return std::nullopt;
  bool bracketed = host.starts_with('[') && host.ends_with(']');
  address.host = bracketed ? host.substr(1, host.size() - 2) : host;
  in_addr four{};
  in6_addr six{};
  if (!bracketed && ::inet_pton(AF_INET, address.host.c_str(), &four) == 1) {
    parsed.loopback = ntohl(four.s_addr) >> 24U == 127;
  } else if (bracketed && ::inet_pton(AF_INET6, address.host.c_str(), &six) == 1) {
    parsed.loopback = IN6_IS_ADDR_LOOPBACK(&six) != 0;
  } else {
    return std::nullopt;
  }
  return parsed;
}

}  // namespace

std::optional<LocalAddress> read_local_address(Section& section, std::string_view key,
                                               std::string_view example, BilingualView what) {
  auto word = section.required_text(key);
  if (!word || word->value.empty()) return std::nullopt;
  auto parsed = parse(word->value);
  if (parsed && parsed->loopback) return std::move(parsed->address);
  if (!parsed) {
    error(section.diagnostics(), word->place, "bad-value",
          both("{} 不能写{}", "{} cannot be {}", key, in_quotes(word->value)),
          both("写本机的地址和端口,例如 \"{}\"",
               "write an address of this machine and a port, for example \"{}\"", example));
  } else {
    error(section.diagnostics(), word->place, "page-not-local",
          both("{}只在本机上听,{} 不能写{}", "{} are served on this machine only: {} cannot be {}",
               what, key, in_quotes(word->value)),
          both("写 \"{}\",由单位自己的反向代理转发并管登录",
               "write \"{}\" and let your own reverse proxy forward it and take care of logins",
               example));
  }
  return std::nullopt;
}

}  // namespace duban::settings
