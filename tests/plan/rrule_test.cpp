// Which RRULEs a duty may have: what is read is written back, what libical gets wrong is refused.

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/in_english.h"
#include "base/limits.h"
#include "plan/due_grammar.h"

namespace duban::plan {
namespace {

using ::testing::HasSubstr;

class ReadRule : public ::testing::TestWithParam<const char*> {};

TEST_P(ReadRule, is_written_back_as_it_was) {
  auto rule = read_rrule(GetParam());
  ASSERT_TRUE(rule) << rule.error().message.english;
  EXPECT_EQ(format_rrule(*rule), GetParam());
  EXPECT_EQ(*read_rrule(format_rrule(*rule)), *rule);
}

INSTANTIATE_TEST_SUITE_P(
    of_rules, ReadRule,
    ::testing::Values("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
                      "FREQ=DAILY;BYMONTH=6,7,8;BYMONTHDAY=1,15", "FREQ=WEEKLY;BYDAY=TU",
                      "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "FREQ=WEEKLY;COUNT=5;BYDAY=MO,TH",
                      "FREQ=WEEKLY;BYMONTH=12;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=10,25",
                      "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31",
                      "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=MONTHLY;BYDAY=1MO,-1FR",
                      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                      "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
                      "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "FREQ=YEARLY;BYDAY=20MO",
                      "FREQ=YEARLY;BYYEARDAY=100,-1",
                      "FREQ=YEARLY;BYMONTH=3;BYDAY=MO,TU;BYSETPOS=1,-8"));

TEST(RRule, case_order_blanks_and_a_week_from_monday_do_not_matter) {
  EXPECT_EQ(format_rrule(*read_rrule(" bymonthday=+10;freq=monthly;wkst=mo;interval=1 ")),
            "FREQ=MONTHLY;BYMONTHDAY=10");
}

struct Bad {
  const char* rule;
  const char* code;
  const char* message;
  const char* mend;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.rule; }

class RefusedRule : public ::testing::TestWithParam<Bad> {};

TEST_P(RefusedRule, says_why_and_what_to_write) {
  const auto& bad = GetParam();
  auto rule = read_rrule(bad.rule);
  ASSERT_FALSE(rule) << format_rrule(*rule);
  const auto& [code, message, mend] = rule.error();
  EXPECT_EQ(code, bad.code) << message.english;
  EXPECT_THAT(message.chinese, HasSubstr(bad.message));
  EXPECT_THAT(mend.chinese, HasSubstr(bad.mend));
  EXPECT_TRUE(testing::is_in_english(message));
  EXPECT_TRUE(testing::is_in_english(mend));
}

INSTANTIATE_TEST_SUITE_P(
    cannot_be_read, RefusedRule,
    ::testing::Values(
        Bad{"", "rrule-form", "看不懂", "FREQ=MONTHLY"},
        Bad{"every month", "rrule-form", "看不懂“EVERY MONTH”", "FREQ=MONTHLY"},
        Bad{"RRULE:FREQ=DAILY", "rrule-form", "冒号后面", "去掉"},
        Bad{"BYMONTHDAY=10", "rrule-form", "没有 FREQ", "MONTHLY"},
        Bad{"FREQ=MONTHLI;BYMONTHDAY=10", "rrule-form", "“MONTHLI”", "“MONTHLY”"},
        Bad{"FREQ=MONTHLY;BYMONTHDAYS=10", "rrule-form", "“BYMONTHDAYS”", "“BYMONTHDAY”"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=10;", "rrule-form", "看不懂“”", ""},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=", "rrule-form", "BYMONTHDAY 不能写“”", "1 至 31"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=0", "rrule-form", "“0”", "-1"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=32", "rrule-form", "“32”", "1 至 31"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=10,,25", "rrule-form", "“”", ""},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=99999999999", "rrule-form", "“99999999999”", ""},
        Bad{"FREQ=YEARLY;BYMONTH=-1;BYMONTHDAY=1", "rrule-form", "“-1”", "1 至 12"},
        Bad{"FREQ=MONTHLY;BYDAY=XX", "rrule-form", "“XX”", "MO"},
        Bad{"FREQ=MONTHLY;BYDAY=0MO", "rrule-form", "“0MO”", "1MO"},
        Bad{"FREQ=MONTHLY;BYDAY=54MO", "rrule-form", "“54MO”", ""},
        Bad{"FREQ=DAILY;INTERVAL=0", "rrule-form", "INTERVAL 不能写“0”", "1 至 366"},
        Bad{"FREQ=DAILY;COUNT=367", "rrule-form", "COUNT 不能写“367”", ""},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=10,10", "twice-used", "10 写了两次", "删去"},
        Bad{"FREQ=DAILY;FREQ=DAILY", "twice-used", "FREQ 写了两次", "删去"}));

INSTANTIATE_TEST_SUITE_P(
    are_not_of_days_of_a_plans_year, RefusedRule,
    ::testing::Values(
        Bad{"FREQ=HOURLY", "rrule-refused", "按小时", "due = \"17:00\""},
        Bad{"FREQ=MINUTELY", "rrule-refused", "按小时", ""},
        // Never comes back from one call of libical.
        Bad{"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "rrule-refused", "按小时", "FREQ=DAILY"},
        Bad{"FREQ=DAILY;UNTIL=20221231", "rrule-refused", "UNTIL", "within"},
        Bad{"FREQ=DAILY;BYHOUR=9", "rrule-refused", "钟点", "due"},
        Bad{"FREQ=DAILY;DTSTART=20220301", "rrule-refused", "DTSTART", "within"},
        Bad{"FREQ=MONTHLY;RSCALE=CHINESE;BYMONTHDAY=1", "rrule-refused", "公历", ""},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", "rrule-refused", "跳过", "BYMONTHDAY=-1"},
        // RFC 5545 would take the day from where the rule begins.
        Bad{"FREQ=WEEKLY", "rrule-refused", "周几", "BYDAY=TU"},
        Bad{"FREQ=WEEKLY;INTERVAL=2", "rrule-refused", "周几", "BYDAY=TU"},
        Bad{"FREQ=MONTHLY", "rrule-refused", "哪一天", "BYMONTHDAY=10"},
        Bad{"FREQ=YEARLY;BYMONTH=6", "rrule-refused", "哪一天", "BYMONTHDAY"},
        Bad{"FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=1", "rrule-refused", "两次", "once"},
        Bad{"FREQ=MONTHLY;INTERVAL=7;BYMONTHDAY=1", "rrule-refused", "两次", "once"},
        Bad{"FREQ=WEEKLY;INTERVAL=27;BYDAY=MO", "rrule-refused", "两次", "once"},
        Bad{"FREQ=DAILY;INTERVAL=183", "rrule-refused", "两次", "once"}));

// libical 3.0.16, as tests/calendar/rrule_test.cpp pins it.
INSTANTIATE_TEST_SUITE_P(
    libical_gets_wrong, RefusedRule,
    ::testing::Values(
        Bad{"FREQ=DAILY;BYMONTHDAY=-1", "rrule-refused", "漏掉", "FREQ=MONTHLY;BYMONTHDAY=-1"},
        Bad{"FREQ=DAILY;BYMONTHDAY=6,-7", "rrule-refused", "漏掉", "FREQ=MONTHLY"},
        Bad{"FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;WKST=FR", "rrule-refused", "WKST", "去掉 WKST"},
        Bad{"FREQ=YEARLY;BYMONTHDAY=17", "rrule-refused", "漏掉月份", "FREQ=MONTHLY"},
        Bad{"FREQ=WEEKLY;BYDAY=MO,TH;BYSETPOS=-1", "rrule-refused", "不理会", "去掉 BYSETPOS"},
        Bad{"FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "rrule-refused", "不理会", "去掉 BYSETPOS"},
        Bad{"FREQ=YEARLY;BYWEEKNO=1;BYDAY=TU", "rrule-refused", "年头年尾", "W10..W20"},
        Bad{"FREQ=YEARLY;BYMONTH=1,4;BYYEARDAY=-339", "rrule-refused", "算错", "BYMONTHDAY"},
        Bad{"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=30;BYSETPOS=2", "rrule-refused", "BYSETPOS", ""}));

INSTANTIATE_TEST_SUITE_P(
    no_day_can_meet, RefusedRule,
    ::testing::Values(
        Bad{"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "impossible-date", "2月没有30日", "月末"},
        Bad{"FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "impossible-date", "4月没有31日", ""},
        Bad{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", "impossible-date", "", ""},
        Bad{"FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=9", "rrule-refused", "BYSETPOS=9", "最多写到 8"},
        Bad{"FREQ=MONTHLY;BYDAY=3SA;BYSETPOS=-5", "rrule-refused", "凑不到一起", "只留 BYDAY"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=19;BYDAY=FR,MO;BYSETPOS=-4", "rrule-refused", "BYSETPOS", ""},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=-11;BYDAY=-1TH", "rrule-refused", "凑不到一起", "只留 BYDAY"},
        Bad{"FREQ=MONTHLY;BYDAY=6MO", "rrule-refused", "第6个", "1 至 5"},
        Bad{"FREQ=YEARLY;BYMONTH=2;BYDAY=-6MO", "rrule-refused", "第6个", "1 至 5"},
        Bad{"FREQ=MONTHLY;INTERVAL=6;BYMONTH=3;BYMONTHDAY=1", "rrule-refused", "凑不到一起",
            "去掉 INTERVAL"},
        Bad{"FREQ=DAILY;INTERVAL=7;BYDAY=MO", "rrule-refused", "哪天", "FREQ=WEEKLY"}));

INSTANTIATE_TEST_SUITE_P(
    the_standard_forbids, RefusedRule,
    ::testing::Values(
        Bad{"FREQ=WEEKLY;BYDAY=TU;BYMONTHDAY=10", "rrule-refused", "BYMONTHDAY", "BYDAY=TU"},
        Bad{"FREQ=WEEKLY;BYDAY=1TU", "rrule-refused", "第几个周几", "FREQ=MONTHLY"},
        Bad{"FREQ=DAILY;BYDAY=1TU", "rrule-refused", "第几个周几", "FREQ=MONTHLY"},
        Bad{"FREQ=MONTHLY;BYDAY=MO,-1FR", "rrule-refused", "没写", "都写"},
        Bad{"FREQ=MONTHLY;BYMONTHDAY=1;BYYEARDAY=1", "rrule-refused", "BYYEARDAY", "BYMONTH"}));

TEST(RRule, a_refusal_is_told_in_english_too) {
  auto february = read_rrule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30").error();
  EXPECT_EQ(february.message.english, "Feb has no day 30");
  EXPECT_EQ(february.mend.english, "for the end of the month write BYMONTHDAY=-1");
  auto zero = read_rrule("FREQ=MONTHLY;BYMONTHDAY=0").error();
  EXPECT_EQ(zero.message.english, "BYMONTHDAY cannot be “0”");
  EXPECT_EQ(zero.mend.english, "write 1 to 31, or -1, -2… from the end");
  auto twice = read_rrule("FREQ=MONTHLY;BYMONTHDAY=10,10").error();
  EXPECT_EQ(twice.message.english, "10 is written twice in BYMONTHDAY");
}

TEST(RRule, longer_than_any_meaning_is_refused_unread) {
  std::string rule = "FREQ=MONTHLY;BYMONTHDAY=1";
  rule.resize(limits::rrule_bytes + 1, ' ');
  EXPECT_THAT(read_rrule(rule).error().message.chinese, HasSubstr("太长"));
  rule.pop_back();
  EXPECT_TRUE(read_rrule(rule));
}

}  // namespace
}  // namespace duban::plan
