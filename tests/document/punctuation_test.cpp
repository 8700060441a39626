// Signs beside Chinese characters, and those that are none of ours to change.
#include "document/punctuation.h"

#include <gtest/gtest.h>

namespace duban::document {
namespace {

TEST(Punctuation, BesideChineseCharactersItIsFullWidth) {
  EXPECT_EQ(full_width("截至6月24日17:00,应报28家:按时23家;无"),
            "截至6月24日17:00\uFF0C应报28家\uFF1A按时23家\uFF1B无");
  EXPECT_EQ(full_width("二(二)2 路网(市发改委)"),
            "二\uFF08二\uFF092 路网\uFF08市发改委\uFF09");
}

TEST(Punctuation, BothBracketsOfAPairAreOfOneKind) {
  EXPECT_EQ(full_width("平台(A)x"), "平台\uFF08A\uFF09x");
  EXPECT_EQ(full_width("x(y(甲))"), "x\uFF08y\uFF08甲\uFF09\uFF09");
  EXPECT_EQ(full_width("甲(乙"), "甲(乙");
}

TEST(Punctuation, BetweenDigitsAndLettersItStays) {
  for (const char* text : {"17:00", "1,500", "f(x)", "a:b;c", "", ","}) {
    EXPECT_EQ(full_width(text), text);
  }
}

TEST(Punctuation, MarkupStaysAsItIs) {
  EXPECT_EQ(full_width_page("<style>p{a:b}/*甲:乙*/</style><p title=\"甲:\">甲:&lt;乙&gt;,丙</p>&"),
            "<style>p{a:b}/*甲:乙*/</style><p title=\"甲:\">甲\uFF1A&lt;乙&gt;\uFF0C丙</p>&");
  EXPECT_EQ(full_width_page("甲,<乙"), "甲\uFF0C<乙");
}

}  // namespace
}  // namespace duban::document
