#include "delivery/spread.h"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <set>

#include "contract/store_samples.h"

namespace duban::delivery {
namespace {

using namespace std::chrono_literals;

const Instant nine = *parse_rfc3339("2022-05-20T09:00:00+08:00");
constexpr Seconds seven_minutes = 7min;

ledger::Claimed claimed(Instant queued_at, const std::string& endpoint = "group") {
  ledger::Claimed made;
  made.plan = "wuhan";
  made.notice = contract::notice("ntc_1", {contract::item_key("zongban")});
  made.notice.head.endpoint = endpoint;
  made.notice.head.queued_at = queued_at;
  made.notice.head.expires_at = queued_at + 8h;
  return made;
}

std::optional<Instant> at(const ledger::Claimed& one, Instant now) {
  return spread_until(one, seven_minutes, {now, now, 1});
}

TEST(Spread, MovesAFirstAttemptOffTheFullAndTheHalfHourByUpToSevenMinutes) {
  std::set<Instant> minutes;
  for (int n = 0; n < 50; ++n) {
    for (auto planned : {nine, nine + 30min}) {
      auto later = at(claimed(planned, fmt::format("group-{}", n)), planned);
      ASSERT_TRUE(later);
      EXPECT_GE(*later, planned + 1min);
      EXPECT_LE(*later, planned + 7min);
      minutes.insert(*later);
    }
  }
  EXPECT_GT(minutes.size(), 50U) << "they would come together all the same";
}

TEST(Spread, IsTheSameForAnEndpointEveryTime) {
  EXPECT_EQ(at(claimed(nine), nine), at(claimed(nine), nine + 20s));
  EXPECT_EQ(*at(claimed(nine + 24h), nine + 24h), *at(claimed(nine), nine) + 24h);
}

TEST(Spread, LeavesOtherMinutesAlone) {
  EXPECT_FALSE(at(claimed(nine + 5min), nine + 5min));
  EXPECT_FALSE(at(claimed(nine - 1s), nine - 1s));
}

TEST(Spread, EndsWithItsOwnMinute) {
  auto later = at(claimed(nine), nine);
  EXPECT_TRUE(at(claimed(nine), *later - 1s));
  EXPECT_FALSE(at(claimed(nine), *later));
  EXPECT_FALSE(at(claimed(nine), nine + 1h)) << "what is late anyhow goes at once";
}

TEST(Spread, NeverPassesTheEndOfItsSense) {
  auto one = claimed(nine);
  one.notice.head.expires_at = nine + 30s;
  EXPECT_FALSE(at(one, nine));
}

TEST(Spread, NeverHoldsARepeatNorWhatAChannelSendsOnItsSecond) {
  auto one = claimed(nine);
  one.tries = 1;
  EXPECT_FALSE(at(one, nine));
  one.tries = 0, one.lease_lost = true;
  EXPECT_FALSE(at(one, nine));
  EXPECT_FALSE(spread_until(claimed(nine), 0s, {nine, nine, 1}));
}

TEST(Spread, IsOfBusinessTimeAndWaitsInMachineTime) {
  auto later = spread_until(claimed(nine), seven_minutes, {nine - 100h, nine, 60});
  ASSERT_TRUE(later);
  EXPECT_GT(*later, nine - 100h);
  EXPECT_LE(*later, nine - 100h + 7s);
}

}  // namespace
}  // namespace duban::delivery
