// In which language it is told what is wrong with a plan.

#include <gtest/gtest.h>

#include "plan/load.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

constexpr auto year = "year = 2022";
constexpr auto in_english = "language = \"en\"\nyear = 2022";

TEST(Language, OfAMistakeIsThatOfItsPlan) {
  PlanTree tree;
  tree.in_plan("ladder = \"monthly\"", "ladder = \"montly\"");
  EXPECT_TRUE(format_line(tree.only()).ends_with("没有“montly”这个催办梯; 是不是“monthly”?"));
  tree.in_plan(year, in_english);
  EXPECT_TRUE(format_line(tree.only())
                  .ends_with("there is no ladder “montly”; did you mean “monthly”?"))
      << format_line(tree.only());
}

TEST(Language, IsKnownOfAFileThatCannotBeParsed) {
  PlanTree tree;
  tree.in_plan(year, in_english);
  tree.append("plans/p/plan.toml", "\nbroken = [\n");
  auto loaded = tree.load();
  ASSERT_EQ(loaded.plans.size(), 1U);
  EXPECT_EQ(loaded.plans[0].language, Tongue::english);
  ASSERT_FALSE(loaded.plans[0].diagnostics.empty());
  EXPECT_EQ(loaded.plans[0].diagnostics[0].language, Tongue::english);
}

TEST(Language, OfWhatConcernsAllPlansIsEnglishWhereEachOfThemSpeaksIt) {
  PlanTree tree;
  tree.in_plan(year, in_english);
  tree.change("calendars/cn.toml", "2022-10-09", "2022-10-10");
  EXPECT_EQ(tree.load().diagnostics.at(0).language, Tongue::english);
  for (const std::string file : {"plan.toml", "units.toml", "tasks.toml"}) {
    tree.put("plans/q/" + file, tree.text("plans/p/" + file));
  }
  EXPECT_EQ(common_language(tree.load().plans), Tongue::english);
  tree.change("plans/q/plan.toml", in_english, year);
  EXPECT_EQ(tree.load().diagnostics.at(0).language, Tongue::chinese);
}

TEST(Language, IsSeenWithoutReadingThePlans) {
  PlanTree tree;
  tree.in_plan(year, in_english);
  tree.append("plans/p/plan.toml", "\nbroken = [\n");
  tree.write();
  EXPECT_EQ(language_written_in(tree.options().plans), Tongue::english);
  tree.in_plan("language = \"en\"", "language = 'en'");
  tree.write();
  EXPECT_EQ(language_written_in(tree.options().plans), Tongue::english);
  tree.in_plan("language = 'en'", "language = \"zh\"");
  tree.write();
  EXPECT_EQ(language_written_in(tree.options().plans), Tongue::chinese);
}

TEST(Language, IsChineseWhereThereIsNoPlan) {
  EXPECT_EQ(common_language({}), Tongue::chinese);
  EXPECT_EQ(language_written_in("/nowhere"), Tongue::chinese);
}

}  // namespace
}  // namespace duban::plan
