// What units write into tables, as rows of the record.
#include "document/table_reading.h"

#include <gmock/gmock.h>

#include "base/limits.h"
#include "message/office_desk.h"

namespace duban::document {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using message::shipped_plan;
using schedule::SubmittedRow;

const plan::Duty& monthly_table() { return *shipped_plan().find_duty("monthly-table"); }

TableOf table_of(std::string_view unit) { return {shipped_plan(), monthly_table(), unit, {}}; }

TableReading reading(std::string_view unit, const std::string& text) {
  auto cells = read_sheet(text);
  EXPECT_TRUE(cells.has_value());
  if (!cells) return {};
  auto read = read_table(*cells, table_of(unit));
  EXPECT_TRUE(read.has_value()) << read.error().message.chinese;
  return read ? *read : TableReading{};
}

TableFault fault_of(std::string_view unit, const std::string& text) {
  auto cells = read_sheet(text);
  EXPECT_TRUE(cells.has_value());
  auto read = read_table(cells.value_or(Cells{}), table_of(unit));
  EXPECT_FALSE(read.has_value());
  return read ? TableFault{} : read.error();
}

std::vector<std::string> codes(const TableReading& read) {
  std::vector<std::string> all;
  for (const auto& one : read.remarks) all.push_back(one.code);
  return all;
}

// The clause that a row with these two cells is taken for.
std::string clause_of(std::string_view unit, const std::string& clause, const std::string& task) {
  auto read = reading(unit, "条款,任务,本月进展\n\"" + clause + "\",\"" + task + "\",有进展\n");
  EXPECT_EQ(read.rows.size(), 1U) << clause << " " << task;
  return read.rows.empty() ? "" : read.rows.front().clause;
}

TEST(TableReading, OurOwnTableIsReadRowByRow) {
  auto read = reading("transport",
                      "5月月调度表(市交通运输局)\n"
                      "填报说明:没有新进展的写“本月无变化”\n"
                      "条款,任务,本月进展(300字以内),节点状态,存在问题,请谁,做什么,何时要\n"
                      "二(一)1,推进机制,本月无变化,,,,,\n"
                      "二(二)1,专项规划,完成初稿,正常,,,,\n"
                      "二(二)2,路网建设,打通2条,滞后,\"缺:青山区、市城建局\n征地未完\","
                      "市自然资源规划局,批用地,6月10日\n"
                      "二(二)5,跨界水体共治,,未定节点,,,,\n"
                      "\n注:路网含各区数\n");
  EXPECT_THAT(
      read.rows,
      ElementsAre(SubmittedRow{.clause = "1.1", .unchanged = true},
                  SubmittedRow{.clause = "2.1c",
                               .progress = "完成初稿",
                               .state = RowState::on_track},
                  SubmittedRow{.clause = "2.2a",
                               .progress = "打通2条",
                               .state = RowState::behind,
                               .problem = "征地未完",
                               .asks_whom = "市自然资源规划局",
                               .asks_what = "批用地",
                               .asks_by = "6月10日",
                               .lacks = {"qingshan", "construction"}},
                  SubmittedRow{.clause = "2.5e", .state = RowState::undated}));
  EXPECT_THAT(read.remarks, IsEmpty());
}

TEST(TableReading, AClauseIsFoundHoweverItIsWritten) {
  for (const char* written : {"二(二)5", "二\uFF08二\uFF095", "二 (二) 5", "二、(二)5.", "二㈡⑤",
                              "第二(二)5条", "二【二】5", "2.5c", "2.5C"}) {
    EXPECT_EQ(clause_of("medicare", written, ""), "2.5c") << written;
  }
  EXPECT_EQ(clause_of("medicare", "", "异地就医直接结算"), "2.5c");
  EXPECT_EQ(clause_of("medicare", "", "2.5c"), "2.5c");
  EXPECT_EQ(clause_of("medicare", "二(二)5 异地就医直接结算", ""), "2.5c");
  EXPECT_EQ(clause_of("medicare", "", shipped_plan().find_task("2.5c")->text), "2.5c");
  // In its own words, beside a clause that is one row of its table.
  EXPECT_EQ(clause_of("medicare", "二(二)5", "医保结算"), "2.5c");
  EXPECT_EQ(clause_of("data", "二(三)", "财税金融体制"), "3c");
  EXPECT_EQ(clause_of("ndrc", "二(四)", ""), "4");
}

TEST(TableReading, WordsOfOneClauseThatHoldTheNameOfAnotherStayItsOwn) {
  const auto* task = shipped_plan().find_task("2.5a");
  ASSERT_NE(task->text.find("政务通办"), std::string::npos);
  EXPECT_EQ(clause_of("edu", "", task->text), "2.5a");
  EXPECT_EQ(clause_of("edu", "二(二)5", "高校合作交流"), "2.5a");
}

TEST(TableReading, ARowThatIsNotUnderstoodIsKeptAsItIsWritten) {
  auto read = reading("transport",
                      "条款,任务,进展情况\n二(九)9,,开了会\n二(二)5,,只有一项是它的\n"
                      "二(二)1,四网融合,自相矛盾\n");
  ASSERT_EQ(read.rows.size(), 3U);
  EXPECT_EQ(read.rows[0].clause, "二(九)9");
  EXPECT_EQ(read.rows[0].progress, "开了会");
  // 2.5e is the only one of its own under that clause.
  EXPECT_EQ(read.rows[1].clause, "2.5e");
  EXPECT_THAT(codes(read), ElementsAre("unknown-row", "unknown-row"));
  EXPECT_EQ(place_words(read.remarks.front()).chinese, "第2行A列");
  EXPECT_EQ(clause_of("water", "二(二)5", ""), "2.5e");
  auto several = reading("science", "条款,任务,进展\n二(二)3,,建了平台\n");
  EXPECT_EQ(several.rows.front().clause, "二(二)3");
  EXPECT_THAT(codes(several), ElementsAre("unknown-row"));
}

TEST(TableReading, ARowOfAnotherUnitIsUnderstoodAndRemarked) {
  auto read = reading("medicare", "条款,任务,进展\n二(二)5,医疗合作,代填\n");
  EXPECT_EQ(read.rows.front().clause, "2.5b");
  EXPECT_THAT(codes(read), ElementsAre("not-its-row"));
}

TEST(TableReading, ColumnsMayBeCalledOtherwiseAndStandInAnyOrder) {
  auto read = reading("medicare",
                      "序号,状态,工作任务,5月份进展情况,存在的问题,需协调事项,,\n"
                      ",,,,,请谁,做什么,何时要\n"
                      "1,按序时推进,异地就医直接结算,开通3家,缺数据,市数据局,给接口,6月\n");
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows.front(),
            (SubmittedRow{.clause = "2.5c",
                          .progress = "开通3家",
                          .state = RowState::on_track,
                          .problem = "缺数据",
                          .asks_whom = "市数据局",
                          .asks_what = "给接口",
                          .asks_by = "6月"}));
}

