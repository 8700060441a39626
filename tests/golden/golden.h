#pragma once
// A text that people read, held against the one kept in tests/golden/. DUBAN_UPDATE_GOLDEN=1 writes
// it anew: read the change before committing it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace duban::testing {

/// `file` is below tests/golden/.
inline void expect_golden(const std::string& file, const std::string& text) {
  auto path = std::filesystem::path{DUBAN_SOURCE_DIR} / "tests/golden" / file;
  if (std::getenv("DUBAN_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
  }
  std::ifstream stream{path, std::ios::binary};
  std::string kept{std::istreambuf_iterator<char>{stream}, {}};
  EXPECT_EQ(text, kept) << path << "; to accept it: DUBAN_UPDATE_GOLDEN=1";
}

}  // namespace duban::testing
