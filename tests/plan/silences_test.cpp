// Planned silences, and the hours of units, as the files write them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/load.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Silences : public ::testing::Test {
 protected:
  void add(const std::string& text) { tree_.append("plans/p/plan.toml", text); }
  PlanTree tree_;
};

TEST_F(Silences, AreReadWithWhomTheyMute) {
  add(R"(
[[silence]]
from = "06-20"
to = "07-31"
units = ["edu"]
stage = "remind"
why = "防汛"
)");
  auto plan = tree_.good();
  ASSERT_TRUE(plan);
  ASSERT_THAT(plan->silences, SizeIs(1));
  const auto& silence = plan->silences[0];
  EXPECT_THAT(silence.units, ElementsAre("edu"));
  EXPECT_THAT(silence.duties, IsEmpty());
  EXPECT_EQ(silence.stage, StageKind::remind);
  EXPECT_EQ(format_day(silence.from), "2022-06-20");
}

TEST_F(Silences, OfAnUnknownUnitAreAMistakeAtItsPlace) {
  add("\n[[silence]]\nfrom = \"06-20\"\nto = \"07-31\"\nunits = [\"edux\"]\nwhy = \"x\"\n");
  auto only = tree_.only();
  EXPECT_EQ(only.code, "unknown-unit");
  EXPECT_EQ(only.message, (Bilingual{"没有“edux”这个单位", "there is no unit “edux”"}));
  EXPECT_THAT(only.mend.chinese, HasSubstr("edu"));
}

TEST_F(Silences, ThatEndBeforeTheyBeginAreAMistake) {
  add("\n[[silence]]\nfrom = \"07-20\"\nto = \"06-20\"\nwhy = \"x\"\n");
  EXPECT_THAT(tree_.only().message.chinese, HasSubstr("之前"));
}

TEST_F(Silences, WithoutAReasonAreAMistake) {
  add("\n[[silence]]\nfrom = \"06-20\"\nto = \"07-20\"\n");
  EXPECT_THAT(tree_.only().message.chinese, HasSubstr("why"));
}

TEST_F(Silences, HoursOfAUnitAreSpansOfTheDay) {
  tree_.change("plans/p/units.toml", "id = \"edu\"",
               "id = \"edu\"\nhours = \"09:00..17:00\"\nquiet = \"22:00..07:00\"");
  auto plan = tree_.good();
  ASSERT_TRUE(plan);
  const auto& window = plan->find_unit("edu")->window;
  EXPECT_EQ(window.hours, (DaySpan{Seconds{9 * 3600}, Seconds{17 * 3600}}));
  EXPECT_TRUE(window.quiet->contains(Seconds{3600}));
}

TEST_F(Silences, HoursThatRunBackwardsAreAMistake) {
  tree_.change("plans/p/units.toml", "id = \"edu\"",
               "id = \"edu\"\nhours = \"17:00..09:00\"");
  EXPECT_THAT(tree_.only().mend.chinese, HasSubstr("08:30..17:30"));
}

}  // namespace
}  // namespace duban::plan
