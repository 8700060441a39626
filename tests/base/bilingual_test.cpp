#include "base/bilingual.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(Bilingual, SaysTheSameInEachLanguage) {
  const std::string unit = "edu";
  auto said = both("没有{}这个{}", "there is no {1} {0}", unit, BilingualView{"单位", "unit"});
  EXPECT_EQ(said.in(Tongue::chinese), "没有edu这个单位");
  EXPECT_EQ(said.in(Tongue::english), "there is no unit edu");
}

TEST(Bilingual, TakesNumbersAndSentencesAsValues) {
  auto inner = both("{}天", "{} days", 3);
  auto outer = both("{};{}", "{}; {}", inner, "folder");
  EXPECT_EQ(outer.chinese, "3天;folder");
  EXPECT_EQ(outer.english, "3 days; folder");
  EXPECT_EQ(both("{}", "{}", std::string_view{"x"}), alike("x"));
}

TEST(Bilingual, IsEmptyUntilSomethingIsSaid) {
  EXPECT_TRUE(Bilingual{}.empty());
  EXPECT_FALSE(alike("x").empty());
}

TEST(Bilingual, KnowsChineseLettersFromQuotationMarks) {
  static_assert(has_no_chinese("did you mean “edu”? – one of: …"));
  static_assert(!has_no_chinese("单位"));
  static_assert(!has_no_chinese("a，b"));
}

}  // namespace
}  // namespace duban
