#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ctl/config_tree.h"
#include "ctl/due_edit.h"

namespace duban::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* little = R"(# head
[[duty]]
id     = "meeting"                  # the id
due    = "tbd"                      # 日子由领导定
within = "..03-31"

[[duty]]
id  = "other"
due = '25 17:00'
)";

std::string after(std::string_view id, std::string_view due, const std::string& text = little) {
  auto edit = edit_due(text, id, due);
  if (!edit) return edit.error().code;
  return *edit ? (*edit)->after : "none";
}

TEST(DueEdit, the_value_changes_and_its_comment_keeps_its_column) {
  EXPECT_EQ(after("meeting", "03-29"), "due    = \"03-29\"                    # 日子由领导定");
  EXPECT_EQ(after("meeting", "03-29 17:00"),
            "due    = \"03-29 17:00\"              # 日子由领导定");
  EXPECT_EQ(after("other", "20 17:00"), "due = \"20 17:00\"");
}

TEST(DueEdit, a_comment_close_by_is_pushed_and_never_touches_the_value) {
  EXPECT_EQ(after("m", "03-29 17:00", "[[duty]]\nid = \"m\"\ndue = \"tbd\" # soon\n"),
            "due = \"03-29 17:00\" # soon");
}

TEST(DueEdit, every_other_byte_stays) {
  std::string text = "\xEF\xBB\xBF" + std::string{little};
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.insert(at, "\r");
  }
  auto edit = edit_due(text, "meeting", "tbd");
  ASSERT_TRUE(edit && *edit);
  EXPECT_EQ((*edit)->text, text);
  auto moved = edit_due(text, "other", "24 17:00");
  auto expected = text;
  expected.replace(expected.find("'25 17:00'"), 10, "\"24 17:00\"");
  EXPECT_EQ((*moved)->text, expected);
}

TEST(DueEdit, what_is_not_there_or_not_on_one_line_is_left_to_the_admin) {
  EXPECT_EQ(after("nobody", "03-29"), "none");
  EXPECT_EQ(after("m", "03-29", "[[duty]]\nid = \"m\"\n"), "edit-by-hand");
  EXPECT_EQ(after("m", "03-29", "[[duty]]\nid = \"m\"\ndue = \"\"\"tbd\"\"\"\n"), "edit-by-hand");
  EXPECT_EQ(after("m", "03-29", "[[duty]\n"), "bad-file");
}

TEST(DueEdit, a_date_loses_the_plans_year_and_no_other) {
  EXPECT_EQ(due_as_written("2022-03-29 17:00", 2022), "03-29 17:00");
  EXPECT_EQ(due_as_written("03-29", 2022), "03-29");
  auto other = due_as_written("2023-03-29", 2022).error();
  EXPECT_EQ(other.code, "other-year");
  EXPECT_EQ(other.message, (Bilingual{"方案是2022年的,不能定到2023年",
                                      "the plan is for 2022; its dates cannot be in 2023"}));
  EXPECT_EQ(due_as_written("someday", 2022).error().code, "bad-due");
  EXPECT_FALSE(due_as_written("03-29\"\nx=1", 2022));
}

class SetDue : public ::testing::Test {
 protected:
  ConfigTree tree_;
  std::string before_ = ConfigTree::text(tree_.plan_file());
};

TEST_F(SetDue, an_undecided_meeting_gets_its_date_and_the_edit_is_shown) {
  ASSERT_EQ(::chmod(tree_.plan_file().c_str(), 0640), 0);
  auto said = tree_.ask({"set", "kickoff-meeting", "--due", "03-29"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, HasSubstr("-due    = \"tbd\""));
  EXPECT_THAT(said.out, HasSubstr("+due    = \"03-29\""));
  EXPECT_THAT(said.out, HasSubstr("duband 没有应答"));
  auto now = ConfigTree::text(tree_.plan_file());
  EXPECT_EQ(std::ranges::count(now, '\n'), std::ranges::count(before_, '\n'));
  EXPECT_EQ(std::ranges::count(now, '#'), std::ranges::count(before_, '#'));
  struct stat found {};
  ASSERT_EQ(::stat(tree_.plan_file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0640U);
  EXPECT_EQ(tree_.ask({"check"}).code, well);
}

TEST_F(SetDue, a_date_that_would_not_check_changes_nothing) {
  auto said = tree_.ask({"set", "kickoff-meeting", "--due", "04-29"});
  EXPECT_EQ(said.code, not_asked) << "within is ..03-31";
  EXPECT_THAT(said.err, HasSubstr("plans/wuhan-2022-1/plan.toml:"));
  EXPECT_EQ(ConfigTree::text(tree_.plan_file()), before_);
  EXPECT_EQ(tree_.ask({"set", "kickoff-meeting", "--due", "06-31"}).code, not_asked);
  EXPECT_EQ(ConfigTree::text(tree_.plan_file()), before_);
}

TEST_F(SetDue, nothing_is_left_beside_the_file) {
  tree_.ask({"set", "kickoff-meeting", "--due", "03-29"});
  tree_.ask({"set", "kickoff-meeting", "--due", "04-29"});
  for (const auto& entry : std::filesystem::directory_iterator{tree_.plan_file().parent_path()}) {
    EXPECT_EQ(entry.path().extension(), ".toml") << entry.path();
  }
}

TEST_F(SetDue, a_link_stays_a_link) {
  auto real = tree_.root() / "real.toml";
  std::filesystem::rename(tree_.plan_file(), real);
  std::filesystem::create_symlink(real, tree_.plan_file());
  EXPECT_EQ(tree_.ask({"set", "kickoff-meeting", "--due", "03-29"}).code, well);
  EXPECT_TRUE(std::filesystem::is_symlink(tree_.plan_file()));
  EXPECT_THAT(ConfigTree::text(real), HasSubstr("due    = \"03-29\""));
}

TEST_F(SetDue, a_mistyped_duty_is_refused) {
  auto said = tree_.ask({"set", "kickof-meeting", "--due", "03-29"});
  EXPECT_EQ(said.code, not_asked);
  EXPECT_THAT(said.err, HasSubstr("kickoff-meeting"));
}

}  // namespace
}  // namespace duban::ctl
