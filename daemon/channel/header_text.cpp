#include "channel/header_text.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "channel/controls.h"

namespace duban::channel {
namespace {

constexpr std::size_t line_length = 76;
constexpr std::size_t word_length = 75;
constexpr std::string_view word_begin = "=?UTF-8?B?", word_end = "?=";

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Bytes that fit in an encoded word when `room` characters are free on the line.
std::size_t bytes_in(std::size_t room) {
  auto frame = word_begin.size() + word_end.size();
  auto word = std::min(room, word_length);
  return word <= frame ? 0 : (word - frame) / 4 * 3;
}

std::string encode_words(std::string_view text, std::size_t column) {
  constexpr std::size_t widest_character = 4;
  std::string out;
  auto room = column < line_length ? line_length - column : 0;
  while (!text.empty()) {
    if (bytes_in(room) >= widest_character) {
      auto part = first_bytes(text, bytes_in(room));
      out.append(word_begin).append(encode_base64(part)).append(word_end);
      text.remove_prefix(part.size());
      if (text.empty()) break;
    }
    out += "\r\n ";
    room = line_length - 1;
  }
  return out;
}

bool is_atom_text(char c) {
  constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~ ";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.contains(c);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string encode_name(std::string_view name, std::size_t column) {
  bool plain = is_ascii(name) && !name.contains("=?") && column + name.size() + 2 <= line_length;
  if (!plain) return encode_words(name, column);
  bool atoms = std::ranges::all_of(name, is_atom_text) && !name.starts_with(' ') &&
               !name.ends_with(' ') && !name.contains("  ");
  return atoms ? std::string{name} : quoted(name);
}

}  // namespace

std::string encode_text(std::string_view text, std::size_t column) {
  auto clean = without_controls(text);
  bool plain = is_ascii(clean) && !clean.contains("=?") && !clean.starts_with(' ') &&
               !clean.ends_with(' ') && column + clean.size() <= line_length;
  return plain ? clean : encode_words(clean, column);
}

std::string encode_mailbox(std::string_view name, std::string_view address, std::size_t column) {
  auto clean = without_controls(name);
  if (clean.find_first_not_of(' ') == std::string::npos) return std::string{address};
  auto shown = encode_name(clean, column);
  auto fold = shown.rfind("\r\n");
  auto used = fold == std::string::npos ? column + shown.size() : shown.size() - fold - 2;
  bool fits = used + address.size() + 3 <= line_length;
  return shown + (fits ? " <" : "\r\n <") + std::string{address} + ">";
}

}  // namespace duban::channel
