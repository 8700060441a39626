// 台账 from the record.
#include "document/register_view.h"

#include <gmock/gmock.h>

#include "document/kept_record.h"

namespace duban::document {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

RegisterView register_of(const KeptRecord& kept, const std::string& as_of) {
  auto standpoint = kept.standpoint(as_of);
  return register_view(standpoint, *standpoint.plan().find_duty("milestone-register"), "2022");
}

std::vector<RegisterRowView> rows_of(const RegisterView& view, const std::string& task) {
  std::vector<RegisterRowView> rows;
  for (const auto& one : view.rows) {
    if (one.task == task) rows.push_back(one);
  }
  return rows;
}

TEST(RegisterView, OfAPlanJustBegunHasALineForEachClause) {
  auto view = register_of(KeptRecord{}, "2022-03-28 09:00");
  ASSERT_THAT(view.rows, SizeIs(24));
  EXPECT_EQ(view.title, "市政协十四届一次会议1号建议案办理工作任务分解台账");
  EXPECT_EQ(view.source, "武政办〔2022〕29号");
  EXPECT_EQ(view.as_of, "2022年3月28日9:00");
  auto roads = rows_of(view, "路网建设").front();
  EXPECT_EQ(roads.serial, "7");
  EXPECT_EQ(roads.leads, "市交通运输局、市城建局");
  EXPECT_EQ(roads.reporters, "市交通运输局");
  EXPECT_EQ(roads.due, "未定");
  EXPECT_EQ(roads.state, "未定节点");
  EXPECT_THAT(roads.progress, IsEmpty());
}

TEST(RegisterView, HasALineForEachMilestoneByItsDate) {
  KeptRecord kept;
  kept.milestone("m2", "construction", "2.2a", "通车6条", 9, 30);
  kept.milestone("m1", "transport", "2.2a", "开工20条", 5, 20);
  kept.fact(FactKind::received, "m1", "2022", "transport", "2022-05-18 10:00");
  kept.fact(FactKind::extended, "m2", "2022", "construction", "2022-06-01 10:00").time =
      KeptRecord::at("2022-10-31 17:00");
  kept.table("2022-05", "transport", "2022-05-24 10:00",
             {row("2.2a", "开工21条", RowState::on_track, "用地未批")});
  kept.table("2022-06", "transport", "2022-06-24 10:00", {{.clause = "2.2a", .unchanged = true}});
  auto rows = rows_of(register_of(kept, "2022-06-28 10:00"), "路网建设");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].milestone, "开工20条(市交通运输局)");
  EXPECT_EQ(rows[0].due, "2022-05-20");
  EXPECT_EQ(rows[0].closed, "2022-05-18");
  EXPECT_EQ(rows[0].progress, "开工21条");
  EXPECT_EQ(rows[0].said_in, "5月") << "what was said last with words";
  EXPECT_EQ(rows[0].problem, "用地未批");
  EXPECT_EQ(rows[1].due, "2022-10-31");
  EXPECT_EQ(rows[1].note, "延期,原定9月30日");
  EXPECT_EQ(rows[1].serial, rows[0].serial);
  EXPECT_EQ(rows[1].state, "按序时");
}

TEST(RegisterView, SeveralReportersEachSayTheirPart) {
  KeptRecord kept;
  kept.table("2022-05", "finance", "2022-05-24 10:00", {row("3a", "办法初稿完成")});
  auto statistics = row("3a", "口径已统一");
  statistics.asks_whom = "市财政局";
  statistics.asks_what = "提供税收分成数据";
  statistics.asks_by = "7月10日前";
  kept.table("2022-06", "statistics", "2022-06-24 10:00", {statistics});
  auto only = rows_of(register_of(kept, "2022-06-28 10:00"), "利益分享").front();
  EXPECT_EQ(only.progress, "5月市财政局:办法初稿完成\n6月市统计局:口径已统一");
  EXPECT_THAT(only.said_in, IsEmpty());
  EXPECT_EQ(only.asked, "请市财政局提供税收分成数据,7月10日前");
}

}  // namespace
}  // namespace duban::document
