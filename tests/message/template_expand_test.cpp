#include "message/template_expand.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "message/office_desk.h"

namespace duban::message {
namespace {

using testing::StartsWith;

TEST(Templates, OfThePlanWinOverTheSharedOnes) {
  auto plan = shipped_plan();
  plan.templates["footer.mustache"] = "————\n我区督办科\n";
  OfficeDesk desk{plan};
  auto text = desk.render(tables(desk, "remind", {"edu"}), "2022-05-20 09:00").text;
  EXPECT_TRUE(text.ends_with("————\n我区督办科\n")) << text;
}

TEST(Templates, KeepTheEmptyLinesTheyHaveAndNoOthers) {
  auto plan = shipped_plan();
  plan.templates["gone.mustache"] = "{{! 说明 }}\n甲{{! 旁注 }}\n{{#several}}没有{{/several}}\n"
                                    "\n{{#items}}\n{{name}}\n{{/items}}\n乙\n";
  OfficeDesk desk{plan};
  auto table = desk.assign("monthly-table", "2022-09", "health");
  auto text = desk.render({desk.telling(table, ItemKind::gone)}, "2022-08-01 09:00").text;
  EXPECT_THAT(text, StartsWith("市卫健委:\n甲\n\n9月月调度表\n乙\n\n————\n"));
}

}  // namespace
}  // namespace duban::message