TEST(TableReading, StatesAreUnderstoodByTheirWords) {
  auto state_of = [](const std::string& written) {
    auto read = reading("medicare", "条款,进展,状态\n2.5c,x," + written + "\n");
    return read.remarks.empty() ? std::optional{read.rows.front().state} : std::nullopt;
  };
  EXPECT_EQ(state_of("已完成"), RowState::done);
  EXPECT_EQ(state_of("正常(按序时)"), RowState::on_track);
  EXPECT_EQ(state_of("滞后"), RowState::behind);
  EXPECT_EQ(state_of("未定节点"), RowState::undated);
  EXPECT_EQ(state_of(""), RowState::unsaid);
  EXPECT_EQ(state_of("还行"), std::nullopt);
  // What was written there is not lost.
  auto kept = reading("medicare", "条款,进展,状态\n2.5c,x,还行\n").rows.front();
  EXPECT_EQ(kept.progress, "x\n状态:还行");
}

TEST(TableReading, NoChangeIsAnAnswerOfARowAndOfAll) {
  for (const char* said : {"本月无变化", "无变化", "无变化。", "“无变化”", "同上月", "(无变化)",
                           "无新进展"}) {
    auto read = reading("transport", said);
    EXPECT_EQ(read.rows, rows_unchanged(table_of("transport"))) << said;
  }
  EXPECT_THAT(rows_unchanged(table_of("medicare")),
              ElementsAre(SubmittedRow{.clause = "2.5c", .unchanged = true}));
  auto row = reading("medicare", "条款,进展,状态\n2.5c,同上月,滞后\n").rows.front();
  EXPECT_EQ(row, (SubmittedRow{.clause = "2.5c", .unchanged = true, .state = RowState::behind}));
  // 无变化 within a longer text is no answer, but a text.
  EXPECT_FALSE(reading("medicare", "条款,进展\n2.5c,总体无变化但新增2家\n").rows.front().unchanged);
}

