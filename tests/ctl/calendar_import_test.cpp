// `dubanctl calendar import` on the shipped files.
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.h"
#include "base/limits.h"
#include "ctl/config_tree.h"

namespace duban::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* head = R"({"year": 2022, "papers": ["https://www.gov.cn/x.htm"], "days": [)";

std::string day(const std::string& name, const std::string& date, bool off = true) {
  return R"({"name": ")" + name + R"(", "date": ")" + date + R"(", "isOffDay": )" +
         (off ? "true}" : "false}");
}

// 国办发明电〔2021〕11号, all but the last worked Sunday.
std::string days_of_2022() {
  std::string text;
  auto add = [&](const std::string& name, unsigned month, unsigned from, unsigned to, bool off) {
    for (auto at = from; at <= to; ++at) {
      text += (text.empty() ? "" : ", ") + day(name, format_day(make_day(2022, month, at)), off);
    }
  };
  add("元旦", 1, 1, 3, true);
  add("春节", 1, 29, 30, false);
  add("春节", 1, 31, 31, true);
  add("春节", 2, 1, 6, true);
  add("清明节", 4, 2, 2, false);
  add("清明节", 4, 3, 5, true);
  add("劳动节", 4, 24, 24, false);
  add("劳动节", 4, 30, 30, true);
  add("劳动节", 5, 1, 4, true);
  add("劳动节", 5, 7, 7, false);
  add("端午节", 6, 3, 5, true);
  add("中秋节", 9, 10, 12, true);
  add("国庆节", 10, 1, 7, true);
  add("国庆节", 10, 8, 8, false);
  return text;
}
std::string whole() {
  return head + days_of_2022() + ", " + day("国庆节", "2022-10-09", false) + "]}";
}

class CalendarImport : public ::testing::Test {
 protected:
  CalendarImport() {
    shipped_ = ConfigTree::text(calendar());
    auto begin = shipped_.find("[[year]]");
    auto end = shipped_.find("[[year]]", begin + 1);
    unknown_ = shipped_.substr(0, begin) +
               "[[year]]\nyear   = 2022\nstatus = \"unknown\"\n\n" + shipped_.substr(end);
    ConfigTree::write(calendar(), unknown_);
  }

  std::filesystem::path calendar() const { return tree_.root() / "calendars/cn.toml"; }
  std::string text() const { return ConfigTree::text(calendar()); }
  ConfigTree::Said import(const std::string& list, std::vector<std::string> more = {}) {
    auto file = tree_.root() / "list";
    ConfigTree::write(file, list);
    more.insert(more.begin(), {"calendar", "import", file.string()});
    return tree_.ask(more);
  }
  void refuses(const std::string& list, const std::string& saying) {
    auto said = import(list);
    EXPECT_EQ(said.code, not_asked);
    EXPECT_THAT(said.err, HasSubstr(saying));
    EXPECT_THAT(said.err, HasSubstr("没有改"));
    EXPECT_THAT(said.out, IsEmpty());
    EXPECT_EQ(text(), unknown_);
  }

  ConfigTree tree_;
  std::string shipped_, unknown_;
};

