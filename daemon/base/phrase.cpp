#include "base/phrase.h"

#include <algorithm>

namespace duban {

std::string filled(std::string_view text, std::span<const std::string> values) {
  std::string out;
  std::size_t next = 0;
  while (!text.empty()) {
    auto brace = std::min(text.find('{'), text.size());
    out += text.substr(0, brace);
    text.remove_prefix(brace);
    if (text.empty()) break;
    auto end = text.find('}');
    out += values[end == 1 ? next++ : static_cast<std::size_t>(text[1] - '0')];
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace duban
