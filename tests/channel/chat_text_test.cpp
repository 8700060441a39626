#include "channel/chat_text.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/text.h"

namespace duban::channel {
namespace {

constexpr ChatStyle bold{.title_before = "**", .title_after = "**"};

delivery::Parcel parcel_of(int entries) {
  delivery::Parcel parcel;
  parcel.notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D";
  parcel.content.subject = "提醒|年度小结,9月20日(周二)17:00前报";
  parcel.content.text = "各有关单位:\n";
  for (int i = 1; i <= entries; ++i) {
    parcel.content.text += fmt::format("· 请于9月20日(周二)17:00前报第{}件。\n", i);
  }
  parcel.content.text += "已报的不用再报。\n\n————\n领导小组办公室 027-××××\n";
  return parcel;
}

TEST(ChatText, IsTheTitleTheLinesAndTheIdWithoutBlankLines) {
  EXPECT_EQ(chat_text(parcel_of(1), bold, "", 4096),
            "**提醒|年度小结,9月20日(周二)17:00前报**\n各有关单位:\n"
            "· 请于9月20日(周二)17:00前报第1件。\n已报的不用再报。\n————\n"
            "领导小组办公室 027-××××\n编号 ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D");
}

TEST(ChatText, LeavesOutTheLastEntriesAndSaysHowMany) {
  auto whole = chat_text(parcel_of(60), bold, "", 100'000);
  auto cut = chat_text(parcel_of(60), bold, "", 2048);
  EXPECT_TRUE(whole.contains("第60件"));
  EXPECT_LE(cut.size(), 2048U);
  EXPECT_GT(cut.size(), 1900U) << "room was left";
  EXPECT_TRUE(cut.contains("第1件"));
  EXPECT_FALSE(cut.contains("第60件"));
  EXPECT_TRUE(cut.contains("领导小组办公室 027-××××\n编号 ")) << cut;
  int shown = 0;
  while (cut.contains(fmt::format("第{}件", shown + 1))) ++shown;
  EXPECT_TRUE(cut.contains(fmt::format("…(共60条,余{}条见工作方案)\n已报的", 60 - shown))) << cut;
}

TEST(ChatText, IsNeverLongerThanItsBoundNorCutInsideACharacter) {
  for (std::size_t bytes = 0; bytes < 1200; ++bytes) {
    auto text = chat_text(parcel_of(20), bold, "<@zhang>", bytes);
    ASSERT_LE(text.size(), bytes);
    ASSERT_TRUE(is_utf8_text(text)) << bytes;
  }
}

TEST(ChatText, AddsItsOwnWordsInThePlansLanguage) {
  auto parcel = parcel_of(60);
  parcel.language = Tongue::english;
  parcel.after_unknown = true;
  auto cut = chat_text(parcel, bold, "", 2048);
  EXPECT_TRUE(cut.starts_with("**(Sent again) ")) << cut;
  EXPECT_TRUE(cut.contains("… (60 in all, ")) << cut;
  EXPECT_TRUE(cut.contains("\nNo. ntc_")) << cut;
  EXPECT_FALSE(cut.contains("编号")) << cut;
}

TEST(ChatText, ARepeatSaysSo) {
  auto parcel = parcel_of(1);
  EXPECT_FALSE(chat_title(parcel).contains("补发"));
  parcel.after_unknown = true;
  EXPECT_TRUE(chat_title(parcel).starts_with("(补发)"));
  EXPECT_TRUE(chat_text(parcel, bold, "", 4096).starts_with("**(补发)提醒"));
}

TEST(ChatText, CallsPeopleOnALineOfTheirOwn) {
  EXPECT_TRUE(chat_text(parcel_of(1), bold, "<@zhang><@li>", 4096).contains("\n<@zhang><@li>\n"));
}

TEST(ChatText, AChatWithATitleOfItsOwnShowsItOnce) {
  EXPECT_FALSE(chat_text(parcel_of(1), {}, "", 4096).contains("提醒|"));
}

TEST(PlainWords, TakeTheirMeaningFromSignsAndLeaveAddressesAlone) {
  EXPECT_EQ(plain_words("a*b_[c](d)<e>#`"),
            "a\uFF0Ab\uFF3F\uFF3Bc\uFF3D(d)\uFF1Ce\uFF1E\uFF03\uFF40");
  EXPECT_EQ(plain_words("见 https://duban.example.org/a_b#c,谢谢_"),
            "见 https://duban.example.org/a_b#c,谢谢\uFF3F");
  EXPECT_EQ(plain_words("督办,无记号"), "督办,无记号");
}

TEST(ChatText, HostileWordsStayWords) {
  auto parcel = parcel_of(1);
  parcel.content.subject = "x**\n# 甲\x01";
  parcel.content.text = "<@all>\n<font color=\"warning\">乙</font>\n";
  auto text = chat_text(parcel, bold, "", 4096);
  EXPECT_FALSE(text.contains("<@all>")) << text;
  EXPECT_FALSE(text.contains("<font")) << text;
  EXPECT_FALSE(text.contains("\n# ")) << text;
  EXPECT_EQ(text.find('\x01'), std::string::npos);
}

}  // namespace
}  // namespace duban::channel
