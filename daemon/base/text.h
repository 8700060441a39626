#pragma once
// UTF-8: checking, cutting at characters, and how wide a text stands on a terminal; and the letters
// of ASCII, by which protocols compare their words.

#include <cstddef>
#include <string>
#include <string_view>

namespace duban {

/// Well-formed UTF-8 (no surrogates, no overlong forms) without NUL.
bool is_utf8_text(std::string_view text);
/// The characters of a text; a malformed byte becomes U+FFFD.
std::u32string decode_utf8(std::string_view text);
std::string encode_utf8(char32_t character);
/// The first `count` characters (code points), or all.
std::string first_characters(std::string_view text, std::size_t count);
/// Cut to at most `bytes`, never inside a character.
std::string_view first_bytes(std::string_view text, std::size_t bytes);
/// Without the blanks and line ends around it.
std::string_view trimmed(std::string_view text);
/// An ASCII letter as a small one; every other byte as it is.
constexpr char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string small_letters(std::string_view text);
/// Columns on a terminal: East Asian wide characters take two.
std::size_t display_width(std::string_view text);

}  // namespace duban
