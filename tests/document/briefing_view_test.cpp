// 季通报 from the record, every number against a count of its own.
#include "document/briefing_view.h"

#include <gmock/gmock.h>

#include "document/june.h"
#include "document/kept_record.h"
#include "document/text_form.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

BriefingView second_of(const KeptRecord& kept, const std::string& as_of = "2022-07-06 09:00") {
  auto standpoint = kept.standpoint(as_of);
  return briefing_view(standpoint, *standpoint.plan().find_duty("quarterly-briefing"), "2022-Q2");
}

std::string text_of(const BriefingView& view) {
  return write_text(view, TextForm::text, document_templates()).value();
}

const QuarterRowView& states_of(const BriefingView& view, const std::string& task) {
  for (const auto& one : view.rows) {
    if (one.task == task) return one;
  }
  throw std::out_of_range{task};
}

TEST(BriefingView, AddsUpThreeMonths) {
  KeptRecord kept;
  kept.tables("2022-04", "2022-04-24 10:00");
  kept.tables("2022-05", "2022-05-24 10:00", {"water", "tax"});
  kept.table("2022-05", "water", "2022-05-27 10:00", {});
  kept.table("2022-05", "tax", "2022-05-27 10:00", {});
  kept.tables("2022-06", "2022-06-23 10:00", {"water", "port"});
  kept.table("2022-06", "water", "2022-06-27 10:00", {});
  auto view = second_of(kept);
  EXPECT_EQ(view.expected->count, "84");
  EXPECT_EQ(view.on_time->count, std::to_string(28 + 26 + 26));
  EXPECT_EQ(view.late->count, "3");
  EXPECT_EQ(view.late->names, "5月:市水务局、市税务局;6月:市水务局");
  EXPECT_EQ(view.missing->names, "6月:武汉新港委");
  ASSERT_THAT(view.months, SizeIs(3));
  EXPECT_EQ(view.months[1].late_count, "2");
  EXPECT_EQ(view.months[2].missing_count, "1");
  EXPECT_EQ(view.late_names, "市水务局,另有1家单独沟通") << "each once, the tax office not by name";
  EXPECT_EQ(view.missing_names, "武汉新港委");
  EXPECT_EQ(view.checked_until, "7月8日(周五)");
}

TEST(BriefingView, EachMonthHasTheStatesItsOwnDispatchKnew) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 5, 20, "2022-05-10 10:00");
  kept.fact(FactKind::received, "m1", "2022", "transport", "2022-06-20 10:00");
  kept.milestone("m2", "edu", "2.5a", "联盟成立", 9, 30);
  auto view = second_of(kept);
  const auto& roads = states_of(view, "路网建设");
  EXPECT_EQ(roads.first, "未定节点") << "the milestone was not there yet";
  EXPECT_EQ(roads.second, "滞后");
  EXPECT_EQ(roads.third, "按序时");
  EXPECT_EQ(roads.colour, "绿");
  EXPECT_EQ(states_of(view, "高校合作").first, "按序时");
  EXPECT_THAT(view.rows, SizeIs(24));
}

TEST(BriefingView, ResultsAreFiguresThatUnitsReported) {
  KeptRecord kept;
  kept.table("2022-05", "edu", "2022-05-24 10:00", {row("2.5a", "签约院校30所")});
  kept.table("2022-06", "edu", "2022-06-24 10:00", {row("2.5a", "互认课程正在商定")});
  kept.table("2022-06", "medicare", "2022-06-24 10:00", {row("2.5c", "定点医院累计187家")});
  kept.table("2022-06", "health", "2022-06-24 10:00", {row("2.5b", "正在洽谈")});
  auto view = second_of(kept);
  ASSERT_THAT(view.sections, SizeIs(1));
  ASSERT_THAT(view.sections[0].entries, SizeIs(2));
  EXPECT_EQ(view.sections[0].entries[0].text, "签约院校30所");
  EXPECT_EQ(view.sections[0].entries[0].unit, "市教育局");
  EXPECT_EQ(view.sections[0].entries[1].text, "定点医院累计187家");
}

TEST(BriefingView, DifficultiesSayHowTheyEnded) {
  KeptRecord kept;
  kept.table("2022-05", "edu", "2022-05-24 10:00",
             {row("2.5a", "签约", RowState::behind, "课程互认标准不一")});
  kept.table("2022-06", "edu", "2022-06-24 10:00", {row("2.5a", "签约32所")});
  auto asks = row("2.5c", "在办", RowState::behind, "仙桃系统未对接");
  asks.asks_whom = "武圈办秘书处";
  asks.asks_what = "协调接口";
  kept.table("2022-06", "medicare", "2022-06-24 10:00", {asks});
  kept.table("2022-06", "port", "2022-06-24 10:00",
             {row("2.2c", "在办", RowState::behind, "航道水深不足")});
  auto view = second_of(kept);
  ASSERT_THAT(view.difficulties, SizeIs(3));
  EXPECT_EQ(view.difficulties[0].outcome, "正在办理");
  EXPECT_EQ(view.difficulties[0].raised_by, "武汉新港委");
  EXPECT_EQ(view.difficulties[1].outcome, "6月起未再提出");
  EXPECT_EQ(view.difficulties[2].outcome, "6月已提出请武圈办秘书处协调接口");
}

TEST(BriefingView, OpinionsAreActionsOfVisitsAndMeetingsWithMembers) {
  KeptRecord kept;
  kept.action("a1", "transport", "加快打通断头路", "6月16日委员视察", 7, 15);
  kept.action("a2", "edu", "核定互认课程", "5月调度会议定", 7, 20);
  auto view = second_of(kept);
  ASSERT_THAT(view.opinions, SizeIs(1));
  EXPECT_EQ(view.opinions[0].opinion, "加快打通断头路");
  EXPECT_EQ(view.opinions[0].due, "7月15日");
}

TEST(BriefingView, WhatIsRecordedLaterChangesNoByte) {
  KeptRecord kept;
  kept.milestone("m1", "transport", "2.2a", "累计开工20条", 5, 20);
  kept.tables("2022-04", "2022-04-24 10:00");
  kept.tables("2022-05", "2022-05-24 10:00");
  auto before = text_of(second_of(kept));
  kept.fact(FactKind::received, "m1", "2022", "transport", "2022-05-20 10:00", "2022-07-08 10:00");
  kept.fact(FactKind::received, "monthly-table", "2022-06", "edu", "2022-06-20 10:00",
            "2022-07-08 10:00");
  EXPECT_EQ(text_of(second_of(kept)), before);
  EXPECT_NE(text_of(second_of(kept, "2022-07-09 09:00")), before);
}

TEST(BriefingView, NothingRecordedReadsWell) {
  auto view = second_of(KeptRecord{});
  EXPECT_EQ(view.missing->count, "84");
  auto text = text_of(view);
  for (const char* said : {"本季度各单位没有报成效数据。", "四、难点及解决情况\n无。",
                           "本季度没有登记委员意见。", "2022年二季度"}) {
    EXPECT_THAT(text, HasSubstr(said));
  }
  EXPECT_THAT(text, Not(HasSubstr("第期")));
  EXPECT_THAT(view.late_names, IsEmpty());
}

}  // namespace
}  // namespace duban::document
