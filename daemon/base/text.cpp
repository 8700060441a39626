#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace duban {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Step {
  char32_t character;
  std::size_t length;
};

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The length a lead byte promises; 0 when it cannot lead.
std::size_t promised_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// How much of its beginning is ASCII without NUL, or characters of three bytes that need no closer
// look.
std::size_t plain_length(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  std::size_t at = 0;
  for (;;) {
    while (at < text.size() && byte(at) - 1U < 0x7FU) ++at;
    // E0 may be too long a form, ED a surrogate.
    const bool three = at + 2 < text.size() && byte(at) >= 0xE1 && byte(at) <= 0xEC &&
                       (byte(at + 1) & 0xC0U) == 0x80 && (byte(at + 2) & 0xC0U) == 0x80;
    if (!three) return at;
    at += 3;
  }
}

Step next_character(std::string_view text) {
  auto lead = static_cast<unsigned char>(text[0]);
  auto length = promised_length(lead);
  if (length == 0) return {replacement, 1};
  if (length == 1) return {lead, 1};
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text, i)) return {replacement, 1};
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest.at(length) || surrogate || value > 0x10FFFF) return {replacement, 1};
  return {value, length};
}

struct Range {
  char32_t first, last;
};
// Unicode 15 East Asian Width W and F, the blocks that can stand in a plan.
constexpr std::array<Range, 12> wide_ranges{{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0x33FF},
                                             {0x3400, 0x4DBF},
                                             {0x4E00, 0x9FFF},
                                             {0xA000, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0xFFE0, 0xFFE6},
                                             {0x1F300, 0x3FFFD}}};

}  // namespace

// Most of what is asked about is ASCII, or Chinese characters of three bytes.
bool is_utf8_text(std::string_view text) {
  while (!text.empty()) {
    if (const auto plain = plain_length(text); plain > 0) {
      text.remove_prefix(plain);
      continue;
    }
    auto [character, length] = next_character(text);
    bool malformed = character == replacement && length == 1;
    if (malformed || character == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::u32string decode_utf8(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto [character, length] = next_character(text);
    out.push_back(character);
    text.remove_prefix(length);
  }
  return out;
}

std::string encode_utf8(char32_t c) {
  std::string out;
  auto tail = [&](int shift) { out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0U | (c >> 18));
    tail(12), tail(6), tail(0);
  }
  return out;
}

std::string first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < count && at < text.size(); ++i) {
    at += next_character(text.substr(at)).length;
  }
  return std::string{text.substr(0, at)};
}

std::string_view first_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues(text, bytes)) --bytes;
  return text.substr(0, bytes);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string small_letters(std::string_view text) {
  std::string small{text};
  for (char& c : small) c = small_letter(c);
  return small;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (char32_t c : decode_utf8(text)) {
    bool wide = std::ranges::any_of(wide_ranges,
                                    [c](Range r) { return c >= r.first && c <= r.last; });
    width += wide ? 2 : 1;
  }
  return width;
}

}  // namespace duban
