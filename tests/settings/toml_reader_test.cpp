#include "settings/toml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/section.h"
#include "settings/text_file.h"

namespace duban::settings {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Node parse(std::string_view text) {
  Diagnostics out;
  auto root = parse_toml(text, "a.toml", out);
  for (const auto& d : out) ADD_FAILURE() << format_line(d);
  return root.value_or(Node{});
}

TEST(TomlReader, a_value_after_chinese_is_placed_by_characters) {
  auto root = parse("name = [\"市教育局\", \"甲\"]\n[office]\nlist = \"16:30\"\n");
  const auto* name = root.find("name");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->elements.at(1).place, (Place{"a.toml", 1, 17}));
  EXPECT_EQ(root.members.at(0).place, (Place{"a.toml", 1, 1}));
  EXPECT_EQ(root.find("office")->find("list")->place, (Place{"a.toml", 3, 8}));
  EXPECT_EQ(root.find("office")->place, (Place{"a.toml", 2, 1}));
}

TEST(TomlReader, members_keep_the_order_of_the_file) {
  auto root = parse("[z]\nx = 1\n[a]\nx = 1\n[[m]]\nid = \"1\"\n[[m]]\nid = \"2\"\n");
  ASSERT_EQ(root.members.size(), 3U);
  EXPECT_EQ(root.members[0].key, "z");
  EXPECT_EQ(root.members[1].key, "a");
  EXPECT_EQ(root.find("m")->elements.at(1).place.line, 7U);
}

TEST(TomlReader, a_syntax_error_is_one_diagnostic_with_its_place) {
  Diagnostics out;
  EXPECT_FALSE(parse_toml("a = 1\nb = = 2\n", "a.toml", out));
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].code, "syntax");
  EXPECT_EQ(out[0].place.line, 2U);
}

TEST(TomlReader, marks_of_an_input_method_are_named_in_the_mend) {
  for (const auto* text : {"a = “x”", "a = [1\uFF0C2]", "a \uFF1D 1"}) {
    Diagnostics out;
    EXPECT_FALSE(parse_toml(text, "a.toml", out)) << text;
    ASSERT_EQ(out.size(), 1U);
    EXPECT_THAT(out[0].mend.chinese, HasSubstr("半角")) << text;
  }
}

TEST(TomlReader, what_crashes_other_builds_of_the_library_is_a_plain_error) {
  for (const auto* text : {"[\n", "[[\n", "a = [", "a = \"", "a = '''", "\x01", "a = {",
                           "[a.]\n"}) {
    Diagnostics out;
    EXPECT_FALSE(parse_toml(text, "a.toml", out)) << text;
    EXPECT_EQ(out.size(), 1U) << text;
  }
}

TEST(TomlReader, a_key_written_twice_is_an_error) {
  Diagnostics out;
  EXPECT_FALSE(parse_toml("a = 1\na = 2\n", "a.toml", out));
  EXPECT_EQ(out.at(0).place.line, 2U);
}

