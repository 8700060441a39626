// What is written, opened by an office's own program and turned into pages.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "document/blank_table.h"
#include "document/dispatch_view.h"
#include "document/june.h"
#include "document/kept_record.h"
#include "document/register_sheet.h"
#include "document/sheet.h"
#include "document/visit_view.h"
#include "document/word_form.h"
#include "message/office_desk.h"

namespace duban::document {
namespace {

namespace fs = std::filesystem;

// The pages stay in the build folder, to be looked at.
class Office : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream{folder_ / name, std::ios::binary} << bytes;
  }

  // The pages of a file's text; a page ends with a form feed.
  std::vector<std::string> pages_of(const std::string& name) const {
    auto soffice = "timeout 300 soffice -env:UserInstallation=file://" +
                   (folder_ / "profile").string() + " --headless --convert-to pdf --outdir " +
                   folder_.string() + " " + (folder_ / name).string() + " >/dev/null 2>&1";
    EXPECT_EQ(std::system(soffice.c_str()), 0);
    auto pdf = (folder_ / fs::path{name}.stem()).string() + ".pdf";
    auto text = pdf + ".txt";
    EXPECT_EQ(std::system(("pdftotext -layout " + pdf + " " + text).c_str()), 0);
    std::ifstream stream{text};
    std::vector<std::string> pages;
    for (std::string page; std::getline(stream, page, '\f');) {
      // Between Chinese and digits there is a gap, which the text has as a blank.
      std::erase(page, ' ');
      pages.push_back(page);
    }
    return pages;
  }

  static std::size_t page_with(const std::vector<std::string>& pages, const std::string& words) {
    for (std::size_t at = 0; at < pages.size(); ++at) {
      if (pages[at].contains(words)) return at + 1;
    }
    ADD_FAILURE() << words << " stands on no page";
    return 0;
  }

  fs::path folder_ = fs::path{DUBAN_BUILD_DIR} / "pages" /
                     ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Office, TheDispatchHasTwoPagesBeforeItsAnnexes) {
  auto form = shipped_form("dispatch.docx");
  auto made = write_word(june_dispatch(), {form, ""});
  ASSERT_TRUE(made.has_value());
  put("dispatch.docx", *made);
  auto pages = pages_of("dispatch.docx");
  EXPECT_EQ(page_with(pages, "1号建议案办理工作月调度通报"), 1U);
  EXPECT_EQ(page_with(pages, "各项任务进展"), 3U);
  EXPECT_GT(page_with(pages, "需协调事项清单"), 3U);
  EXPECT_TRUE(pages.at(1).contains("—2—"));
}

// Every reporter writes at length, much is behind, much is asked for.
DispatchView fullest_dispatch() {
  KeptRecord kept;
  const auto& table = *kept.plan().find_duty("monthly-table");
  std::string text;
  for (int i = 0; i < 12; ++i) text += "新开工项目若干,";
  for (const auto& unit : table_reporters()) {
    std::vector<schedule::SubmittedRow> rows;
    for (const auto* task : kept.plan().rows_of(table, unit, "")) {
      rows.push_back(row(task->id, text, RowState::behind, "前期用地手续未办完,指标未落实"));
      rows.back().asks_whom = "市自然资源规划局";
      rows.back().asks_what = "单列用地指标,先行批复2条道路用地" + unit;
      rows.back().asks_by = "7月15日前";
    }
    kept.table("2022-06", unit, "2022-06-24 10:00", rows);
  }
  for (const std::string task : {"2.1a", "2.2b", "2.2d", "2.3a", "2.4", "2.5a", "2.5b", "2.5d"}) {
    auto unit = kept.plan().find_task(task)->reporters.front();
    kept.milestone("m" + task, unit, task, "完成阶段目标", 6, 10);
    kept.action("a" + task, unit, "答复委员关于断头路的意见", "6月10日协商会议定", 6, 20);
  }
  auto standpoint = kept.standpoint("2022-06-29 10:00");
  return dispatch_view(standpoint, *standpoint.plan().find_duty("monthly-dispatch"), "2022-06");
}

