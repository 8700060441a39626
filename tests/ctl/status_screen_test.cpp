#include "ctl/status_screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace duban::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string screen(const std::string& document, Tongue language = Tongue::chinese) {
  std::ostringstream out;
  Console console{out, out};
  console.language = language;
  print_status(document, [](const std::string&) { return 2022; }, console);
  return out.str();
}

constexpr auto well = R"({"well":true,"problems":[],"silences":[],
  "plans":[{"id":"wuhan-2022-1","cursor":"2022-05-25T09:00:00+08:00",
            "next":"2022-05-25T17:00:00+08:00","audited_at":"2022-05-25T15:00:00+08:00"}],
  "outbox":{"drafted":1,"queued":2,"retrying":3,"failed":0,
            "oldest_at":"2022-05-25T15:18:00+08:00"},
  "next":"2022-05-25T17:00:00+08:00","now":"2022-05-25T15:30:00+08:00",
  "ledger":{"bytes":3355443},"calendars":[{"plan":"wuhan-2022-1","years_left":1}],
  "version":"0.1.0","pid":42,"since":"2022-05-21T11:30:00+08:00","pretended":false})";

TEST(StatusScreen, is_this_when_all_is_well) {
  EXPECT_EQ(screen(well),
            "正常\n"
            "\n"
            "方案          看到               下一次              自查\n"
            "wuhan-2022-1  5月25日(周三)9:00  5月25日(周三)17:00  5月25日(周三)15:00\n"
            "\n"
            "发件  待点发 1  待发 2  重试中 3  未送达 0,最早一件已等12分钟\n"
            "下次  5月25日(周三)17:00(1小时30分钟后)\n"
            "台账  3.2 MB\n"
            "日历  wuhan-2022-1:从今年起已公布1年\n"
            "程序  duband 0.1.0 进程 42,2022年5月21日(周六)11:30起,已4天4小时\n");
}

TEST(StatusScreen, is_this_in_english) {
  EXPECT_EQ(screen(well, Tongue::english),
            "well\n"
            "\n"
            "plan          seen to          next              audited\n"
            "wuhan-2022-1  Wed 25 May 9:00  Wed 25 May 17:00  Wed 25 May 15:00\n"
            "\n"
            "outbox    drafted 1  queued 2  retrying 3  failed 0, the oldest waits for 12 min\n"
            "next      Wed 25 May 17:00 (in 1 h 30 min)\n"
            "ledger    3.2 MB\n"
            "calendar  wuhan-2022-1: years published from this one on: 1\n"
            "program   duband 0.1.0, process 42, since Sat 21 May 2022 11:30, for 4 d 4 h\n");
}

TEST(StatusScreen, what_is_wrong_comes_first_with_its_mend) {
  auto shown = screen(R"({"well":false,"problems":[
      {"code":"bad-files","message":"方案的文件有错","mend":"dubanctl check"},
      {"code":"clock-step","message":"时钟跳了","mend":null}],"plans":[]})");
  EXPECT_THAT(shown, StartsWith("有2件事要处理\n"
                                "  方案的文件有错\n"
                                "    → dubanctl check\n"
                                "  时钟跳了\n"));
}

TEST(StatusScreen, a_calendar_that_ends_says_what_to_do) {
  EXPECT_THAT(screen(R"({"calendars":[{"plan":"p","years_left":0}]})"),
              HasSubstr("日历  p:今年的放假安排还没有,dubanctl calendar import 文件\n"));
}

TEST(StatusScreen, what_an_older_daemon_does_not_say_is_left_out) {
  auto shown = screen(R"({"well":true,"problems":[],"plans":[],"pid":1,
      "since":"2022-05-21T11:30:00+08:00","outbox":{"drafted":0}})");
  EXPECT_THAT(shown, Not(HasSubstr("台账")));
  EXPECT_THAT(shown, Not(HasSubstr("下次")));
  EXPECT_THAT(shown, Not(HasSubstr("已等")));
}

TEST(StatusScreen, nothing_to_come_is_said) {
  EXPECT_THAT(screen(R"({"next":null})"), HasSubstr("下次  没有要到点的\n"));
}

}  // namespace
}  // namespace duban::ctl
