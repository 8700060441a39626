#include "message/wording.h"

#include <gtest/gtest.h>

#include "message/office_desk.h"

namespace duban::message {
namespace {

std::string due(const Wording& wording, const std::string& civil, bool has_hour,
                bool provisional = false) {
  auto at = parse_day(civil.substr(0, 10)).value() +
            parse_time_of_day(civil.substr(11)).value();
  return wording.due(at, has_hour, provisional, 2022);
}

TEST(DueWords, NameDateWeekdayAndHour) {
  EXPECT_EQ(due(chinese_wording(), "2022-05-25 17:00", true), "5月25日(周三)17:00");
  EXPECT_EQ(due(chinese_wording(), "2022-10-09 09:05", true), "10月9日(周日)9:05");
  EXPECT_EQ(due(english_wording(), "2022-05-25 17:00", true), "Wed 25 May 17:00");
  EXPECT_EQ(due(english_wording(), "2022-10-09 09:05", true), "Sun 9 Oct 9:05");
}

TEST(DueWords, HaveNoHourWhereTheEndOfTheDayIsMeant) {
  EXPECT_EQ(due(chinese_wording(), "2022-03-31 23:59", false), "3月31日(周四)");
  EXPECT_EQ(due(english_wording(), "2022-03-31 23:59", false), "Thu 31 Mar");
}

TEST(DueWords, NameAYearThatIsNotThePlans) {
  EXPECT_EQ(due(chinese_wording(), "2023-01-06 17:00", true), "2023年1月6日(周五)17:00");
  EXPECT_EQ(due(english_wording(), "2023-01-06 17:00", true), "Fri 6 Jan 2023 17:00");
}

TEST(DueWords, SayWhatIsProvisionalAndWhatIsNotDated) {
  EXPECT_EQ(due(chinese_wording(), "2022-05-25 17:00", true, true), "5月25日(周三)17:00(暂定)");
  EXPECT_EQ(due(english_wording(), "2022-05-25 17:00", true, true),
            "Wed 25 May 17:00 (provisional)");
  EXPECT_EQ(chinese_wording().due(std::nullopt, false, false, 2022), "待定");
  EXPECT_EQ(english_wording().due(std::nullopt, false, false, 2022), "not dated yet");
}

TEST(Wording, NamesADutyWithItsPeriod) {
  auto english = [](const char* period) {
    return english_wording().with_period(period, 2022, "table");
  };
  EXPECT_EQ(english("2022-05"), "May table");
  EXPECT_EQ(english("2022-Q2"), "Q2 table");
  EXPECT_EQ(english("2022-H1"), "first-half table");
  EXPECT_EQ(english("2022-H2"), "second-half table");
  EXPECT_EQ(english("2022-W03"), "week 3 table");
  EXPECT_EQ(english("2022-06-09"), "9 Jun table");
  EXPECT_EQ(english("2022"), "table");
  EXPECT_EQ(english("2021-12"), "December 2021 table");
  EXPECT_EQ(english("2021"), "2021 table");
  EXPECT_EQ(chinese_wording().with_period("2022-05", 2022, "月调度表"), "5月月调度表");
}

TEST(Wording, CountsInEnglishAsPeopleDo) {
  const auto& say = english_wording().say();
  EXPECT_EQ(say.working_days_left(1), "1 working day left");
  EXPECT_EQ(say.working_days_left(2), "2 working days left");
  EXPECT_EQ(say.told(1), "told once");
  EXPECT_EQ(say.told(3), "told 3 times");
  EXPECT_EQ(say.and_others("Water Bureau", 4, 3), "Water Bureau and 3 others");
  EXPECT_EQ(chinese_wording().say().and_others("市水务局", 4, 3), "市水务局等4家");
}

TEST(Wording, AsksMoreSoftlyWhomTheOfficeCannotOrder) {
  const auto& plan = shipped_plan();
  EXPECT_EQ(english_wording().please(*plan.find_unit("water")), "Please");
  EXPECT_EQ(english_wording().please(*plan.find_unit("tax")), "Kindly");
}

TEST(Wording, SaysEachReasonInBothLanguages) {
  for (auto reason : {Reason::no_contact, Reason::group_only, Reason::connect_failed,
                      Reason::resolve_failed, Reason::tls_failed, Reason::timed_out,
                      Reason::reply_lost, Reason::reply_strange, Reason::server_error,
                      Reason::rate_limited, Reason::refused, Reason::endpoint_gone,
                      Reason::bad_address, Reason::bad_configuration, Reason::tries_exhausted,
                      Reason::time_spent, Reason::sense_ended}) {
    auto other = english_wording().reason(Reason::none);
    EXPECT_NE(english_wording().reason(reason), other) << to_word(reason);
    EXPECT_NE(chinese_wording().reason(reason), chinese_wording().reason(Reason::none))
        << to_word(reason);
  }
}

TEST(Wording, MeetsTheSameThingsInBothLanguagesWithTheSameCommand) {
  for (const char* code : {"bad-files", "plan-folder-gone", "plan-not-running", "clock-step",
                           "audit-failed", "ledger-damaged", "step-refused", "return-unclear",
                           "storm", "calendar-missing"}) {
    auto chinese = chinese_wording().met(code, "2023", 21);
    auto english = english_wording().met(code, "2023", 21);
    EXPECT_EQ(chinese.what.empty(), english.what.empty()) << code;
    auto verb = [](const Met& met) { return met.command.substr(0, met.command.rfind(' ')); };
    EXPECT_EQ(verb(chinese), verb(english)) << code;
  }
  EXPECT_TRUE(english_wording().met("mail-edu", "", 0).what.empty());
}

}  // namespace
}  // namespace duban::message