TEST_F(Office, TheFullestDispatchHasTwoPagesBeforeItsAnnexesToo) {
  auto form = shipped_form("dispatch.docx");
  auto made = write_word(fullest_dispatch(), {form, ""});
  ASSERT_TRUE(made.has_value());
  put("dispatch.docx", *made);
  auto pages = pages_of("dispatch.docx");
  EXPECT_EQ(page_with(pages, "六、下月日期"), 2U);
  EXPECT_EQ(page_with(pages, "各项任务进展"), 3U);
}

TEST_F(Office, TheBriefingOpens) {
  auto form = shipped_form("briefing.docx");
  auto made = write_word(second_quarter(), {form, ""});
  ASSERT_TRUE(made.has_value());
  put("briefing.docx", *made);
  auto pages = pages_of("briefing.docx");
  EXPECT_GE(page_with(pages, "七、下季节点"), page_with(pages, "三、各项任务三个月状态"));
}

TEST_F(Office, AVisitHasAPageForEachStop) {
  auto form = shipped_form("visit.docx");
  auto made = write_word(june_visit(), {form, ""});
  ASSERT_TRUE(made.has_value());
  put("visit.docx", *made);
  auto pages = pages_of("visit.docx");
  EXPECT_EQ(pages.size(), june_visit().stops.size());
  EXPECT_EQ(page_with(pages, "市医保中心"), 2U);
}

TEST_F(Office, TheBusiestUnitsHaveAPageEachToo) {
  KeptRecord kept;
  const std::vector<std::string> units{"ndrc", "planning", "science", "edu"};
  const auto& table = *kept.plan().find_duty("monthly-table");
  for (const std::string month : {"2022-08", "2022-09", "2022-10"}) {
    for (const auto& unit : units) {
      std::vector<schedule::SubmittedRow> rows;
      for (const auto* task : kept.plan().rows_of(table, unit, "")) {
        rows.push_back(row(task->id, "完成初稿并征求八市意见,收到反馈意见27条、采纳21条,正在报批",
                           RowState::behind, "前期用地手续未办完"));
        rows.back().asks_whom = "市自然资源规划局";
        rows.back().asks_what = "单列用地指标,先行批复2条道路用地" + month;
        rows.back().asks_by = "12月15日前";
      }
      kept.table(month, unit, month + "-24 10:00", rows);
    }
  }
  auto form = shipped_form("visit.docx");
  auto made = write_word(visit_view(kept.standpoint("2022-11-08 09:00"), units), {form, ""});
  ASSERT_TRUE(made.has_value());
  put("visit.docx", *made);
  EXPECT_EQ(pages_of("visit.docx").size(), units.size());
}

TEST_F(Office, TheRegisterRepeatsItsHead) {
  put("register.xlsx", register_sheet(june_register(), Instant{}));
  auto pages = pages_of("register.xlsx");
  ASSERT_GE(pages.size(), 2U);
  for (const auto& page : pages) EXPECT_TRUE(page.contains("最近进展"));
}

TEST_F(Office, ABlankTableThatLibreOfficeSavedIsReadAsBefore) {
  const auto& plan = message::shipped_plan();
  TableOf table{plan, *plan.find_duty("monthly-table"), "transport", {}};
  BlankTableHead head{"5月月调度表", "市交通运输局", "请于5月25日(周三)17:00前报", Instant{}};
  std::vector<schedule::SubmittedRow> last{
      {.clause = "2.2a", .progress = "开工3条\n其余前期", .state = RowState::behind}};
  put("table.xlsx", blank_table(table, head, last));
  EXPECT_EQ(pages_of("table.xlsx").size(), 1U);
  auto saved = "cd " + folder_.string() + " && mkdir saved && timeout 300 soffice " +
               "-env:UserInstallation=file://" + (folder_ / "profile").string() +
               " --headless --convert-to xlsx --outdir saved table.xlsx >/dev/null 2>&1";
  ASSERT_EQ(std::system(saved.c_str()), 0);
  std::ifstream stream{folder_ / "saved/table.xlsx", std::ios::binary};
  auto cells = read_sheet(std::string{std::istreambuf_iterator<char>{stream}, {}});
  ASSERT_TRUE(cells.has_value());
  auto read = read_table(*cells, table);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->rows.at(2), last.front());
}

}  // namespace
}  // namespace duban::document
