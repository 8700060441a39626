#include "base/text.h"

#include <gtest/gtest.h>

namespace duban {
namespace {

TEST(Utf8, well_formed_text_is_accepted) {
  for (const auto* text : {"", "a", "督办", "é", "😀", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"}) {
    EXPECT_TRUE(is_utf8_text(text)) << text;
  }
}

TEST(Utf8, malformed_text_is_refused) {
  for (const auto* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                           "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE7\x9D",
                           "a\xFF", "\xCD\xC6\xBD\xF8"}) {
    EXPECT_FALSE(is_utf8_text(text));
  }
  EXPECT_FALSE(is_utf8_text(std::string_view("a\0b", 3)));
}

TEST(Utf8, one_wrong_byte_is_found_wherever_it_stands) {
  const std::string text = "due 25日17:00前报送é😀,\xED\x9F\xBF\xE0\xA0\x80 督办";
  ASSERT_TRUE(is_utf8_text(text));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (char wrong : {'\0', '\xFF', '\xC0'}) {
      auto broken = text;
      broken[at] = wrong;
      EXPECT_FALSE(is_utf8_text(broken)) << at;
    }
    auto cut = text.substr(0, at);
    const bool between = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
    EXPECT_EQ(is_utf8_text(cut), between) << at;
  }
}

TEST(Utf8, decodes_and_encodes_alike) {
  std::string text = "aé督😀";
  std::string again;
  for (char32_t c : decode_utf8(text)) again += encode_utf8(c);
  EXPECT_EQ(again, text);
  EXPECT_EQ(decode_utf8("\xFF"
                        "a"),
            U"\uFFFDa");
}

TEST(Utf8, is_cut_between_characters) {
  EXPECT_EQ(first_characters("督办通知", 2), "督办");
  EXPECT_EQ(first_characters("督办", 9), "督办");
  EXPECT_EQ(first_bytes("督办", 6), "督办");
  EXPECT_EQ(first_bytes("督办", 5), "督");
  EXPECT_EQ(first_bytes("督办", 2), "");
  EXPECT_EQ(first_bytes("a督", 1), "a");
}

TEST(Utf8, chinese_takes_two_columns) {
  EXPECT_EQ(display_width("ab"), 2U);
  EXPECT_EQ(display_width("督办"), 4U);
  EXPECT_EQ(display_width("《29号》"), 8U);
  EXPECT_EQ(display_width("\uFF0C"), 2U);
}

}  // namespace
}  // namespace duban
