// Which lamp stands on a task: as usual, and as five places have it, each said as plan data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/plan_tree.h"
#include "schedule/lamp.h"

namespace duban::schedule {
namespace {


constexpr auto today = 20;

TaskStanding none() { return {}; }
TaskStanding left(int days) { return {.has_milestone = true, .days_to_milestone = days}; }
TaskStanding behind(int days) { return left(-days); }
TaskStanding done() { return {.has_milestone = true, .all_done = true}; }
TaskStanding reported(TaskStanding standing, RowState state) {
  standing.reported = state;
  return standing;
}
TaskStanding by_hand(TaskStanding standing, std::string word, unsigned month = 6) {
  standing.by_hand = std::move(word);
  standing.by_hand_on = make_day(2022, month, 10);
  return standing;
}

class Place {
 public:
  explicit Place(const std::string& lamps) {
    plan::PlanTree tree;
    tree.append("plans/p/plan.toml", lamps);
    plan_ = tree.good();
  }

  /// On 20 June 2022.
  std::string lamp(const TaskStanding& standing, std::string_view task = "1.1") const {
    const auto& lamp = lamp_of(*plan_, task, standing, make_day(2022, 6, today));
    return std::string{plan::colour_name(lamp.colour)} + " " + lamp.word;
  }

 private:
  std::shared_ptr<const plan::Plan> plan_;
};

TEST(Lamp, is_grey_and_not_green_where_nothing_is_known) {
  Place usual{""};
  EXPECT_EQ(usual.lamp(none()), "灰 未定节点");
  EXPECT_EQ(usual.lamp(reported(none(), RowState::done)), "灰 未定节点") << "no self-praise";
  EXPECT_EQ(usual.lamp(reported(none(), RowState::behind)), "灰 未定节点");
  plan::Plan bare;
  EXPECT_EQ(lamp_of(bare, "1.1", none(), make_day(2022, 6, today)).word, "未定节点");
}

TEST(Lamp, is_usually_green_ahead_of_the_milestone_and_yellow_behind_it) {
  Place usual{""};
  EXPECT_EQ(usual.lamp(left(12)), "绿 按序时");
  EXPECT_EQ(usual.lamp(left(0)), "绿 按序时") << "the day itself is still in time";
  EXPECT_EQ(usual.lamp(done()), "绿 按序时");
  EXPECT_EQ(usual.lamp(behind(1)), "黄 滞后");
  EXPECT_EQ(usual.lamp(behind(30)), "黄 滞后");
  EXPECT_EQ(usual.lamp(reported(left(12), RowState::behind)), "黄 滞后") << "it says so itself";
  EXPECT_EQ(usual.lamp(reported(left(12), RowState::undated)), "灰 未定节点");
}

TEST(Lamp, is_red_only_after_thirty_days_without_extension_and_with_a_written_reminder) {
  Place usual{""};
  auto late = behind(31);
  EXPECT_EQ(usual.lamp(late), "黄 滞后") << "nobody was reminded in writing";
  late.reminders = 1;
  EXPECT_EQ(usual.lamp(late), "红 滞后超过30日");
  EXPECT_EQ(usual.lamp(reported(late, RowState::undated)), "红 滞后超过30日")
      << "a unit's own word puts no lamp out";
  late.extended = true;
  EXPECT_EQ(usual.lamp(late), "黄 滞后");
  EXPECT_EQ(usual.lamp(by_hand(late, "等上级")), "灰 等上级");
}

TEST(Lamp, of_yichang_green_on_track_yellow_near_the_day_red_behind) {
  Place yichang{R"toml(
[[lamp]]
word = "滞后"
colour = "red"
when = { behind = "1.." }
[[lamp]]
word = "临近"
colour = "yellow"
when = { left = "..7" }
[[lamp]]
word = "正常"
colour = "green"
when = [{ left = "8.." }, { done = true }]
)toml"};
  EXPECT_EQ(yichang.lamp(left(8)), "绿 正常");
  EXPECT_EQ(yichang.lamp(left(7)), "黄 临近");
  EXPECT_EQ(yichang.lamp(left(0)), "黄 临近");
  EXPECT_EQ(yichang.lamp(behind(1)), "红 滞后");
  EXPECT_EQ(yichang.lamp(done()), "绿 正常");
  EXPECT_EQ(yichang.lamp(none()), "灰 未定节点");
}

TEST(Lamp, of_xian_yellow_three_days_before_then_red) {
  Place xian{R"toml(
[[lamp]]
word = "超期"
colour = "red"
when = { behind = "1.." }
[[lamp]]
word = "三日内到期"
colour = "yellow"
when = { left = "..3", done = false }
)toml"};
  EXPECT_EQ(xian.lamp(left(4)), "灰 未定节点");
  EXPECT_EQ(xian.lamp(left(3)), "黄 三日内到期");
  EXPECT_EQ(xian.lamp(behind(1)), "红 超期");
}

TEST(Lamp, of_suqian_blue_near_yellow_behind_or_poor_red_overdue) {
  Place suqian{R"toml(
[[lamp]]
word = "红单:逾期"
colour = "red"
when = { behind = "1.." }
[[lamp]]
word = "黄单"
colour = "yellow"
when = [{ reported = "behind" }, { by_hand = true }]     # 进度滞后,或办公室认为质量不高
[[lamp]]
word = "蓝单:临近"
colour = "blue"
when = { left = "..5" }
)toml"};
  EXPECT_EQ(suqian.lamp(left(5)), "蓝 蓝单:临近");
  EXPECT_EQ(suqian.lamp(reported(left(5), RowState::behind)), "黄 黄单");
  EXPECT_EQ(suqian.lamp(by_hand(left(40), "黄单", 1)), "黄 黄单");
  EXPECT_EQ(suqian.lamp(by_hand(behind(2), "黄单")), "红 红单:逾期");
  EXPECT_EQ(suqian.lamp(left(40)), "灰 未定节点");
}

TEST(Lamp, of_sanming_climbs_with_each_new_time_limit_and_what_matters_starts_at_orange) {
  Place sanming{R"toml(
[[lamp]]
word = "红灯督办"
colour = "red"
when = [{ behind = "1..", moved = "2.." }, { behind = "1..", moved = "1", tasks = ["1.2"] }]
[[lamp]]
word = "橙灯督办"
colour = "orange"
when = [{ behind = "1..", moved = "1" }, { behind = "1..", tasks = ["1.2"] }]
[[lamp]]
word = "蓝灯督办"
colour = "blue"
when = { behind = "1.." }
)toml"};
  auto moved = [](int times) {
    auto standing = behind(1);
    standing.moved = times;
    return standing;
  };
  EXPECT_EQ(sanming.lamp(moved(0)), "蓝 蓝灯督办");
  EXPECT_EQ(sanming.lamp(moved(1)), "橙 橙灯督办");
  EXPECT_EQ(sanming.lamp(moved(2)), "红 红灯督办");
  EXPECT_EQ(sanming.lamp(moved(0), "1.2"), "橙 橙灯督办");
  EXPECT_EQ(sanming.lamp(moved(1), "1.2"), "红 红灯督办");
  EXPECT_EQ(sanming.lamp(left(3)), "灰 未定节点") << "its new time limit runs";
}

TEST(Lamp, of_yanzhou_graded_by_hand_each_month) {
  Place yanzhou{R"toml(
[[lamp]]
word = "A已完成"
colour = "green"
when = { done = true }
[[lamp]]
word = "D年内难成"
colour = "red"
when = { by_hand = true }
regrade = "month"
[[lamp]]
word = "C年内可成"
colour = "yellow"
when = { by_hand = true }
regrade = "month"
[[lamp]]
word = "B按计划"
colour = "blue"
when = [{ left = "0.." }, { reported = "on-track" }]
)toml"};
  EXPECT_EQ(yanzhou.lamp(done()), "绿 A已完成");
  EXPECT_EQ(yanzhou.lamp(by_hand(done(), "D年内难成")), "绿 A已完成");
  EXPECT_EQ(yanzhou.lamp(left(100)), "蓝 B按计划");
  EXPECT_EQ(yanzhou.lamp(reported(none(), RowState::on_track)), "蓝 B按计划");
  EXPECT_EQ(yanzhou.lamp(by_hand(left(100), "C年内可成")), "黄 C年内可成");
  EXPECT_EQ(yanzhou.lamp(by_hand(behind(9), "D年内难成")), "红 D年内难成");
  EXPECT_EQ(yanzhou.lamp(by_hand(left(100), "C年内可成", 5)), "蓝 B按计划")
      << "last month's grade has lapsed";
}

}  // namespace
}  // namespace duban::schedule