TEST(TomlReader, nesting_without_end_is_refused) {
  Diagnostics out;
  EXPECT_FALSE(parse_toml("a = " + std::string(100'000, '['), "a.toml", out));
  EXPECT_EQ(out.size(), 1U);
}

TEST(TextFile, a_byte_order_mark_is_dropped) {
  Diagnostics out;
  EXPECT_EQ(check_text("\xEF\xBB\xBF"
                       "a = 1\r\n",
                       "a.toml", out),
            "a = 1\r\n");
  EXPECT_THAT(out, IsEmpty());
}

TEST(TextFile, utf16_is_named) {
  Diagnostics out;
  EXPECT_FALSE(check_text(std::string("\xFF\xFE"
                                      "a\0",
                                      4),
                          "a.toml", out));
  EXPECT_THAT(out.at(0).message.chinese, HasSubstr("UTF-16"));
}

TEST(TextFile, a_nul_is_refused_at_its_place) {
  Diagnostics out;
  EXPECT_FALSE(check_text(std::string("a\nb\0c", 5), "a.toml", out));
  EXPECT_EQ(out.at(0).place, (Place{"a.toml", 2, 2}));
}

TEST(TextFile, what_is_no_file_is_refused_without_waiting) {
  Diagnostics out;
  EXPECT_FALSE(read_text_file("/dev/zero", "zero", 10, out));
  EXPECT_FALSE(read_text_file("/tmp", "tmp", 10, out));
  EXPECT_FALSE(read_text_file("/no/such/file", "none", 10, out));
  EXPECT_EQ(out.size(), 3U);
}

struct Read {
  Node root;
  Diagnostics out;
  Section section;
  explicit Read(std::string_view text) : root(parse(text)), section(root, "[t]", out) {}
};

TEST(Section, everything_that_was_not_asked_for_is_unknown) {
  Read read("name = \"x\"\nnmae = \"y\"\nother = 1\n");
  read.section.text("name");
  read.section.text("title");
  read.section.finish();
  ASSERT_EQ(read.out.size(), 2U);
  EXPECT_EQ(read.out[0].code, "unknown-key");
  EXPECT_EQ(read.out[0].place.line, 2U);
  EXPECT_THAT(read.out[0].mend.chinese, HasSubstr("“name”"));
  EXPECT_THAT(read.out[1].mend.chinese, HasSubstr("name、title"));
}

TEST(Section, a_required_key_that_is_only_misspelt_is_told_once) {
  Read read("nmae = \"y\"\n");
  EXPECT_FALSE(read.section.required_text("name"));
  EXPECT_FALSE(read.section.required_text("clause"));
  read.section.finish();
  ASSERT_EQ(read.out.size(), 2U);
  EXPECT_EQ(read.out[0].code, "unknown-key");
  EXPECT_EQ(read.out[1].code, "missing-key");
  EXPECT_EQ(read.out[1].message, (Bilingual{"[t] 缺少 clause", "clause is missing in [t]"}));
}

TEST(Section, one_text_or_a_list_of_texts) {
  Read read("a = \"x\"\nb = [\"x\", \"y\"]\nc = []\nd = [\"x\", 1]\ne = 1\n");
  EXPECT_EQ(read.section.texts("a")->size(), 1U);
  EXPECT_EQ(read.section.texts("b")->size(), 2U);
  EXPECT_EQ(read.section.texts("c")->size(), 0U);
  EXPECT_EQ(read.section.texts("d")->size(), 1U);
  EXPECT_FALSE(read.section.texts("e"));
  EXPECT_FALSE(read.section.texts("f"));
  EXPECT_EQ(read.out.size(), 2U);
}

TEST(Section, numbers_have_bounds_and_types) {
  Read read("a = 5\nb = 50\nc = \"5\"\nd = 5.5\n");
  EXPECT_EQ(read.section.integer("a", 1, 10)->value, 5);
  EXPECT_FALSE(read.section.integer("b", 1, 10));
  EXPECT_FALSE(read.section.integer("c", 1, 10));
  EXPECT_FALSE(read.section.integer("d", 1, 10));
  ASSERT_EQ(read.out.size(), 3U);
  EXPECT_EQ(read.out[0].code, "bad-value");
  EXPECT_EQ(read.out[1].code, "wrong-type");
  EXPECT_EQ(read.out[0].message.english, "b must be from 1 to 10, not 50");
  EXPECT_EQ(read.out[1].message.english, "c must be an integer (without quotes), not text");
}

TEST(Section, a_word_outside_its_set_names_the_set) {
  Read read("a = \"on\"\n");
  EXPECT_FALSE(read.section.choice<int>("a", {{"stay", 1}, {"before", 2}}));
  EXPECT_THAT(read.out.at(0).mend.chinese, HasSubstr("stay、before"));
  EXPECT_EQ(read.out.at(0).message.english, "a cannot be “on”");
  EXPECT_EQ(read.out.at(0).mend.english, "one of: stay, before");
}

}  // namespace
}  // namespace duban::settings
