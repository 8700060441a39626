#include "ctl/words.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "ctl/console.h"

namespace duban::ctl {
namespace {

TEST(ScreenWords, a_time_reads_as_the_office_writes_it) {
  EXPECT_EQ(when_words("2022-05-25T17:00:00+08:00", 2022), "5月25日(周三)17:00");
  EXPECT_EQ(when_words("2022-05-25T17:00:00+08:00", 2023), "2022年5月25日(周三)17:00");
}

TEST(ScreenWords, the_end_of_a_day_has_no_hour) {
  EXPECT_EQ(when_words("2022-03-31T23:59:59+08:00", 2022), "3月31日(周四)");
}

TEST(ScreenWords, what_is_no_time_is_shown_as_it_stands) {
  EXPECT_EQ(when_words("soon", 2022), "soon");
  EXPECT_EQ(when_words("", 2022), "");
}

TEST(ScreenWords, many_units_are_counted) {
  EXPECT_EQ(few_of({"甲", "乙"}, 3), "甲、乙");
  EXPECT_EQ(few_of({"甲", "乙", "丙", "丁"}, 2), "甲、乙等4家");
}

TEST(ScreenTable, columns_line_up_under_chinese) {
  std::ostringstream out;
  Console console{out, out};
  Table table{{"名称", "x"}};
  table.add({"市教育局", "1"});
  table.add({"edu", "2"});
  table.print(console);
  std::istringstream lines{out.str()};
  std::string line;
  while (std::getline(lines, line)) EXPECT_EQ(display_width(line), 11U) << line;
}

TEST(ScreenTable, no_line_ends_in_blanks) {
  std::ostringstream out;
  Console console{out, out};
  Table table{{"a", "b"}};
  table.add({"long", ""});
  table.print(console);
  EXPECT_EQ(out.str(), "a     b\nlong\n");
}

TEST(ScreenColour, is_only_where_it_is_wanted) {
  std::ostringstream out;
  EXPECT_EQ((Console{out, out, false}.paint(Console::Hue::red, "x")), "x");
  EXPECT_EQ((Console{out, out, true}.paint(Console::Hue::red, "x")), "\x1b[31mx\x1b[0m");
}

}  // namespace
}  // namespace duban::ctl