TEST(TableReading, ATextThatGoesOnBelowBelongsToTheRowAbove) {
  auto read = reading("medicare", "条款,任务,进展\n2.5c,,一是开通\n,,二是联网\n2.5c,,三是宣传\n");
  ASSERT_EQ(read.rows.size(), 1U);
  EXPECT_EQ(read.rows.front().progress, "一是开通\n二是联网\n三是宣传");
  EXPECT_THAT(codes(read), ElementsAre("row-twice"));
}

TEST(TableReading, WhatIsPutTogetherOfSeveralCellsIsBoundedToo) {
  std::string most(limits::sheet_cell_bytes, 'x');
  EXPECT_EQ(reading("medicare", "条款,进展\n2.5c," + most + "\n").rows.size(), 1U);
  EXPECT_EQ(fault_of("medicare", "条款,进展\n2.5c," + most + "\n,y\n").code, "cell-too-long");
  EXPECT_EQ(fault_of("medicare", "条款,进展,状态\n2.5c," + most + ",还行\n").code,
            "cell-too-long");
  EXPECT_EQ(fault_of("medicare", "条款,任务,进展\n九," + most + ",z\n").code, "cell-too-long");
}

TEST(TableReading, UnitsThatAreMissingAreFoundByTheirNames) {
  auto read = reading("transport",
                      "条款,任务,进展,缺×单位\n"
                      ",路网建设,x,\"东湖高新区、武汉市城建局\uFF0C某某局\"\n");
  EXPECT_THAT(read.rows.front().lacks, ElementsAre("donghu", "construction", "某某局"));
}

TEST(TableReading, WhatAPersonGotWrongIsSaidWithItsPlace) {
  EXPECT_EQ(fault_of("medicare", "甲,乙\n1,2\n").code, "no-head");
  EXPECT_EQ(fault_of("medicare", "条款,进展\n").code, "no-rows");
  auto lost = fault_of("medicare", "条款,进展\n,没有条款\n");
  EXPECT_EQ(lost.code, "no-clause");
  EXPECT_EQ(place_words(lost), (Bilingual{"第2行", "row 2"}));
  for (const auto& fault : {fault_of("medicare", "甲\n"), lost}) EXPECT_FALSE(fault.mend.empty());
}

TEST(TableReading, TheHeadIsLookedForAmongTheFirstRowsOnly) {
  auto below = [](std::size_t rows) {
    std::string text;
    for (std::size_t i = 0; i < rows; ++i) text += "通知" + std::to_string(i) + "\n";
    return text + "条款,进展\n2.5c,x\n";
  };
  EXPECT_EQ(reading("medicare", below(limits::sheet_head_rows - 1)).rows.size(), 1U);
  EXPECT_EQ(fault_of("medicare", below(limits::sheet_head_rows)).code, "no-head");
}

}  // namespace
}  // namespace duban::document
