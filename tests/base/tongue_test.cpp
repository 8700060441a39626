#include "base/tongue.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(Tongue, IsASubtagOfALanguageThatIsSpoken) {
  EXPECT_EQ(tongue_of("zh"), Tongue::chinese);
  EXPECT_EQ(tongue_of("en"), Tongue::english);
  for (const char* word : {"", "EN", "zh-CN", "fr", "english"}) EXPECT_FALSE(tongue_of(word));
}

}  // namespace
}  // namespace duban
