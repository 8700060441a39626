#include "document/brief_text.h"

#include "base/text.h"

namespace duban::document {
namespace {

bool is_stop(char32_t c) {
  return c == U'。' || c == ';' || c == 0xFF1B;
}
bool is_pause(char32_t c) { return is_stop(c) || c == ',' || c == 0xFF0C || c == U'、'; }

std::u32string one_line(std::string_view text) {
  std::u32string line;
  for (char32_t c : decode_utf8(text)) {
    bool ended = line.empty() || is_pause(line.back()) || line.back() == ':' ||
                 line.back() == 0xFF1A;
    if (c != '\n') line += c;
    else if (!ended) line += static_cast<char32_t>(0xFF1B);
  }
  while (!line.empty() && (is_pause(line.back()) || line.back() == ' ')) line.pop_back();
  return line;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  for (char32_t c : text) out += encode_utf8(c);
  return out;
}

}  // namespace

std::string brief_text(std::string_view text, std::size_t characters) {
  auto line = one_line(text);
  if (line.size() <= characters) return encoded(line);
  // A cut within the second half is worth a sentence that ends; else it is cut where it must be.
  std::u32string_view kept{line.data(), characters - 1};
  auto end = kept.size();
  while (end > kept.size() / 2 && !is_pause(kept[end - 1])) --end;
  if (end > kept.size() / 2) kept = kept.substr(0, end - 1);
  return encoded(kept) + "…";
}

}  // namespace duban::document
