#pragma once
// A sentence with places for its values.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace duban {

/// How many values a phrase asks for: `{}` is the next, `{1}` the second. Not a constant, so that a
/// phrase does not compile, where a brace is neither.
constexpr std::size_t places_in(std::string_view text) {
  std::size_t next = 0, most = 0;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    auto inside = text.substr(at + 1, text.find('}', at) - at - 1);
    auto place = inside.empty() ? next++ : static_cast<std::size_t>(inside.at(0) - '0');
    if (inside.size() > 1 || place > 9) throw "neither {} nor {1}";
    most = place + 1 > most ? place + 1 : most;
  }
  return most;
}

/// The phrase with its values in their places; it asks for no more than there are.
std::string filled(std::string_view text, std::span<const std::string> values);

}  // namespace duban
