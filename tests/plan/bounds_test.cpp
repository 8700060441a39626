// Files that are well written and far too much.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::HasSubstr;

TEST(Bounds, of_a_work_calendar) {
  PlanTree tree;
  tree.append("calendars/cn.toml", std::string(limits::calendar_bytes, '#'));
  EXPECT_EQ(tree.only().code, "too-large");
}

TEST(Bounds, of_an_address) {
  PlanTree tree;
  tree.in_units("a@water.example.org", std::string(limits::address_bytes + 1, 'a'));
  EXPECT_THAT(tree.only().message.chinese, HasSubstr("太长"));
}

TEST(Bounds, of_an_id) {
  PlanTree longest;
  longest.in_units("id = \"water-liaison\"",
                   "id = \"" + std::string(limits::id_bytes, 'w') + "\"");
  longest.good();
  PlanTree longer;
  longer.in_units("id = \"water-liaison\"",
                  "id = \"" + std::string(limits::id_bytes + 1, 'w') + "\"");
  EXPECT_EQ(longer.only().code, "bad-value");
}

TEST(Bounds, of_the_tasks_of_a_plan) {
  PlanTree tree;
  std::string more;
  for (std::size_t i = 0; i < limits::plan_entries; ++i) {
    more += fmt::format(R"toml(
[[task]]
id = "9.{}"
clause = "九"
name = "事"
text = "办。"
lead = ["ndrc"]
responsible = ["edu"]
)toml", i);
  }
  tree.append("plans/p/tasks.toml", more);
  auto only = tree.only();
  EXPECT_EQ(only.code, "too-many");
  auto most = std::to_string(limits::plan_entries);
  EXPECT_EQ(only.message.chinese, "[[task]] 超过" + most + "个");
  EXPECT_EQ(only.message.english, "there are more than " + most + " [[task]] tables");
}

TEST(Bounds, of_a_holiday) {
  auto with_days = [](int days) {
    PlanTree tree;
    auto to = make_day(2022, 7, 1) + std::chrono::days{days - 1};
    tree.change("calendars/cn.toml", "off = [ ",
                "off = [ { name = \"暑假\", from = \"2022-07-01\", to = \"" + format_day(to) +
                    "\" }, ");
    return tree.codes();
  };
  EXPECT_TRUE(with_days(limits::holiday_days).empty());
  EXPECT_EQ(with_days(limits::holiday_days + 1), std::vector<std::string>{"bad-value cn.toml"});
}

// Each stage of each ladder is worked out for each assignment.
TEST(Bounds, of_a_ladders_stages) {
  auto with_stages = [](std::size_t count) {
    std::string stages;
    for (auto day = count; day > 0; --day) stages += fmt::format("\"-{}d 09:00\", ", day + 1);
    PlanTree tree;
    tree.in_plan("[ladder.once]\nremind = \"-3wd 09:00\"",
                 "[ladder.once]\nremind = [" + stages + "]");
    return tree.codes();
  };
  EXPECT_TRUE(with_stages(limits::ladder_stages).empty());
  EXPECT_EQ(with_stages(limits::ladder_stages + 1), std::vector<std::string>{"too-many plan.toml"});
}

TEST(Bounds, of_a_folder) {
  PlanTree tree;
  for (std::size_t i = 0; i < limits::folder_entries; ++i) {
    tree.put(fmt::format("templates/{}", i), "");
  }
  EXPECT_TRUE(tree.codes().empty());
  tree.put("templates/one-more", "");
  EXPECT_EQ(tree.codes(), std::vector<std::string>{"too-many templates"});
}

}  // namespace
}  // namespace duban::plan
