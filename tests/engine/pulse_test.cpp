#include "engine/pulse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/temporary_folder.h"
#include "engine/desk.h"
#include "ledger/backup.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PlanPulse only(const Pulse& pulse) {
  EXPECT_THAT(pulse.plans, SizeIs(1));
  return pulse.plans.empty() ? PlanPulse{} : pulse.plans.front();
}

TEST(Pulse, of_an_engine_that_lives) {
  Desk desk{"05-16T10:00:00"};
  auto pulse = desk.engine->pulse();
  EXPECT_TRUE(pulse.started);
  EXPECT_EQ(pulse.now, desk.clock.now());
  EXPECT_EQ(only(pulse).id, Desk::plan);
  EXPECT_EQ(only(pulse).advanced, desk.clock.now());
  EXPECT_GT(only(pulse).next, desk.clock.now());
  EXPECT_EQ(pulse.ledger_failures, 0);
  EXPECT_EQ(pulse.ledger_bytes, 0U) << "in memory";
}

TEST(Pulse, before_the_start_there_is_nothing) {
  Desk desk{"05-16T10:00:00"};
  auto tree = read_tree(desk.config.settings_file());
  Engine fresh{desk.loop.get_executor(), desk.clock, *desk.store,
               EngineOptions{.config = desk.config.settings_file(), .settings = *tree.settings}};
  EXPECT_FALSE(fresh.pulse().started);
  EXPECT_THAT(fresh.pulse().plans, IsEmpty());
}

TEST(Pulse, the_oldest_that_waits_is_told_and_drafts_are_not) {
  Desk desk{"05-16T10:00:00"};
  desk.turn();
  auto plan = only(desk.engine->pulse());
  std::optional<Instant> oldest;
  std::size_t pending = 0, drafted = 0;
  for (const auto& [id, notice] : desk.record().open_notices()) {
    (notice.state == NoticeState::drafted ? drafted : pending) += 1;
    if (notice.state == NoticeState::drafted) continue;
    oldest = std::min(oldest.value_or(notice.queued_at), notice.queued_at);
  }
  EXPECT_GT(pending + drafted, 0U) << "the start is told";
  EXPECT_EQ(plan.pending, pending);
  EXPECT_EQ(plan.drafted, drafted);
  EXPECT_EQ(plan.oldest_pending, oldest);
}

TEST(Pulse, a_notice_tells_its_units_until_it_has_ended) {
  Desk desk{"05-16T10:00:00"};
  desk.turn();
  ASSERT_FALSE(desk.record().open_notices().empty());
  const auto& [id, notice] = *desk.record().open_notices().begin();
  auto units = desk.engine->units_of(Desk::plan, id);
  for (const auto& item : notice.items) EXPECT_THAT(units, Contains(item.about.unit));
  EXPECT_THAT(desk.engine->units_of(Desk::plan, "ntc_unknown"), IsEmpty());
  EXPECT_THAT(desk.engine->units_of("unknown", id), IsEmpty());
}

TEST(Pulse, what_reloads_came_to_is_counted) {
  Desk desk{"05-16T10:00:00"};
  ASSERT_TRUE(desk.ask(desk.engine->reload("alice")));
  auto reloads = desk.engine->pulse().reloads;
  EXPECT_EQ(reloads.taken, 1);
  EXPECT_TRUE(reloads.last_was_taken);
  EXPECT_EQ(reloads.last_taken_at, desk.clock.now());
  contract::EditedConfig::edit(desk.config.plan_file(), "[office]", "[offise]");
  ASSERT_TRUE(desk.ask(desk.engine->reload("alice")));
  reloads = desk.engine->pulse().reloads;
  EXPECT_EQ(reloads.kept, 1);
  EXPECT_FALSE(reloads.last_was_taken);
  EXPECT_THAT(desk.engine->pulse().problems, Contains("bad-files"));
  EXPECT_FALSE(desk.ask(desk.engine->reload("alice", {.only_if = "0123456789abcdef"})));
  reloads = desk.engine->pulse().reloads;
  EXPECT_EQ(reloads.refused, 1);
  EXPECT_FALSE(reloads.last_was_taken) << "nothing was tried";
}

TEST(Pulse, a_ledger_in_a_file_has_its_size) {
  contract::TemporaryFolder folder;
  Desk desk{"05-16T10:00:00", {}, folder.path() / "ledger.db"};
  EXPECT_GT(desk.engine->pulse().ledger_bytes, 4096U);
}

TEST(Pulse, the_status_says_the_same) {
  Desk desk{"05-16T10:00:00"};
  auto status = desk.ask(desk.engine->status());
  ASSERT_TRUE(status);
  ASSERT_THAT(status->pulses, SizeIs(1));
  EXPECT_EQ(status->pulses.front().oldest_pending,
            only(desk.engine->pulse()).oldest_pending);
  EXPECT_EQ(status->now, desk.clock.now());
}

}  // namespace
}  // namespace duban::engine
