#include "message/escaping.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace duban::message {
namespace {

std::string_view html_escape(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&apos;";
    default: return {};
  }
}

constexpr std::string_view hexadecimal = "0123456789ABCDEF";

using Encoded = std::array<std::array<char, 6>, 0x100>;

// `\u001F` and `%E5`: of each byte, made once.
constexpr Encoded encoded(std::string_view before) {
  Encoded all{};
  for (std::size_t byte = 0; byte < all.size(); ++byte) {
    auto& made = all[byte];
    std::ranges::copy(before, made.begin());
    made[before.size()] = hexadecimal[byte / 16];
    made[before.size() + 1] = hexadecimal[byte % 16];
  }
  return all;
}

std::string_view json_escape(char c) {
  static constexpr auto by_number = encoded("\\u00");
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte != 0x7F) return {};
  return {by_number[byte].data(), 6};
}

std::string_view percent_escape(char c) {
  static constexpr auto by_number = encoded("%");
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (letter || (c >= '0' && c <= '9') || std::string_view{"-._~"}.contains(c)) return {};
  return {by_number[static_cast<unsigned char>(c)].data(), 3};
}

std::string_view escape_of(char c, Escaping escaping) {
  switch (escaping) {
    case Escaping::none: return {};
    case Escaping::html: return html_escape(c);
    case Escaping::json: return json_escape(c);
    case Escaping::percent: return percent_escape(c);
  }
  return {};
}

}  // namespace

void append_escaped(std::string& out, std::string_view text, Escaping escaping) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto escape = escape_of(text[at], escaping);
    if (escape.empty()) continue;
    out += text.substr(done, at - done);
    out += escape;
    done = at + 1;
  }
  out += text.substr(done);
}

std::string escaped(std::string_view text, Escaping escaping) {
  std::string out;
  append_escaped(out, text, escaping);
  return out;
}

}  // namespace duban::message
