// The [[lamp]] tables of plan.toml.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "plan/plan_tree.h"

namespace duban::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Lamps {
  explicit Lamps(const std::string& text) { tree.append("plans/p/plan.toml", text); }
  PlanTree tree;
};

std::vector<std::string> words_of(const Plan& plan) {
  std::vector<std::string> words;
  for (const auto& lamp : plan.lamps) {
    words.push_back(fmt::format("{} {}: {}", colour_name(lamp.colour), lamp.word,
                                lamp_rule(lamp)));
  }
  return words;
}

TEST(LampsFile, a_plan_without_lamps_has_the_usual_ones_and_grey_is_the_last) {
  PlanTree tree;
  EXPECT_THAT(words_of(*tree.good()),
              ElementsAre("灰 等上级: 办公室手定",
                          "红 滞后超过30日: 滞后31日以上、无批准延期、已书面提醒",
                          "黄 滞后: 过了节点;或有节点、填报“滞后”",
                          "绿 按序时: 节点都完成;或节点未到期、填报“未填”或“按序时”或“已完成”",
                          "灰 未定节点: 其余"));
}

TEST(LampsFile, each_condition_is_read_and_said) {
  Lamps lamps{R"toml(
[[lamp]]
word = "整改"
colour = "orange"
regrade = "month"
when = [
  { left = "..3", done = false, moved = "2", reminders = "1..2" },
  { milestone = false, tasks = ["1.1", "1.2"], reported = "on-track" },
  { by_hand = true, extended = true },
]
[[lamp]]
word = "其他"
colour = "blue"
)toml"};
  EXPECT_THAT(words_of(*lamps.tree.good()),
              ElementsAre("橙 整改: 节点没有都完成、离节点3日以内、改期2次、书面提醒1至2次;"
                          "或没有节点、填报“按序时”、限任务1.1、1.2;"
                          "或有批准的延期、办公室手定(逐月重定)",
                          "蓝 其他: 其余"));
}

TEST(LampsFile, where_no_lamp_is_for_the_rest_grey_is_added) {
  Lamps lamps{"[[lamp]]\nword = \"滞后\"\ncolour = \"red\"\nwhen = { behind = \"1..\" }\n"};
  EXPECT_THAT(words_of(*lamps.tree.good()),
              ElementsAre("红 滞后: 过了节点", "灰 未定节点: 其余"));
}

TEST(LampsFile, never_colour_alone) {
  Lamps nameless{"[[lamp]]\ncolour = \"red\"\nwhen = { behind = \"1..\" }\n"};
  EXPECT_EQ(nameless.tree.only().code, "missing-key");
  Lamps twice{"[[lamp]]\nword = \"滞后\"\ncolour = \"yellow\"\nwhen = { behind = \"..30\" }\n"
              "[[lamp]]\nword = \"滞后\"\ncolour = \"red\"\nwhen = { behind = \"31..\" }\n"};
  EXPECT_EQ(twice.tree.only().code, "twice-used");
}

TEST(LampsFile, what_can_never_be_seen_or_never_holds_is_a_mistake) {
  Lamps shadow{"[[lamp]]\nword = \"甲\"\ncolour = \"grey\"\n"
               "[[lamp]]\nword = \"乙\"\ncolour = \"red\"\nwhen = { behind = \"1..\" }\n"};
  EXPECT_EQ(shadow.tree.only().code, "lamp-order");
  for (const auto* when : {"{ left = \"..3\", behind = \"1..\" }", "{}",
                           "{ milestone = false, behind = \"1..\" }"}) {
    Lamps never{fmt::format("[[lamp]]\nword = \"甲\"\ncolour = \"red\"\nwhen = {}\n", when)};
    EXPECT_EQ(never.tree.only().code, "lamp-form") << when;
  }
}

TEST(LampsFile, a_slip_says_what_was_meant) {
  auto mend = [](const std::string& when) {
    Lamps lamps{fmt::format("[[lamp]]\nword = \"甲\"\ncolour = \"red\"\nwhen = {}\n", when)};
    return lamps.tree.only().mend.chinese;
  };
  EXPECT_THAT(mend("{ behind = \"30-1\" }"), HasSubstr("\"31..\""));
  EXPECT_THAT(mend("{ behind = \"9..3\" }"), HasSubstr("\"31..\""));
  EXPECT_THAT(mend("{ behind = \"..\" }"), HasSubstr("\"31..\""));
  EXPECT_THAT(mend("{ behind = 3 }"), HasSubstr("引号"));
  EXPECT_THAT(mend("{ reported = \"on-trak\" }"), HasSubstr("on-track"));
  EXPECT_THAT(mend("{ behnd = \"1..\" , by_hand = true }"), HasSubstr("behind"));
  EXPECT_THAT(mend("{ tasks = \"1.3\" }"), HasSubstr("1."));
  Lamps colour{"[[lamp]]\nword = \"甲\"\ncolour = \"gray\"\n"};
  EXPECT_THAT(colour.tree.only().mend.chinese, HasSubstr("grey"));
}

TEST(LampsFile, is_bounded) {
  std::string many, ways;
  for (std::size_t i = 0; i <= limits::lamps; ++i) {
    many += fmt::format("[[lamp]]\nword = \"{}\"\ncolour = \"red\"\nwhen = {{ by_hand = true }}\n",
                        i);
  }
  EXPECT_EQ(Lamps{many}.tree.only().code, "too-many");
  for (std::size_t i = 0; i <= limits::lamp_conditions; ++i) ways += "{ by_hand = true },";
  Lamps wide{"[[lamp]]\nword = \"甲\"\ncolour = \"red\"\nwhen = [" + ways + "]\n"};
  EXPECT_EQ(wide.tree.only().code, "too-many");
  Lamps wordy{"[[lamp]]\ncolour = \"red\"\nword = \"" +
              std::string(limits::lamp_word_bytes + 1, 'x') + "\"\n"};
  auto only = wordy.tree.only();
  EXPECT_EQ(only.code, "bad-value");
  EXPECT_EQ(only.message, (Bilingual{"灯上的话太长:最多8个汉字",
                                     "the lamp's word is too long: at most 24 bytes"}));
  Lamps far{fmt::format("[[lamp]]\nword = \"甲\"\ncolour = \"red\"\n"
                        "when = {{ behind = \"{}..\" }}\n",
                        limits::lamp_number + 1)};
  EXPECT_EQ(far.tree.only().code, "bad-value");
}

}  // namespace
}  // namespace duban::plan
