// Published lists of holidays: what an .ics says, and what a year's notice is gathered from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "calendar/fixture.h"
#include "base/limits.h"
#include "calendar/ics_list.h"

namespace duban::calendar {
namespace {

using namespace duban::tests;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ListedDays off(std::string_view first, std::string_view last, const std::string& name) {
  return {day(first), day(last), name, true, {"第1条", "entry 1"}};
}
ListedDays work(std::string_view at, const std::string& name) {
  return {day(at), day(at), name, false, {"第2条", "entry 2"}};
}

// 国办发明电〔2022〕16号.
std::vector<ListedDays> of_2023() {
  return {off("2022-12-31", "2023-01-02", "元旦"),
          off("2023-01-21", "2023-01-27", "春节"),
          off("2023-04-05", "2023-04-05", "清明节"),
          off("2023-04-29", "2023-05-03", "劳动节"),
          off("2023-06-22", "2023-06-24", "端午节"),
          off("2023-09-29", "2023-10-06", "中秋节、国庆节"),
          work("2023-01-28", "春节"),
          work("2023-01-29", "春节")};
}

std::string mistake_in(std::vector<ListedDays> entries, int year = 2023) {
  Diagnostics out;
  auto notice = gather_notice(year, entries, "list", out);
  EXPECT_EQ(notice.has_value(), out.empty());
  if (out.empty()) return "";
  EXPECT_THAT(out, SizeIs(1));
  EXPECT_FALSE(out[0].mend.empty());
  return out[0].code + " " + out[0].message.chinese;
}

std::string mistake_with(ListedDays entry) {
  auto entries = of_2023();
  entry.where = {"第9条", "entry 9"};
  entries.push_back(std::move(entry));
  return mistake_in(std::move(entries));
}

TEST(HolidayNotice, SingleDaysInARowOfOneNameAreOneSpan) {
  auto entries = of_2023();
  entries[0] = off("2022-12-31", "2022-12-31", "元旦");
  entries.push_back(off("2023-01-02", "2023-01-02", "元旦"));
  entries.push_back(off("2023-01-01", "2023-01-01", "元旦"));
  Diagnostics out;
  auto notice = gather_notice(2023, entries, "list", out);
  ASSERT_TRUE(notice) << out[0].message.chinese;
  EXPECT_EQ(notice->off.front(),
            (HolidayNotice::Off{"元旦", day("2022-12-31"), day("2023-01-02")}));
  EXPECT_THAT(notice->off, SizeIs(6));
  EXPECT_THAT(notice->work, SizeIs(2));
}

TEST(HolidayNotice, NewYearsHolidayInADecemberIsOfTheNextYearsNotice) {
  EXPECT_EQ(notice_year(off("2022-12-31", "2023-01-02", "元旦")), 2023);
  EXPECT_EQ(notice_year(work("2018-12-29", "元旦")), 2019);
  EXPECT_EQ(notice_year(off("2022-10-01", "2022-10-07", "国庆节")), 2022);
  EXPECT_EQ(notice_year(off("2022-01-01", "2022-01-03", "元旦")), 2022);
}

TEST(HolidayNotice, ADayOfAnotherYearIsRefused) {
  EXPECT_THAT(mistake_with(off("2024-01-01", "2024-01-01", "元旦")),
              HasSubstr("other-year 第9条(2024-01-01 元旦):不是2023年的日子"));
  EXPECT_THAT(mistake_with(off("2022-11-30", "2022-11-30", "x")), HasSubstr("other-year"));
}

TEST(HolidayNotice, ADayListedTwiceOrBothWaysIsRefusedWithBothPlaces) {
  EXPECT_THAT(mistake_with(off("2023-01-25", "2023-01-25", "春节")),
              HasSubstr("twice-listed 第9条(2023-01-25 春节):2023-01-25 在第1条已经列过"));
  EXPECT_THAT(mistake_with(off("2023-01-28", "2023-01-28", "春节")),
              HasSubstr("off-and-work"));
}

TEST(HolidayNotice, AMadeUpDayThatIsNoWeekendIsRefused) {
  EXPECT_THAT(mistake_with(work("2023-02-03", "春节")),
              HasSubstr("work-on-weekday 第9条(2023-02-03 春节):写的是调休上班,"
                        "但2023-02-03(周五)本来就上班"));
}

TEST(HolidayNotice, HalfAListIsNotTheNotice) {
  EXPECT_THAT(mistake_in({off("2022-12-31", "2022-12-31", "元旦")}),
              HasSubstr("not-whole 2023年的放假安排不全,没有春节、清明、劳动、端午、中秋、国庆"));
}

TEST(HolidayNotice, ANameThatWouldBreakTheFileIsRefused) {
  for (const auto* name : {"", "元旦\"", "元\n旦", "元\\旦"}) {
    EXPECT_THAT(mistake_with(off("2023-02-03", "2023-02-03", name)), HasSubstr("bad-name"));
  }
  std::string longer(limits::holiday_name_bytes + 1, 'x');
  EXPECT_THAT(mistake_with(off("2023-02-03", "2023-02-03", longer)), HasSubstr("bad-name"));
}

TEST(HolidayNotice, ASpanThatNoHolidayHasIsRefused) {
  EXPECT_THAT(mistake_with(off("2023-07-01", "2023-08-31", "暑假")), HasSubstr("bad-span"));
  auto last = make_day(2023, 7, 1) + std::chrono::days{limits::holiday_days};
  EXPECT_THAT(mistake_with(off("2023-07-01", format_day(last), "暑假")), HasSubstr("bad-span"));
}

std::string event(std::string_view summary, std::string_view lines) {
  return "BEGIN:VEVENT\nSUMMARY:" + std::string{summary} + "\n" + std::string{lines} +
         "\nEND:VEVENT\n";
}
std::string on(std::string_view summary, std::string_view first = "20230121") {
  return event(summary, "DTSTART;VALUE=DATE:" + std::string{first});
}
std::string calendar_of(const std::string& events) {
  return "BEGIN:VCALENDAR\nVERSION:2.0\n" + events + "END:VCALENDAR\n";
}

struct Read {
  std::vector<std::string> entries, aside, mistakes;
};
Read read(const std::string& text, std::optional<int> only = std::nullopt) {
  Read said;
  Diagnostics out;
  auto list = read_ics_list(text, "list.ics", only, out);
  for (const auto& one : out) said.mistakes.push_back(one.code);
  if (!list) return said;
  said.aside.assign(list->set_aside.begin(), list->set_aside.end());
  for (const auto& [year, entries] : list->years) {
    for (const auto& one : entries) {
      said.entries.push_back(std::to_string(year) + " " + (one.off ? "off " : "work ") + one.name +
                             " " + format_day(one.first) + ".." + format_day(one.last));
    }
  }
  return said;
}

TEST(IcsList, ReadsTheFormOfHolidayCn) {
  auto said = read(calendar_of(event("元旦假期",
                                     "DTSTART;VALUE=DATE:20221231\nDTEND;VALUE=DATE:20230103\n"
                                     "DTSTAMP;VALUE=DATE:20221231\nUID:x") +
                               event("上班(补中秋节、国庆节假期)",
                                     "DTSTART;VALUE=DATE:20231007\nDTEND;VALUE=DATE:20231009")));
  EXPECT_THAT(said.entries, ElementsAre("2023 off 元旦 2022-12-31..2023-01-02",
                                        "2023 work 中秋节、国庆节 2023-10-07..2023-10-08"));
}

TEST(IcsList, ReadsTheOtherFormsThatPeopleHave) {
  for (const auto* summary : {"春节(休)", "春节（休）", "春节(休) 第1天/共7天", "春节放假",
                              "春节假期"}) {
    EXPECT_THAT(read(calendar_of(on(summary))).entries,
                ElementsAre("2023 off 春节 2023-01-21..2023-01-21"))
        << summary;
  }
  for (const auto* summary : {"春节(班)", "春节（班）", "春节补班", "春节调休补班",
                              "春节调休上班", "上班(补春节假期)"}) {
    EXPECT_THAT(read(calendar_of(on(summary, "20230128"))).entries,
                ElementsAre("2023 work 春节 2023-01-28..2023-01-28"))
        << summary;
  }
}

TEST(IcsList, ApplesOwnMarkSaysItToo) {
  auto text = calendar_of(event("春节", "DTSTART;VALUE=DATE:20230121\n"
                                        "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"));
  EXPECT_THAT(read(text).entries, ElementsAre("2023 off 春节 2023-01-21..2023-01-21"));
  auto torn = calendar_of(event("春节(班)", "DTSTART;VALUE=DATE:20230121\n"
                                            "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"));
  EXPECT_THAT(read(torn).mistakes, ElementsAre("off-and-work"));
}

TEST(IcsList, WhatSaysNeitherIsSetAsideByName) {
  auto said = read(calendar_of(on("元宵节") + on("寒假期间") + on("春节调休") +
                               event("春节(休)", "DTSTART;VALUE=DATE:20230121\n"
                                                 "STATUS:CANCELLED")));
  EXPECT_THAT(said.entries, IsEmpty());
  EXPECT_THAT(said.aside, testing::UnorderedElementsAre("元宵节", "寒假期间", "春节调休",
                                                        "春节(休)"));
}

TEST(IcsList, AHolidayThatCannotBeReadIsAMistake) {
  for (const auto* lines :
       {"DTSTART;VALUE=DATE:20230230", "DTSTART;VALUE=DATE:2023", "UID:none",
        "DTSTART:20230121T000000", "DTSTART;VALUE=DATE:20230121\nDTEND;VALUE=DATE:20230121",
        "DTSTART;VALUE=DATE:20230121\nDTEND:20230122T000000"}) {
    EXPECT_THAT(read(calendar_of(event("春节(休)", lines))).mistakes,
                ElementsAre("impossible-date"))
        << lines;
  }
  EXPECT_THAT(read(calendar_of(event("春节(休)", "DTSTART;VALUE=DATE:20230121\n"
                                                 "RRULE:FREQ=YEARLY"))).mistakes,
              ElementsAre("repeats"));
  EXPECT_THAT(read(calendar_of(event("春节(休)", "DTSTART;VALUE=DATE:20230121\n"
                                                 "DTSTART;VALUE=DATE:20230122"))).mistakes,
              ElementsAre("several-dates"));
}

TEST(IcsList, OneYearOfSeveralIsTaken) {
  auto text = calendar_of(on("元旦(休)", "20221231") + on("春节(休)", "20220131"));
  EXPECT_THAT(read(text, 2023).entries, ElementsAre("2023 off 元旦 2022-12-31..2022-12-31"));
}

TEST(IcsList, WhatIsNoCalendarIsAMistakeHoweverItIsMeant) {
  for (const auto& text :
       {std::string{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n"},
        calendar_of("") + calendar_of(""), std::string{"BEGIN:VEVENT\nEND:VEVENT\n"},
        std::string{"BEGIN:VCALENDAR"}, std::string{}}) {
    EXPECT_THAT(read(text).mistakes, ElementsAre("not-ics"));
  }
  std::string deep;
  for (std::size_t i = 0; i < 40 * limits::holiday_entries; ++i) deep += "begin:VEVENT\n";
  EXPECT_THAT(read(deep).mistakes, ElementsAre("too-large"));
}

TEST(IcsList, TornAnywhereItIsReadOrRefusedAndNothingElse) {
  auto text = calendar_of(event("元旦假期",
                                "DTSTART;VALUE=DATE:20221231\nDTEND;VALUE=DATE:20230103\n"
                                "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY\nRRULE:FREQ=YEARLY") +
                          on("上班(补元旦假期)"));
  for (std::size_t at = 0; at < text.size(); ++at) {
    read(text.substr(0, at));
    read(text.substr(0, at) + text.substr(at + 1));
    auto flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x11);
    if (flipped[at] != '\0') read(flipped);
  }
}

}  // namespace
}  // namespace duban::calendar
