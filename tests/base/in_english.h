#pragma once
// Whether what is said in English is: not forgotten, and with no Chinese but what it quotes.

#include <gtest/gtest.h>

#include <string>

#include "base/bilingual.h"

namespace duban::testing {

/// `quoted` too: names and words that people type stand in `“”`.
inline std::string without_quoted(std::string text) {
  const std::string begin = "“", end = "”";
  for (auto from = text.find(begin); from != std::string::npos; from = text.find(begin)) {
    auto to = text.find(end, from);
    if (to == std::string::npos) break;
    text.erase(from, to + end.size() - from);
  }
  return text;
}

inline ::testing::AssertionResult is_in_english(const Bilingual& said) {
  if (said.empty() != said.english.empty()) {
    return ::testing::AssertionFailure() << "only one language says anything: " << said.chinese
                                         << " | " << said.english;
  }
  if (!has_no_chinese(without_quoted(said.english))) {
    return ::testing::AssertionFailure() << said.english;
  }
  return ::testing::AssertionSuccess();
}

}  // namespace duban::testing
