// Zones, gaps and folds, and what of date/tz we rely on.
#include "calendar/zone.h"

#include <date/tz.h>
#include <gtest/gtest.h>

#include "calendar/fixture.h"

namespace duban::calendar {
namespace {

using tests::civil;

std::string utc(std::string_view zone, std::string_view at) {
  return format_rfc3339(Zone::find(zone).value().to_instant(civil(at)));
}

TEST(Zone, IsFoundByItsIanaNameAlone) {
  EXPECT_EQ(Zone::find("Asia/Shanghai")->name(), "Asia/Shanghai");
  for (const auto* wrong : {"", "Asia/Shangai", "asia/shanghai", "../../etc/passwd", "localtime",
                            "UTC+8", "zone.tab"}) {
    EXPECT_FALSE(Zone::find(wrong)) << wrong;
  }
}

TEST(Zone, ASlipOfTheKeyboardFindsTheNameMeant) {
  EXPECT_EQ(Zone::nearest_name("Asia/Shangai"), "Asia/Shanghai");
  EXPECT_EQ(Zone::nearest_name("Berlin"), "");
}

TEST(Zone, FormatsWithTheOffsetOfThatInstant) {
  auto berlin = Zone::find("Europe/Berlin").value();
  EXPECT_EQ(berlin.format(berlin.to_instant(civil("2022-07-01 09:00"))),
            "2022-07-01T09:00:00+02:00");
  EXPECT_EQ(berlin.format(berlin.to_instant(civil("2022-12-01 09:00"))),
            "2022-12-01T09:00:00+01:00");
}

struct Crossing {
  const char* zone;
  const char* civil;
  const char* instant;
};

class Crossings : public testing::TestWithParam<Crossing> {};

TEST_P(Crossings, GoToTheFirstInstantAfterAGapAndTheFirstOfTwoInAFold) {
  const auto& [zone, at, instant] = GetParam();
  EXPECT_EQ(utc(zone, at), instant) << zone << " " << at;
}

INSTANTIATE_TEST_SUITE_P(
    Zone, Crossings,
    testing::Values(
        // Gap 02:00 to 03:00, fold 02:00 to 03:00.
        Crossing{"Europe/Berlin", "2022-03-27 01:59", "2022-03-27T00:59:00Z"},
        Crossing{"Europe/Berlin", "2022-03-27 02:00", "2022-03-27T01:00:00Z"},
        Crossing{"Europe/Berlin", "2022-03-27 02:59", "2022-03-27T01:00:00Z"},
        Crossing{"Europe/Berlin", "2022-03-27 03:00", "2022-03-27T01:00:00Z"},
        Crossing{"Europe/Berlin", "2022-10-30 01:59", "2022-10-29T23:59:00Z"},
        Crossing{"Europe/Berlin", "2022-10-30 02:00", "2022-10-30T00:00:00Z"},
        Crossing{"Europe/Berlin", "2022-10-30 02:59", "2022-10-30T00:59:00Z"},
        Crossing{"Europe/Berlin", "2022-10-30 03:00", "2022-10-30T02:00:00Z"},
        Crossing{"America/New_York", "2022-03-13 02:30", "2022-03-13T07:00:00Z"},
        Crossing{"America/New_York", "2022-11-06 01:30", "2022-11-06T05:30:00Z"},
        Crossing{"America/New_York", "2022-11-06 02:00", "2022-11-06T07:00:00Z"},
        // China had summer time in these years; in 1986 it began on 4 May at 02:00.
        Crossing{"Asia/Shanghai", "1986-05-04 02:30", "1986-05-03T18:00:00Z"},
        Crossing{"Asia/Shanghai", "1986-07-01 12:00", "1986-07-01T03:00:00Z"},
        Crossing{"Asia/Shanghai", "1986-09-14 01:30", "1986-09-13T16:30:00Z"},
        Crossing{"Asia/Shanghai", "1991-04-14 02:30", "1991-04-13T18:00:00Z"},
        Crossing{"Asia/Shanghai", "1991-09-15 01:30", "1991-09-14T16:30:00Z"},
        Crossing{"Asia/Shanghai", "1991-09-15 02:00", "1991-09-14T18:00:00Z"},
        Crossing{"Asia/Shanghai", "1992-07-01 12:00", "1992-07-01T04:00:00Z"},
        Crossing{"Asia/Shanghai", "2022-03-31 17:00", "2022-03-31T09:00:00Z"},
        // Half an hour.
        Crossing{"Australia/Lord_Howe", "2022-10-02 02:15", "2022-10-01T15:30:00Z"},
        Crossing{"Australia/Lord_Howe", "2022-04-03 01:45", "2022-04-02T14:45:00Z"},
        Crossing{"Australia/Lord_Howe", "2022-04-03 02:00", "2022-04-02T15:30:00Z"},
        // A whole day that never was.
        Crossing{"Pacific/Apia", "2011-12-29 23:59", "2011-12-30T09:59:00Z"},
        Crossing{"Pacific/Apia", "2011-12-30 00:00", "2011-12-30T10:00:00Z"},
        Crossing{"Pacific/Apia", "2011-12-30 12:00", "2011-12-30T10:00:00Z"},
        Crossing{"Pacific/Apia", "2011-12-31 00:00", "2011-12-30T10:00:00Z"}));

TEST(Zone, ACivilTimeAndBackIsTheSameOutsideGaps) {
  for (const auto* name : {"Europe/Berlin", "Australia/Lord_Howe", "Asia/Shanghai"}) {
    auto zone = Zone::find(name).value();
    for (auto at = civil("2022-01-01 00:30"); at < civil("2023-01-01 00:00");
         at += std::chrono::minutes{45}) {
      auto back = zone.to_civil(zone.to_instant(at));
      bool in_gap = back != at;
      if (in_gap) {
        EXPECT_GT(back, at) << name;
        EXPECT_LE(back - at, std::chrono::hours{1}) << name;
      }
      EXPECT_EQ(zone.day_of(zone.to_instant(at)), day_of(at)) << name;
    }
  }
}

// What we rely on in date/tz; when one of these breaks, zone.cpp has to be read again.
TEST(DateTz, TellsAGapByItsEndAndAFoldByItsFirstOffset) {
  const auto* berlin = date::locate_zone("Europe/Berlin");
  auto gap = berlin->get_info(date::local_seconds{civil("2022-03-27 02:30").time_since_epoch()});
  EXPECT_EQ(gap.result, date::local_info::nonexistent);
  EXPECT_EQ(gap.first.end, gap.second.begin);
  auto fold = berlin->get_info(date::local_seconds{civil("2022-10-30 02:30").time_since_epoch()});
  EXPECT_EQ(fold.result, date::local_info::ambiguous);
  EXPECT_EQ(fold.first.offset, std::chrono::hours{2});
  EXPECT_EQ(fold.second.offset, std::chrono::hours{1});
}

TEST(DateTz, GivesTheSameZoneAtTheSameAddressForTheWholeProcess) {
  EXPECT_EQ(date::locate_zone("Asia/Shanghai"), date::locate_zone("Asia/Shanghai"));
}

TEST(DateTz, ThrowsARuntimeErrorForAnUnknownZone) {
  EXPECT_THROW(date::locate_zone("Asia/Nowhere"), std::runtime_error);
}

TEST(DateTz, KnowsSummerTimeUpToTheLastYearWeNameAndNotAfter) {
  auto berlin = Zone::find("Europe/Berlin").value();
  auto summer = [&](const char* at) { return berlin.offset_at(parse_rfc3339(at).value()); };
  static_assert(Zone::last_year == 2037);
  EXPECT_EQ(summer("2037-07-01T00:00:00Z"), std::chrono::hours{2});
  // It should be two hours: when it is, Zone::last_year and its warning can go.
  EXPECT_EQ(summer("2038-07-01T00:00:00Z"), std::chrono::hours{1});
  auto shanghai = Zone::find("Asia/Shanghai").value();
  EXPECT_EQ(shanghai.offset_at(parse_rfc3339("2100-07-01T00:00:00Z").value()),
            std::chrono::hours{8});
}

}  // namespace
}  // namespace duban::calendar
