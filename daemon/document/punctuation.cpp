#include "document/punctuation.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace duban::document {
namespace {

// Of U+FF01 to U+FF5E, each is the ASCII sign so much before.
constexpr char32_t full_width_step = 0xFEE0;

bool is_chinese(char32_t c) {
  bool quote = c >= 0x2018 && c <= 0x201D;
  bool stop = c >= 0x3001 && c <= 0x303F;
  bool full = c >= 0xFF01 && c <= 0xFF5E;
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3200 && c <= 0x9FFF) || c >= 0x20000 ||
         (c >= 0xF900 && c <= 0xFAFF) || quote || stop || full;
}

bool is_sign(char32_t c) { return c == ',' || c == ':' || c == ';' || c == '!' || c == '?'; }

class Setter {
 public:
  explicit Setter(std::string_view text) : text_(decode_utf8(text)) {}

  std::string set() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (is_sign(text_[at]) && is_beside_chinese(at)) text_[at] += full_width_step;
      if (text_[at] == '(') open_.push_back(at);
      if (text_[at] == ')' && !open_.empty()) close(at);
    }
    std::string out;
    for (char32_t c : text_) out += encode_utf8(c);
    return out;
  }

 private:
  char32_t before(std::size_t at) const { return at > 0 ? text_[at - 1] : 0; }
  char32_t after(std::size_t at) const { return at + 1 < text_.size() ? text_[at + 1] : 0; }
  bool is_beside_chinese(std::size_t at) const {
    return is_chinese(before(at)) || is_chinese(after(at));
  }

  // Both brackets of a pair are of one kind.
  void close(std::size_t at) {
    auto open = open_.back();
    open_.pop_back();
    if (!is_beside_chinese(open) && !is_beside_chinese(at)) return;
    text_[open] += full_width_step;
    text_[at] += full_width_step;
  }

  std::u32string text_;
  std::vector<std::size_t> open_;
};

// The markup that begins here: a tag with its style, an entity. 0: none.
std::size_t markup_length(std::string_view page) {
  if (page.starts_with("<style")) {
    constexpr std::string_view end = "</style>";
    auto found = page.find(end);
    return found == std::string_view::npos ? page.size() : found + end.size();
  }
  if (page.starts_with('<')) return std::min(page.find('>'), page.size() - 1) + 1;
  if (!page.starts_with('&')) return 0;
  constexpr std::size_t longest = 8;
  auto end = page.substr(0, longest).find(';');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string full_width(std::string_view text) { return Setter{text}.set(); }

std::string full_width_page(std::string_view page) {
  std::string out;
  while (!page.empty()) {
    auto length = markup_length(page);
    auto text = std::min(page.find_first_of("<&", length == 0 ? 1 : 0), page.size());
    if (length > 0) out += page.substr(0, length);
    else out += full_width(page.substr(0, text));
    page.remove_prefix(length > 0 ? length : text);
  }
  return out;
}

}  // namespace duban::document
