// An entry written into tasks.toml as its admin would write it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "ctl/entry_edit.h"
#include "ctl/toml_edit.h"

namespace duban::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<EntryField> metro{{"id", {"2.2b-2"}}, {"unit", {"metro"}}, {"due", {"06-30"}}};

std::string added(const std::string& text, std::string_view kind = "milestone",
                  const std::vector<EntryField>& fields = metro) {
  auto edited = add_entry(text, kind, fields);
  return edited ? *edited : edited.error().code;
}

std::string changed(const std::string& text, const std::vector<EntryField>& fields) {
  auto edited = change_entry(text, "milestone", "m", fields);
  return edited ? *edited : edited.error().code;
}

TEST(AddEntry, goes_after_the_last_of_its_kind_in_the_style_of_its_lines) {
  EXPECT_EQ(added(R"(# tasks
[[milestone]]
id   = "2.2b-1"   # the first
due  = "05-31"
unit = "metro"
# 报来的方案第3页

# ==== 交办项 ====
[[action]]
id = "a"
)"),
            R"(# tasks
[[milestone]]
id   = "2.2b-1"   # the first
due  = "05-31"
unit = "metro"
# 报来的方案第3页

[[milestone]]
id   = "2.2b-2"
due  = "06-30"
unit = "metro"

# ==== 交办项 ====
[[action]]
id = "a"
)");
}

TEST(AddEntry, a_remark_that_introduces_the_next_entry_stays_with_it) {
  EXPECT_EQ(added("[[milestone]]\nid = \"x\"\n# of the office\n[[action]]\nid = \"a\"\n"),
            "[[milestone]]\nid = \"x\"\n\n[[milestone]]\nid = \"2.2b-2\"\nunit = \"metro\"\n"
            "due = \"06-30\"\n\n# of the office\n[[action]]\nid = \"a\"\n");
}

TEST(AddEntry, the_first_of_its_kind_goes_under_the_sample) {
  EXPECT_EQ(added("[[task]]\nid     = \"1\"\n\n# 节点\n#[[milestone]]\n# id = \"x\"\n\n# 交办\n"),
            "[[task]]\nid     = \"1\"\n\n# 节点\n#[[milestone]]\n# id = \"x\"\n\n[[milestone]]\n"
            "id     = \"2.2b-2\"\nunit   = \"metro\"\ndue    = \"06-30\"\n\n# 交办\n");
}

TEST(AddEntry, without_a_sample_milestones_stand_before_actions_and_all_else_at_the_end) {
  EXPECT_EQ(added("[[task]]\nid = \"1\"\n\n# of meetings\n[[action]]\nid = \"a\""),
            "[[task]]\nid = \"1\"\n\n[[milestone]]\nid = \"2.2b-2\"\nunit = \"metro\"\n"
            "due = \"06-30\"\n\n# of meetings\n[[action]]\nid = \"a\"");
  EXPECT_EQ(added("[[task]]\nid = \"1\"", "action", {{"id", {"a"}}}),
            "[[task]]\nid = \"1\"\n\n[[action]]\nid = \"a\"\n");
  EXPECT_EQ(added("", "action", {{"id", {"a"}}}), "[[action]]\nid     = \"a\"\n");
}

TEST(AddEntry, keeps_the_byte_order_mark_the_line_ends_and_the_quotes) {
  std::string text = "\xEF\xBB\xBF[[milestone]]\r\n  id = 'x'\r\n";
  EXPECT_EQ(added(text), text + "\r\n  [[milestone]]\r\n  id = '2.2b-2'\r\n  unit = 'metro'\r\n"
                                "  due = '06-30'\r\n");
}

TEST(AddEntry, words_that_toml_would_misread_are_written_so_that_it_does_not) {
  EXPECT_THAT(added("", "action", {{"name", {"a\"b\\c"}}}), HasSubstr("= \"a\\\"b\\\\c\"\n"));
}

TEST(AddEntry, several_are_a_list_and_a_long_list_takes_several_lines) {
  EXPECT_THAT(added("", "action", {{"who", {"a", "b"}}}), HasSubstr("who    = [\"a\", \"b\"]\n"));
  std::vector<std::string> many(12, "circle-office");
  EXPECT_THAT(added("", "action", {{"who", many}}),
              HasSubstr("who    = [\n  \"circle-office\", \"circle-office\","));
}

TEST(AddEntry, entries_written_otherwise_are_left_to_the_admin) {
  EXPECT_EQ(added("milestone = [{ id = \"x\" }]\n"), "edit-by-hand");
  EXPECT_EQ(added("milestone = []\n"), "edit-by-hand");
  EXPECT_EQ(added("[[milestone]\n"), "bad-file");
}

constexpr const char* known = R"([[milestone]]
id   = "m"          # 一
due  = "06-30"      # 方案第3页
who  = [
  "a", "b",
]                   # 两家
name = "开工"
)";

TEST(ChangeEntry, only_the_value_changes) {
  EXPECT_THAT(changed(known, {{"due", {"07-15 17:00"}}}),
              HasSubstr("due  = \"07-15 17:00\" # 方案第3页\n"));
  EXPECT_THAT(changed(known, {{"name", {"某线开工"}}}), HasSubstr("\nname = \"某线开工\"\n"));
  EXPECT_EQ(changed(known, {{"due", {"06-30"}}, {"who", {"a", "b"}}}), known);
}

TEST(ChangeEntry, a_list_may_become_one_and_one_a_list) {
  EXPECT_THAT(changed(known, {{"who", {"c"}}}), HasSubstr("who  = \"c\"          # 两家\n"));
  EXPECT_THAT(changed("[[milestone]]\nid = \"m\"\nwho = \"a\"\n", {{"who", {"a", "b"}}}),
              HasSubstr("who = [\"a\", \"b\"]\n"));
}

TEST(ChangeEntry, a_key_that_is_not_there_is_its_last_line) {
  EXPECT_EQ(changed("[[milestone]]\nid  = \"m\"\n\n[[action]]\nid = \"a\"\n", {{"due", {"06-30"}}}),
            "[[milestone]]\nid  = \"m\"\ndue = \"06-30\"\n\n[[action]]\nid = \"a\"\n");
}

TEST(ChangeEntry, what_is_written_otherwise_is_left_to_the_admin) {
  EXPECT_EQ(changed("[[milestone]]\nid = \"m\"\nwho = [\n \"a\", # 一\n]\n", {{"who", {"b"}}}),
            "edit-by-hand");
  EXPECT_EQ(changed("[[milestone]]\nid = \"m\"\nname = \"\"\"a\"\"\"\n", {{"name", {"b"}}}),
            "edit-by-hand");
  EXPECT_EQ(changed("[[milestone]]\nid = \"x\"\n", {{"name", {"b"}}}), "edit-by-hand");
}

TEST(NextId, is_never_one_that_stands_in_the_text_not_even_commented_out) {
  EXPECT_EQ(next_id("", "2.2b"), "2.2b-1");
  EXPECT_EQ(next_id("id = \"2.2b-1\"\n# id = \"2.2b-7\"\nid = '2.2b-3'\n", "2.2b"), "2.2b-8");
  EXPECT_EQ(next_id("id = \"12.2b-7\"\nid = \"2.2b-x\"\nid = \"2.2b-7x\"\n", "2.2b"), "2.2b-1");
  EXPECT_EQ(next_id("\"2.2b-99999999999999999999\" \"2.2b-" + std::to_string(limits::plan_entries) +
                        "\"",
                    "2.2b"),
            "2.2b-1");
}

}  // namespace
}  // namespace duban::ctl
