#include "document/headline.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace duban::document {
namespace {

// 156 mm hold twenty characters of 22 points.
constexpr std::size_t line_characters = 19;
constexpr std::array<std::string_view, 6> breaks{"会议", "建议案", "工作", "项目", "关于", "的"};

bool may_break_after(std::string_view text) {
  return std::ranges::any_of(breaks, [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace

std::string headline_of(std::string_view title) {
  auto count = decode_utf8(title).size();
  if (count <= line_characters) return std::string{title};
  auto half = (count + 1) / 2;
  auto best = half;
  for (auto at = half; at <= std::min(line_characters, count - 1); ++at) {
    if (!may_break_after(first_characters(title, at))) continue;
    best = at;
    break;
  }
  auto first = first_characters(title, best);
  return first + "\n" + std::string{title.substr(first.size())};
}

}  // namespace duban::document
