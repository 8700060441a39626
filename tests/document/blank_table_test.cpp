// The form that a unit gets, and that it comes back as it went.
#include "document/blank_table.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "document/cell_text.h"
#include "document/package.h"
#include "document/table_words.h"
#include "message/office_desk.h"

namespace duban::document {
namespace {

using ::testing::HasSubstr;
using message::shipped_plan;
using schedule::SubmittedRow;

TableOf table_of(std::string_view unit) {
  return {shipped_plan(), *shipped_plan().find_duty("monthly-table"), unit, {}};
}

BlankTableHead head() {
  return {"5月月调度表", "市交通运输局", "请于5月25日(周三)17:00前报领导小组办公室",
          Instant{Seconds{1653008400}}};
}

std::vector<SubmittedRow> last_month() {
  return {{.clause = "2.2a",
           .progress = "开工3条\n其余前期",
           .state = RowState::behind,
           .problem = "征地未完",
           .asks_whom = "市自然资源规划局",
           .asks_what = "批用地",
           .asks_by = "6月10日",
           .lacks = {"qingshan", "某某局"}},
          {.clause = "1.1", .unchanged = true},
          {.clause = "4", .progress = "不是它的"}};
}

TableReading read_back(const std::string& bytes, std::string_view unit) {
  auto cells = read_sheet(bytes);
  EXPECT_TRUE(cells.has_value());
  if (!cells) return {};
  auto read = read_table(*cells, table_of(unit));
  EXPECT_TRUE(read.has_value());
  return read ? *read : TableReading{};
}

TEST(BlankTable, LastMonthsTextsStandInTheRowsOfTheUnit) {
  auto read = read_back(blank_table(table_of("transport"), head(), last_month()), "transport");
  EXPECT_TRUE(read.remarks.empty());
  ASSERT_EQ(read.rows.size(), 4U);
  EXPECT_EQ(read.rows[0], last_month()[1]);
  EXPECT_EQ(read.rows[1], SubmittedRow{.clause = "2.1c"});
  EXPECT_EQ(read.rows[2], last_month()[0]);
  EXPECT_EQ(read.rows[3], SubmittedRow{.clause = "2.5e"});
}

TEST(BlankTable, ItHasEightColumnsItsNameAndWhatToDo) {
  auto cells = read_sheet(blank_table(table_of("medicare"), head(), {}));
  ASSERT_TRUE(cells.has_value());
  EXPECT_EQ(cells->at(0).front(), "5月月调度表(市交通运输局)");
  EXPECT_THAT(cells->at(1).front(), HasSubstr("请于5月25日(周三)17:00前报领导小组办公室"));
  EXPECT_EQ(cells->at(2).size(), 8U);
}

TEST(BlankTable, StatesAreOfferedTheHeadStaysAndIsPrintedOnEveryPage) {
  auto bytes = blank_table(table_of("transport"), head(), {});
  auto package = Package::open(bytes);
  ASSERT_TRUE(package.has_value());
  auto sheet = package->part("xl/worksheets/sheet1.xml").value().value_or("");
  EXPECT_THAT(sheet, HasSubstr("\"已完成,正常,滞后,未定节点\""));
  EXPECT_THAT(sheet, HasSubstr("sqref=\"D4:D7\""));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("orientation=\"landscape\""));
  EXPECT_THAT(package->part("xl/workbook.xml").value().value_or(""),
              HasSubstr("'5月月调度表'!$3:$3"));
}

TEST(BlankTable, TheSameGivesTheSameBytesWhereverItIs) {
  auto here = blank_table(table_of("transport"), head(), last_month());
  setenv("TZ", "America/New_York", 1);
  auto there = blank_table(table_of("transport"), head(), last_month());
  unsetenv("TZ");
  EXPECT_EQ(here, there);
}

rc::Gen<std::string> texts() {
  auto piece = rc::gen::elementOf(std::vector<std::string>{
      "无变化", "本月", "路", "1", ".5", " ", "\n", "<", "&", "\"", "=A1+1", ",", "%", "缺", "、",
      "(", "市财政局", "\u3000", "\U00020BB7", "注", "x"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
    std::string text;
    for (const auto& one : pieces) text += one;
    return cell_text(text);
  });
}

SubmittedRow any_row(const std::string& clause) {
  SubmittedRow row{.clause = clause};
  row.unchanged = *rc::gen::arbitrary<bool>();
  if (!row.unchanged) row.progress = *texts();
  if (says_unchanged(row.progress)) row.progress += "。有进展";
  row.state = *rc::gen::element(RowState::unsaid, RowState::done, RowState::on_track,
                                RowState::behind, RowState::undated);
  row.problem = *texts();
  row.asks_whom = *texts();
  row.asks_what = *texts();
  row.asks_by = *texts();
  for (const char* unit : {"qingshan", "port", "tax", "某某局", "new-city"}) {
    if (*rc::gen::arbitrary<bool>()) row.lacks.emplace_back(unit);
  }
  return row;
}

TEST(BlankTable, ReadBackItGivesTheSameRows) {
  bool held = rc::check("blank_table then read_table", [] {
    std::vector<SubmittedRow> rows;
    for (const char* clause : {"1.1", "2.1c", "2.2a", "2.5e"}) rows.push_back(any_row(clause));
    auto read = read_back(blank_table(table_of("transport"), head(), rows), "transport");
    RC_ASSERT(read.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(read.rows[i] == rows[i]);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace duban::document
