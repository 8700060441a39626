#include "engine/effect_sums.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duban::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const calendar::Zone& zone() {
  static const auto shanghai = *calendar::Zone::find("Asia/Shanghai");
  return shanghai;
}

Instant at(const std::string& month_day_hour) {
  return *parse_rfc3339("2022-" + month_day_hour + ":00+08:00");
}

Prospect one(const std::string& duty, const std::string& unit, const std::string& when) {
  Prospect made;
  made.item.key.about = {duty, "2022-07", unit, ""};
  made.at = made.item.planned_at = at(when);
  made.item.due = at("07-25T17:00");
  made.notice = "ntc_" + unit + when;
  return made;
}

Change added(Prospect to) { return {ChangeKind::added, std::nullopt, std::move(to)}; }

EffectSums sums(const std::vector<Change>& changes, const std::vector<Prospect>& before = {},
                const std::vector<Prospect>& after = {}) {
  return sum_up(changes, before, after, zone(),
                {.duties = {"table", "paper"}, .units = {"water", "edu"}});
}

TEST(EffectSums, ItemsMessagesAndUnitsAreCountedApart) {
  auto all = sums({added(one("table", "edu", "07-04T09:00")),
                   added(one("paper", "edu", "07-04T09:00")),
                   added(one("table", "water", "07-04T09:00"))}).all;
  EXPECT_EQ(all.of(ChangeKind::added).items, 3U);
  EXPECT_EQ(all.of(ChangeKind::added).notices, 2U);
  EXPECT_EQ(all.of(ChangeKind::added).units, 2U);
  EXPECT_EQ(all.of(ChangeKind::gone).items, 0U);
  EXPECT_EQ(all.units, 2U);
}

TEST(EffectSums, DutiesStandInThePlansOrderAndListsLast) {
  auto list = one("", "office", "07-04T16:30");
  auto duties = sums({added(list), added(one("paper", "edu", "07-04T09:00")),
                      added(one("table", "edu", "07-04T09:00"))}).duties;
  ASSERT_THAT(duties, SizeIs(3));
  EXPECT_EQ(duties[0].duty, "table");
  EXPECT_EQ(duties[1].duty, "paper");
  EXPECT_EQ(duties[2].duty, "");
  EXPECT_EQ(duties[2].period, "");
}

TEST(EffectSums, ADutysDatesAreWhatIsKnownAndWhatIsTold) {
  auto change = one("table", "edu", "07-04T10:00");
  change.item.key.kind = ItemKind::change;
  change.item.was_due = at("07-25T17:00");
  change.item.due = at("07-20T17:00");
  auto moved = sums({{ChangeKind::told_again, std::nullopt, change}}).duties.front();
  EXPECT_EQ(moved.due_before, at("07-25T17:00"));
  EXPECT_EQ(moved.due_after, at("07-20T17:00"));

  auto fell_away = one("table", "edu", "07-04T10:00");
  fell_away.item.key.kind = ItemKind::gone;
  auto gone = sums({added(fell_away)}).duties.front();
  EXPECT_EQ(gone.due_before, at("07-25T17:00"));
  EXPECT_EQ(gone.due_after, std::nullopt);
}

TEST(EffectSums, WeeksAndMonthsAreThePlansOwnByItsZone) {
  // Sunday 23:30 and Monday 00:30 in Shanghai, both Sunday in UTC.
  auto all = sums({added(one("table", "edu", "07-31T23:30")),
                   added(one("table", "edu", "08-01T00:30"))},
                  {}, {one("table", "edu", "07-31T23:30"), one("table", "edu", "08-01T00:30")});
  ASSERT_THAT(all.weeks, SizeIs(2));
  EXPECT_EQ(all.weeks[0].id, "2022-W30");
  EXPECT_EQ(format_day(all.weeks[1].from), "2022-08-01");
  ASSERT_THAT(all.months, SizeIs(2));
  EXPECT_EQ(all.months[1].id, "2022-08");
  EXPECT_EQ(all.months[1].messages.before, 0U);
  EXPECT_EQ(all.months[1].messages.after, 1U);
}

TEST(EffectSums, AUnitsMessagesAreThoseThatGoToIt) {
  auto to_leader = one("table", "edu", "07-04T09:00");
  to_leader.item.key.audience = Audience::leader;
  auto drafted = one("table", "edu", "07-05T09:00");
  drafted.drafted = true;
  auto both = one("table", "edu", "07-06T09:00");
  auto same_message = both;
  same_message.item.key.about.duty = "paper";
  auto units = sums({}, {}, {to_leader, drafted, both, same_message}).units;
  ASSERT_THAT(units, SizeIs(1));
  EXPECT_EQ(units[0].messages.after, 1U);
  EXPECT_THAT(sums({}, {both}, {both}).units, IsEmpty());
}

}  // namespace
}  // namespace duban::engine