TEST_F(CalendarImport, GivesTheShippedSectionBackToTheByteAndShowsWhatMoves) {
  auto said = import(whole(), {"--notice", "国办发明电〔2021〕11号"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_EQ(text(), shipped_);
  EXPECT_THAT(said.out, HasSubstr("-status = \"unknown\"\n+status = \"published\"\n"));
  EXPECT_THAT(said.out, HasSubstr("wuhan-2022-1:2个截止日移动,6个提醒、催报的时间移动"));
  EXPECT_THAT(said.out, HasSubstr("季通报      2022-Q3  截止  10月11日(周二)  10月14日(周五)\n"));
  EXPECT_THAT(said.out, HasSubstr("dubanctl diff"));
  EXPECT_THAT(said.out, Not(HasSubstr("overdue")));
  EXPECT_EQ(tree_.ask({"check"}).code, well);
}

TEST_F(CalendarImport, ASecondTimeItSaysSoAndWritesNothing) {
  import(whole());
  auto once = text();
  auto written = std::filesystem::last_write_time(calendar());
  auto said = import(whole());
  EXPECT_EQ(said.code, well);
  EXPECT_EQ(said.out, "2022年已经是这样,没有改\n");
  EXPECT_EQ(text(), once);
  EXPECT_EQ(std::filesystem::last_write_time(calendar()), written);
}

TEST_F(CalendarImport, InADryRunAllIsShownAndNothingWritten) {
  auto said = import(whole(), {"--dry-run", "--all"});
  EXPECT_EQ(said.code, well);
  EXPECT_THAT(said.out, HasSubstr("提请关注"));
  EXPECT_THAT(said.out, HasSubstr("只是看看,没有改"));
  EXPECT_EQ(text(), unknown_);
}

TEST_F(CalendarImport, IsOneDocument) {
  auto document = boost::json::parse(import(whole(), {"--json"}).out).as_object();
  EXPECT_EQ(document["calendar"].as_string(), "cn");
  EXPECT_TRUE(document["applied"].as_bool());
  const auto& year = document["years"].as_array().at(0).as_object();
  EXPECT_EQ(year.at("year").as_int64(), 2022);
  EXPECT_TRUE(year.at("notice").is_null());
  EXPECT_EQ(year.at("off").as_array().size(), 7U);
  EXPECT_EQ(year.at("work").as_array().size(), 7U);
  auto moved = document["moved"].as_array();
  EXPECT_EQ(std::ranges::count_if(moved, [](const auto& one) {
              return one.as_object().at("what") == "due";
            }), 2);
  EXPECT_EQ(moved.at(1).as_object().at("from").as_string(), "2022-05-02T23:59:59+08:00");
  EXPECT_EQ(moved.at(1).as_object().at("to").as_string(), "2022-05-05T23:59:59+08:00");
}

TEST_F(CalendarImport, EveryMistakeOfAListIsNamedAtOnceAndNothingChanges) {
  auto broken = head + days_of_2022() + ", " + day("国庆节", "2022-10-32") + ", " +
                day("国庆节", "2022-10-33") + "]}";
  refuses(broken, "2处错误");
  refuses(broken, "第38条(“国庆节”):没有“2022-10-32”这一天");
}

TEST_F(CalendarImport, AListThatIsNoneIsRefusedWithAWay) {
  refuses(R"({"year": 2027, "papers": [], "days": []})", "2027年的放假安排尚未公布");
  refuses(R"({"days": []})", "没有写是哪一年的");
  refuses(R"({"year": 2022})", "没有 days");
  refuses(R"([1])", "不是一年的放假安排");
  refuses(head + days_of_2022(), "不是 JSON");
  refuses(whole() + "x", "list:1:");
  refuses(std::string(100, '['), "不是 JSON");
  refuses(R"({"year": 2022, "days": [{"name": "元旦", "date": "2022-01-01"}]})",
          "第1条缺了 name、date 或 isOffDay");
  refuses("<html>", "这是网页");
  refuses("元旦", "既不是");
  refuses("\xBD\xDA", "GB18030");
  refuses("", "既不是");
  refuses(std::string(limits::holiday_list_bytes + 1, ' '), "超过上限");
  refuses(std::string(limits::holiday_list_depth + 1, '['), "不是 JSON");
  std::string many = head + days_of_2022();
  for (std::size_t i = 0; i < limits::holiday_entries; ++i) {
    many += ", " + day("元旦", "2022-01-01");
  }
  refuses(many + "]}", "最多" + std::to_string(limits::holiday_entries) + "条");
  EXPECT_THAT(tree_.ask({"calendar", "import", "no-such-file"}).err, HasSubstr("没有这个文件"));
}

TEST_F(CalendarImport, WhatIsAskedAmissIsRefusedWithAWay) {
  EXPECT_THAT(import(whole(), {"--calendar", "ch"}).err, HasSubstr("是不是“cn”"));
  EXPECT_THAT(import(whole(), {"--year", "2023"}).err, HasSubstr("2023年的放假安排尚未公布"));
  EXPECT_THAT(import(whole(), {"--year", "next"}).err, HasSubstr("看不懂年份"));
  EXPECT_THAT(import(whole(), {"--notice", "a\"b"}).err, HasSubstr("文号不能写"));
  EXPECT_THAT(import(whole(), {"--notice", std::string(limits::holiday_number_bytes + 1, 'x')}).err,
              HasSubstr("文号不能写"));
  EXPECT_EQ(text(), unknown_);
  ConfigTree::write(tree_.root() / "calendars/hk.toml", "id = \"hk\"\nname = \"香港\"\n");
  EXPECT_THAT(import(whole()).err, HasSubstr("有几份工作日历:cn、hk"));
  EXPECT_EQ(import(whole(), {"--calendar", "cn"}).code, well);
}

TEST_F(CalendarImport, AnEditThatWouldNotCheckChangesNothing) {
  // Another year's section has the day off already as worked.
  auto at = unknown_.find("\"2023-01-28\"");
  unknown_.insert(at, "\"2022-10-01\", ");
  ConfigTree::write(calendar(), unknown_);
  refuses(whole(), "calendars/cn.toml:");
}

std::string event(const std::string& summary, const std::string& first, const std::string& end) {
  return "BEGIN:VEVENT\r\nSUMMARY:" + summary + "\r\nDTSTART;VALUE=DATE:" + first +
         "\r\nDTEND;VALUE=DATE:" + end + "\r\nEND:VEVENT\r\n";
}

TEST_F(CalendarImport, AnIcsOfTwoYearsIsTakenYearByYear) {
  std::string ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  ics += event("元旦假期", "20220101", "20220104") + event("春节假期", "20220131", "20220207");
  ics += event("清明节假期", "20220403", "20220406") + event("元宵节", "20220215", "20220216");
  ics += event("劳动节假期", "20220430", "20220505");
  ics += event("端午节假期", "20220603", "20220606");
  ics += event("中秋节假期", "20220910", "20220913");
  ics += event("国庆节假期", "20221001", "20221008");
  ics += event("上班(补国庆节假期)", "20221008", "20221010");
  ics += event("元旦假期", "20221231", "20230103") + "END:VCALENDAR\r\n";
  refuses(ics, "2023年的放假安排不全,没有春节、清明");
  auto said = import(ics, {"--year", "2022"});
  EXPECT_EQ(said.code, well) << said.err;
  EXPECT_THAT(said.out, HasSubstr("1种日程没有写明放假还是上班,没有用:元宵节"));
  EXPECT_THAT(text(), HasSubstr("name = \"国庆节\", from = \"2022-10-01\", to = \"2022-10-07\""));
  EXPECT_THAT(text(), HasSubstr("\"2022-10-09\",   # 周日,国庆节调休"));
}

TEST_F(CalendarImport, AnAddressTooLongForACommentIsLeftOut) {
  auto with_address = [](std::size_t bytes) {
    std::string address = "https://www.gov.cn/";
    address.resize(bytes, 'x');
    auto text = whole();
    return text.replace(text.find("https://www.gov.cn/x.htm"), 24, address);
  };
  EXPECT_EQ(import(with_address(limits::holiday_address_bytes + 1)).code, well);
  EXPECT_THAT(text(), Not(HasSubstr("gov.cn/xxx")));
  ConfigTree::write(calendar(), unknown_);
  EXPECT_EQ(import(with_address(limits::holiday_address_bytes)).code, well);
  EXPECT_THAT(text(), HasSubstr("gov.cn/xxx"));
}

}  // namespace
}  // namespace duban::ctl
