// The plan that is shipped, by the numbers of its document.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "plan/load.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

TEST(ShippedPlan, has_the_documents_numbers) {
  auto config = std::filesystem::path{DUBAN_SOURCE_DIR} / "config";
  if (!std::filesystem::exists(config)) GTEST_SKIP() << "no config/ in this tree";
  auto loaded = load({config / "plans", config / "calendars", config / "templates",
                      {"folder", "drop"}});
  for (const auto& d : loaded.diagnostics) ADD_FAILURE() << format_line(d);
  ASSERT_FALSE(loaded.plans.empty());
  for (const auto& d : loaded.plans[0].diagnostics) {
    EXPECT_EQ(d.severity, Severity::warning) << format_line(d);
  }
  ASSERT_TRUE(loaded.plans[0].plan);
  const auto& plan = *loaded.plans[0].plan;
  EXPECT_EQ(plan.phases.size(), 4U);
  EXPECT_EQ(plan.units.size(), 43U);
  EXPECT_EQ(plan.tasks.size(), 24U);
  std::size_t leads = 0, responsible = 0, rows = 0;
  for (const auto& task : plan.tasks) {
    leads += task.leads.size();
    responsible += task.responsible.size();
  }
  EXPECT_EQ(leads, 15U);
  EXPECT_EQ(responsible, 93U);
  const auto* table = plan.find_duty("monthly-table");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->who.size(), 28U);
  for (const auto& unit : table->who) rows += plan.rows_of(*table, unit, "").size();
  EXPECT_EQ(rows, 53U);
}

// The lamps that the plan's remarks show are those that apply without them.
TEST(ShippedPlan, shows_the_usual_lamps_in_its_remarks) {
  auto file = std::filesystem::path{DUBAN_SOURCE_DIR} / "config/plans/wuhan-2022-1/plan.toml";
  std::ifstream stream{file};
  std::string lamps, line;
  while (std::getline(stream, line)) {
    if (line == "# [[lamp]]") lamps += "[[lamp]]\n";
    else if (!lamps.empty() && line.empty()) break;
    else if (!lamps.empty()) lamps += line.substr(1) + "\n";
  }
  PlanTree tree;
  tree.append("plans/p/plan.toml", lamps);
  auto read = tree.good()->lamps, usual = usual_lamps();
  ASSERT_EQ(read.size(), usual.size());
  for (std::size_t i = 0; i < usual.size(); ++i) {
    EXPECT_EQ(read[i].word, usual[i].word);
    EXPECT_EQ(read[i].colour, usual[i].colour);
    EXPECT_EQ(lamp_rule(read[i]), lamp_rule(usual[i]));
  }
}

}  // namespace
}  // namespace duban::plan
