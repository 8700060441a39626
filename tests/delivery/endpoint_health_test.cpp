#include "delivery/endpoint_health.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "contract/store_samples.h"

namespace duban::delivery {
namespace {

using contract::moment;
using namespace std::chrono_literals;

Outcome outcome(AttemptOutcome what, Reason reason) {
  Outcome made;
  made.outcome = what;
  made.reason = reason;
  return made;
}
const EndpointKey a{"wuhan", "a"}, b{"wuhan", "b"};
const Outcome failed = outcome(AttemptOutcome::retry, Reason::connect_failed);
const Outcome arrived = outcome(AttemptOutcome::delivered, Reason::accepted);

std::optional<Instant> fail(EndpointHealth& health, int times) {
  std::optional<Instant> until;
  for (int i = 0; i < times; ++i) until = health.note(a, failed, moment());
  return until;
}

TEST(EndpointHealth, FourFailuresChangeNothing) {
  EndpointHealth health;
  EXPECT_EQ(fail(health, limits::failures_to_probe - 1), std::nullopt);
  EXPECT_FALSE(health.is_probed(a));
}

TEST(EndpointHealth, FromTheFifthOnItIsProbedAtGrowingDistancesUpToABound) {
  EndpointHealth health;
  EXPECT_EQ(fail(health, limits::failures_to_probe), moment(30));
  EXPECT_TRUE(health.is_probed(a));
  EXPECT_EQ(health.waits_until(a, moment()), moment(30));
  EXPECT_EQ(health.waits_until(a, moment(30)), std::nullopt);
  EXPECT_EQ(fail(health, 1), moment(60));
  EXPECT_EQ(fail(health, 1), moment(120));
  EXPECT_EQ(fail(health, 100), moment() + Seconds{limits::probe_every});
  EXPECT_FALSE(health.is_probed(b));
}

// Else it would not be tried until the clock shows that time once more, a day later or a year.
TEST(EndpointHealth, AClockThatIsSetBackMakesNobodyWaitForWhatItShowedBefore) {
  EndpointHealth health;
  fail(health, limits::failures_to_probe + 10);
  const auto earlier = moment() - std::chrono::hours{22};
  EXPECT_EQ(health.waits_until(a, earlier), std::nullopt);
  EXPECT_EQ(health.note(a, failed, earlier), earlier + Seconds{limits::probe_every});
}

TEST(EndpointHealth, OneSuccessMendsIt) {
  EndpointHealth health;
  fail(health, limits::failures_to_probe);
  EXPECT_EQ(health.note(a, arrived, moment()), std::nullopt);
  EXPECT_FALSE(health.is_probed(a));
  EXPECT_EQ(health.waits_until(a, moment()), std::nullopt);
  EXPECT_EQ(fail(health, 1), std::nullopt);
}

TEST(EndpointHealth, WhoRefusesOneMessageIsNotDead) {
  EndpointHealth health;
  for (int i = 0; i < 20; ++i) {
    health.note(a, outcome(AttemptOutcome::rejected, Reason::refused), moment());
  }
  EXPECT_FALSE(health.is_probed(a));
  EXPECT_FALSE(health.is_gone(a));
}

TEST(EndpointHealth, WhoAsksForAPauseGetsIt) {
  EndpointHealth health;
  auto busy = outcome(AttemptOutcome::retry, Reason::rate_limited);
  busy.retry_after = 600s;
  EXPECT_EQ(health.note(a, busy, moment()), moment(600));
  busy.retry_after = 20s;
  EXPECT_EQ(health.note(a, busy, moment()), moment(600));
  busy.retry_after = Seconds{3'000'000'000};
  EXPECT_EQ(health.note(a, busy, moment()), moment() + Seconds{limits::probe_every});
  EXPECT_FALSE(health.is_probed(a));
}

TEST(EndpointHealth, GoneLastsUntilItIsForgotten) {
  EndpointHealth health;
  auto gone = outcome(AttemptOutcome::rejected, Reason::endpoint_gone);
  gone.endpoint_gone = true;
  health.note(a, gone, moment());
  health.note(b, gone, moment());
  health.note(a, failed, moment(1));
  EXPECT_TRUE(health.is_gone(a));
  health.forget(a);
  EXPECT_FALSE(health.is_gone(a));
  EXPECT_TRUE(health.is_gone(b));
  health.forget_all();
  EXPECT_FALSE(health.is_gone(b));
}

}  // namespace
}  // namespace duban::delivery
