#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/load.h"

namespace duban::plan {
namespace {

using ::testing::HasSubstr;

class RoundTrip : public ::testing::TestWithParam<const char*> {};

TEST_P(RoundTrip, of_a_due_time_is_the_same) {
  auto due = parse_due(GetParam());
  ASSERT_TRUE(due) << due.error().english;
  EXPECT_EQ(format_due(*due), GetParam());
  auto again = parse_due(format_due(*due));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *due);
}

INSTANTIATE_TEST_SUITE_P(
    of_dues, RoundTrip,
    ::testing::Values("none", "tbd", "03-31", "02-29", "12-09 17:00", "25", "25 17:00", "01",
                      "last", "last 12:00", "last-wd", "last-wd 17:00", "1st-wd", "2nd-wd",
                      "3rd-wd 09:00", "7th-wd", "11th-wd", "12th-wd", "21st-wd", "mon", "sun 08:00",
                      "month-1 25", "month-3 25 17:00", "month-12 09", "summary.due +10wd",
                      "meeting.held +7wd", "meeting.due -10wd 09:00", "a.b-c.due 0d",
                      "reply.due -20wd", "meeting.held +48h", "17:00", "00:00"));

class OffsetRoundTrip : public ::testing::TestWithParam<const char*> {};

TEST_P(OffsetRoundTrip, of_an_offset_is_the_same) {
  auto offset = parse_offset(GetParam());
  ASSERT_TRUE(offset) << offset.error().english;
  EXPECT_EQ(format_offset(*offset), GetParam());
  EXPECT_EQ(offset->text, GetParam());
  EXPECT_EQ(*parse_offset(format_offset(*offset)), *offset);
}

INSTANTIATE_TEST_SUITE_P(of_offsets, OffsetRoundTrip,
                         ::testing::Values("-3wd 09:00", "0d 09:00", "+1d", "-1d", "+1wd 14:00",
                                           "-2h", "+36h", "0wd", "+800d", "-800wd 23:59"));

TEST(DueGrammar, blanks_are_folded) {
  EXPECT_EQ(parse_due("  25   17:00 ")->text, "25 17:00");
  EXPECT_EQ(parse_offset(" -3wd\t09:00")->text, "-3wd 09:00");
  EXPECT_EQ(parse_due("5")->text, "05");
}

TEST(DueGrammar, a_relative_due_time_carries_its_hour_in_the_offset_and_beside_it) {
  auto due = parse_due("meeting.held +7wd 17:00");
  ASSERT_TRUE(due);
  ASSERT_NE(due->relative(), nullptr);
  EXPECT_EQ(due->relative()->duty, "meeting");
  EXPECT_EQ(due->relative()->event, DueRelative::Event::held);
  EXPECT_EQ(due->relative()->offset.count, 7);
  EXPECT_EQ(due->relative()->offset.time, Seconds{17 * 3600});
  EXPECT_EQ(due->time, Seconds{17 * 3600});
}

TEST(DueGrammar, a_date_without_an_hour_has_none) {
  EXPECT_EQ(parse_due("03-31")->time, std::nullopt);
  EXPECT_EQ(parse_due("03-31 00:00")->time, Seconds{0});
}

class Refused : public ::testing::TestWithParam<const char*> {};

TEST_P(Refused, as_a_due_time) {
  auto due = parse_due(GetParam());
  ASSERT_FALSE(due) << due->text;
  for (auto tongue : {Tongue::chinese, Tongue::english}) {
    EXPECT_FALSE(due.error().in(tongue).empty());
    EXPECT_EQ(due.error().in(tongue).find('\n'), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(
    of_dues, Refused,
    ::testing::Values("", "   ", "0", "32", "00-10", "13-01", "06-31", "02-30", "2022-06-15",
                      "3-31", "25 9:00", "25 24:00", "25 17:00 x", "tbd 17:00", "none none",
                      "0th-wd", "th-wd", "lastwd", "monday", "month-0 25", "month-13 25",
                      "month-3", "x.due", "x.done +1d", ".due +1d", "x.due +1d +2d",
                      "x.due +1h 09:00", "25号", "17:00 18:00", "9:00", "24:00"));

TEST(DueGrammar, an_impossible_day_says_how_many_the_month_has) {
  EXPECT_THAT(parse_due("06-31").error().chinese, HasSubstr("6月只有30天"));
  EXPECT_THAT(parse_due("02-30").error().chinese, HasSubstr("2月只有29天"));
  EXPECT_EQ(parse_due("06-31").error().english,
            "Jun has only 30 days; for the end of the month write 06-30");
}

TEST(DueGrammar, offsets_want_a_sign_a_unit_and_a_bound) {
  for (const auto* text : {"", "3wd", "+3", "+wd", "+0d", "-0wd", "+03d", "+3w", "+801d", "+99999d",
                           "- 3d", "+3d 9:00", "+3d 09:00 x", "+2h 09:00"}) {
    EXPECT_FALSE(parse_offset(text)) << text;
  }
}

}  // namespace
}  // namespace duban::plan
