#include "control/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace duban::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Instant now = *parse_rfc3339("2022-05-25T17:30:00+08:00");

engine::Pulse well() {
  engine::Pulse pulse{.started = true, .now = now};
  pulse.plans.push_back({.id = "wuhan", .advanced = now, .next = now + Seconds{60}});
  return pulse;
}

TEST(Health, one_that_is_well_has_no_faults) {
  EXPECT_THAT(faults_of_life(well()), IsEmpty());
  EXPECT_THAT(faults_of_readiness(well(), true), IsEmpty());
}

TEST(Health, a_plan_that_overslept_means_that_the_loop_does_not_turn) {
  auto pulse = well();
  pulse.plans.front().next = now - limits::overdue_look;
  EXPECT_THAT(faults_of_life(pulse), IsEmpty()) << "a long step is no fault";
  pulse.plans.front().next = now - limits::overdue_look - Seconds{1};
  EXPECT_THAT(faults_of_life(pulse), ElementsAre(HasSubstr("方案 wuhan 该看一遍了,已迟 121 秒")));
  EXPECT_THAT(faults_of_readiness(pulse, true), IsEmpty());
  pulse.speed = 2;
  EXPECT_THAT(faults_of_life(pulse), IsEmpty()) << "business time runs twice as fast";
}

TEST(Health, a_plan_without_anything_to_come_is_never_late) {
  auto pulse = well();
  pulse.plans.front().next.reset();
  EXPECT_EQ(overdue(pulse.plans.front(), pulse), Seconds{0});
  EXPECT_THAT(faults_of_life(pulse), IsEmpty());
}

TEST(Health, a_plan_that_was_never_looked_at_is_late_from_the_start_on) {
  auto pulse = well();
  pulse.since = now - Seconds{3600};
  pulse.plans.front().advanced.reset();
  pulse.plans.front().next.reset();
  EXPECT_EQ(overdue(pulse.plans.front(), pulse), Seconds{3600});
  pulse.since = now;
  EXPECT_THAT(faults_of_life(pulse), IsEmpty());
}

TEST(Health, a_ledger_that_takes_nothing_is_no_life) {
  auto pulse = well();
  pulse.ledger_failures = limits::ledger_failures - 1;
  EXPECT_THAT(faults_of_life(pulse), IsEmpty()) << "the first may have been nothing";
  pulse.ledger_failures = limits::ledger_failures;
  EXPECT_THAT(faults_of_life(pulse), ElementsAre(HasSubstr("台账连续 2 次写不进")));
}

TEST(Health, a_step_that_the_ledger_refuses_is_told_once) {
  auto pulse = well();
  pulse.plans.front().refusals = 3;
  pulse.plans.front().next = now - Seconds{3600};
  EXPECT_THAT(faults_of_life(pulse), ElementsAre(HasSubstr("没有写成")));
}

TEST(Health, while_the_clock_is_held_it_lives_and_is_not_ready) {
  auto pulse = well();
  pulse.clock_held = true;
  pulse.plans.front().next = now - Seconds{3600};
  EXPECT_THAT(faults_of_life(pulse), IsEmpty());
  EXPECT_THAT(faults_of_readiness(pulse, true), ElementsAre(HasSubstr("dubanctl clock accept")));
}

TEST(Health, before_it_has_started_it_is_not_ready_and_says_why) {
  EXPECT_THAT(faults_of_readiness({}, false), ElementsAre(HasSubstr("还没有起来")));
  EXPECT_THAT(faults_of_life({}), IsEmpty());
}

TEST(Health, without_plans_or_ears_it_is_not_ready) {
  auto pulse = well();
  EXPECT_THAT(faults_of_readiness(pulse, false), ElementsAre(HasSubstr("socket")));
  pulse.plans.clear();
  EXPECT_THAT(faults_of_readiness(pulse, true), ElementsAre(HasSubstr("没有一个方案")));
}

}  // namespace
}  // namespace duban::control
