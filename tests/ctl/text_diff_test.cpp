#include "ctl/text_diff.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.h"

namespace duban::ctl {
namespace {

// So many lines, of which every second is the same in both.
std::string lines(std::size_t count, const std::string& other) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i % 2 == 0 ? other + "\n" : "same " + std::to_string(i) + "\n";
  }
  return text + other + "\n";
}

std::size_t kept_lines(std::size_t count) {
  auto hunks = unified_diff(lines(count, "before"), lines(count, "after"));
  return static_cast<std::size_t>(
      std::ranges::count_if(hunks, [](const auto& line) { return line.starts_with(' '); }));
}

TEST(TextDiff, texts_too_unlike_to_be_compared_are_one_hunk) {
  EXPECT_GT(kept_lines(100), 0U);
  std::size_t side = 1;
  while (side * side <= limits::compared_lines) side *= 2;
  EXPECT_EQ(kept_lines(side), 0U);
}

}  // namespace
}  // namespace duban::ctl
