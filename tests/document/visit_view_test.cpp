// 一页纸 from the record.
#include "document/visit_view.h"

#include <gmock/gmock.h>

#include "document/kept_record.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(VisitView, HasAPageForEachUnitWithThreeMonths) {
  KeptRecord kept;
  kept.milestone("m1", "medicare", "2.5c", "九市联网", 10, 20);
  kept.fact(FactKind::received, "work-plan", "2022", "medicare", "2022-03-30 10:00");
  kept.table("2022-08", "medicare", "2022-08-24 10:00", {row("2.5c", "累计150家")});
  kept.table("2022-10", "medicare", "2022-10-25 10:00",
             {row("2.5c", "累计187家", RowState::behind, "系统未对接")});
  auto asks = row("2.5c", "累计160家");
  asks.asks_whom = "武圈办秘书处";
  asks.asks_what = "协调接口";
  asks.asks_by = "10月底";
  kept.table("2022-09", "medicare", "2022-09-23 10:00", {asks});
  auto standpoint = kept.standpoint("2022-11-08 09:00");
  auto view = visit_view(standpoint, {"medicare", "edu"});
  EXPECT_EQ(view.day, "2022年11月8日");
  ASSERT_THAT(view.stops, SizeIs(2));
  EXPECT_EQ(view.stops[0].unit, "市医保局");
  ASSERT_THAT(view.stops[0].tasks, SizeIs(1));
  const auto& task = view.stops[0].tasks[0];
  EXPECT_EQ(task.milestone, "九市联网 10月20日");
  EXPECT_EQ(task.milestone_source, "具体工作方案3月30日报");
  EXPECT_EQ(task.state, "滞后");
  ASSERT_THAT(task.months, SizeIs(3));
  EXPECT_EQ(task.months[0].month, "8月");
  EXPECT_EQ(task.months[2].said, "累计187家");
  EXPECT_EQ(task.months[2].source, "10月25日报");
  ASSERT_THAT(task.asks, SizeIs(1));
  EXPECT_EQ(task.asks[0].giver, "武圈办秘书处");
  EXPECT_EQ(task.asks[0].asked, "协调接口");
  EXPECT_EQ(task.asks[0].raised_in, "9月月调度表");
  EXPECT_EQ(view.stops[1].tasks[0].months[2].said, "未报");
  EXPECT_EQ(view.stops[1].tasks[0].milestone, "未定");
}

TEST(VisitView, WhatIsStuckGoesBeforeWhatAPageHasNoRoomFor) {
  KeptRecord kept;
  kept.milestone("m1", "ndrc", "4", "赴京汇报", 6, 30);
  auto view = visit_view(kept.standpoint("2022-11-08 09:00"), {"ndrc"});
  const auto& stop = view.stops.front();
  ASSERT_THAT(stop.tasks, SizeIs(2));
  EXPECT_EQ(stop.tasks[0].task, "中长期规划");
  EXPECT_EQ(stop.tasks[1].task, "争取国家支持");
  EXPECT_THAT(stop.others, HasSubstr("四网融合(未定节点)"));
  EXPECT_THAT(stop.others, Not(HasSubstr("争取国家支持")));
}

TEST(VisitView, AUnitThatOnlySupportsHasWhatNamesIt) {
  KeptRecord kept;
  auto view = visit_view(kept.standpoint("2022-11-08 09:00"), {"qingshan"});
  ASSERT_THAT(view.stops.front().tasks, SizeIs(1));
  EXPECT_EQ(view.stops.front().tasks[0].task, "路网建设");
  EXPECT_EQ(view.stops.front().tasks[0].months.at(0).said, "由牵头单位填报");
  EXPECT_THAT(view.stops.front().others, IsEmpty());
}

}  // namespace
}  // namespace duban::document
