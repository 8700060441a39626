// A year's notice in a work calendar's file, and how an edit is shown.
#include "ctl/calendar_edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ctl/text_diff.h"

namespace duban::ctl {
namespace {

using calendar::HolidayNotice;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Not the whole of a real one: a section is written as its notice says.
HolidayNotice notice_of(int year) {
  auto day = [&](unsigned month, unsigned of_month) { return make_day(year, month, of_month); };
  return {.year = year,
          .off = {{"元旦", day(1, 1), day(1, 3)}, {"国庆节", day(10, 1), day(10, 7)}},
          .work = {{make_day(2022, 10, 8), "国庆节"}},
          .number = {},
          .address = {}};
}

constexpr const char* known = R"(# head
id = "cn"

# 第一段的说明
[[year]]
year   = 2022        # 年
# 里面的说明
status = "unknown"   # 还没有
# 末尾的说明

# 第二段的说明
[[year]]
year   = 2023
status = "published"
# notice 未写:以后补
off = [ { name = "元旦", from = "2023-01-01", to = "2023-01-01" },
        { name = "元旦", from = "2023-01-02", to = "2023-01-03" },
        { name = "国庆节", from = "2023-10-01", to = "2023-10-07" } ]
work = ["2022-10-08"]   # 只有一天
)";

std::string edited(const std::string& text, const HolidayNotice& notice) {
  auto after = edit_year(text, notice);
  return after ? *after : after.error().code;
}

TEST(CalendarEdit, AnUnknownYearIsFilledInWhereItStandsAndItsRemarksStay) {
  std::string expected = known;
  std::string was = "status = \"unknown\"   # 还没有\n";
  expected.replace(expected.find(was), was.size(), R"(status = "published"
# notice 未写:文号查到后补上
off = [
  { name = "元旦", from = "2022-01-01", to = "2022-01-03" },
  { name = "国庆节", from = "2022-10-01", to = "2022-10-07" },
]
work = [
  "2022-10-08",   # 周六,国庆节调休
]
)");
  EXPECT_EQ(edited(known, notice_of(2022)), expected);
}

TEST(CalendarEdit, AYearThatSaysTheSameIsLeftAsItIsHoweverItIsWritten) {
  EXPECT_EQ(edited(known, notice_of(2023)), known);
}

TEST(CalendarEdit, ANumberTakesThePlaceOfTheRemarkThatItIsNotKnown) {
  auto notice = notice_of(2023);
  notice.number = "国办发明电〔2022〕16号";
  auto after = edited(known, notice);
  EXPECT_THAT(after, HasSubstr("status = \"published\"\nnotice = \"国办发明电〔2022〕16号\"\n"
                               "off = [ { name"));
  EXPECT_THAT(after, Not(HasSubstr("未写")));
  EXPECT_EQ(edited(after, notice_of(2023)), after) << "without a number what stands is kept";
}

TEST(CalendarEdit, OnlyTheKeysThatSayOtherwiseAreRewritten) {
  auto notice = notice_of(2023);
  notice.work = {};
  auto after = edited(known, notice);
  EXPECT_THAT(after, HasSubstr("work = []\n"));
  EXPECT_THAT(after, HasSubstr("off = [ { name = \"元旦\", from = \"2023-01-01\""));
  EXPECT_THAT(after, HasSubstr("# notice 未写:以后补\n"));
}

TEST(CalendarEdit, ANewYearIsAddedAtTheEndWithWhereItsNoticeStands) {
  auto notice = notice_of(2024);
  notice.address = "https://www.gov.cn/x.htm";
  auto after = edited(known, notice);
  EXPECT_TRUE(after.starts_with(known));
  EXPECT_THAT(after, HasSubstr("# 只有一天\n\n[[year]]\nyear   = 2024\nstatus = \"published\"\n"
                               "# notice 未写:文号查到后补上,通知见 https://www.gov.cn/x.htm\n"
                               "off = [\n"));
  EXPECT_THAT(edited("id = \"cn\"", notice), HasSubstr("id = \"cn\"\n\n[[year]]\n"));
}

TEST(CalendarEdit, LineEndsAndAByteOrderMarkStay) {
  std::string text = "\xEF\xBB\xBF" + std::string{known};
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.insert(at, "\r");
  }
  auto after = edited(text, notice_of(2022));
  EXPECT_TRUE(after.starts_with("\xEF\xBB\xBF# head\r\n"));
  EXPECT_THAT(after, HasSubstr("off = [\r\n"));
  EXPECT_EQ(std::ranges::count(after, '\n'), std::ranges::count(after, '\r'));
  EXPECT_EQ(edited(text, notice_of(2023)), text);
}

TEST(CalendarEdit, WhatIsNotWrittenLineByLineIsLeftToTheAdmin) {
  for (const auto* text : {"year = [{ year = 2022, status = \"unknown\" }]\n",
                           "[[year]]\nyear = 2022\nstatus = \"unknown\"\n"
                           "[[year.off]]\nname = \"元旦\"\nfrom = \"2022-01-01\"\n"}) {
    EXPECT_EQ(edited(text, notice_of(2022)), "edit-by-hand") << text;
  }
  EXPECT_EQ(edited("[[year]\n", notice_of(2022)), "bad-file");
}

TEST(TextDiff, ShowsWhatChangesWithThreeLinesAround) {
  EXPECT_THAT(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
              ElementsAre("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"));
  EXPECT_THAT(unified_diff("a\n", "a\nb\n"), ElementsAre("@@ -1 +1,2 @@", " a", "+b"));
  EXPECT_THAT(unified_diff("", "b\n"), ElementsAre("@@ -0,0 +1 @@", "+b"));
  EXPECT_THAT(unified_diff("a\nb\n", "a\nb\n"), IsEmpty());
}

TEST(TextDiff, ChangesFarApartAreHunksOfTheirOwn) {
  std::string before, after;
  for (int line = 1; line <= 20; ++line) {
    before += std::to_string(line) + "\n";
    if (line == 2) after += "new\n";
    if (line != 19) after += std::to_string(line) + "\n";
  }
  EXPECT_THAT(unified_diff(before, after),
              ElementsAre("@@ -1,4 +1,5 @@", " 1", "+new", " 2", " 3", " 4", "@@ -16,5 +17,4 @@",
                          " 16", " 17", " 18", "-19", " 20"));
}

}  // namespace
}  // namespace duban::ctl
