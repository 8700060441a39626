#include "document/cell_text.h"

#include <charconv>

#include "base/text.h"

namespace duban::document {
namespace {

constexpr std::string_view full_width_blank = "\u3000", no_break_blank = "\u00A0";

std::size_t blank_at_front(std::string_view text) {
  if (text.starts_with(' ') || text.starts_with('\n')) return 1;
  if (text.starts_with(full_width_blank)) return full_width_blank.size();
  return text.starts_with(no_break_blank) ? no_break_blank.size() : 0;
}

std::size_t blank_at_back(std::string_view text) {
  if (text.ends_with(' ') || text.ends_with('\n')) return 1;
  if (text.ends_with(full_width_blank)) return full_width_blank.size();
  return text.ends_with(no_break_blank) ? no_break_blank.size() : 0;
}

std::string_view without_blanks(std::string_view text) {
  while (auto size = blank_at_front(text)) text.remove_prefix(size);
  while (auto size = blank_at_back(text)) text.remove_suffix(size);
  return text;
}

}  // namespace

std::string cell_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (char c : text) {
    bool control = (c >= 0 && c < ' ') || c == 0x7F;
    if (c == '\t') clean += ' ';
    else if (!control || c == '\n') clean += c;
  }
  return std::string{without_blanks(clean)};
}

std::string without_escapes(std::string_view text) {
  constexpr std::size_t length = 7;
  std::string out;
  while (!text.empty()) {
    auto at = text.find("_x");
    if (at == std::string_view::npos || at + length > text.size()) break;
    unsigned code = 0;
    const auto* digits = text.data() + at + 2;
    bool escape = std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 &&
                  text[at + length - 1] == '_';
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    out += text.substr(0, escape ? at : at + 2);
    if (escape && !surrogate && code != 0) out += encode_utf8(code);
    text.remove_prefix(escape ? at + length : at + 2);
  }
  return out.append(text);
}

}  // namespace duban::document
