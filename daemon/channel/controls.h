#pragma once
// Control characters: what would break a header, a command or a line of a chat. Pure.

#include <algorithm>
#include <string>
#include <string_view>

namespace duban::channel {

inline bool is_control(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

inline bool has_controls(std::string_view text) { return std::ranges::any_of(text, is_control); }

/// Blanks in their place: a value cannot become another header.
inline std::string without_controls(std::string_view text) {
  std::string out{text};
  std::ranges::replace_if(out, is_control, ' ');
  return out;
}

}  // namespace duban::channel
