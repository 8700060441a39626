// When the daemon audits itself, and how much of the ledger it reads at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "engine/audit_desk.h"
#include "engine/noted_store.h"
#include "io/task_group.h"

namespace duban::engine {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using std::chrono::seconds;

class AuditBounds : public ::testing::Test {
 protected:
  AuditBounds() {
    auto noted = std::make_unique<NotedStore>(std::move(desk_.store));
    store_ = noted.get();
    desk_.stop();
    desk_.engine.reset();
    desk_.store = std::move(noted);
  }
  /// Facts that tell nobody anything, so that there are so many rows.
  void fill_up_to(std::size_t rows) {
    const auto& tally = desk_.run().tally();
    auto there = tally.facts + tally.notices + tally.attempts + tally.endings;
    auto missing = rows - static_cast<std::size_t>(there);
    auto checked = desk_.fact(FactKind::checked, "");
    ASSERT_TRUE(desk_.ask(desk_.store->record(Desk::plan, std::vector(missing, checked))));
    desk_.look();
  }

  AuditDesk desk_{"05-19T10:00:00"};
  NotedStore* store_ = nullptr;
};

TEST_F(AuditBounds, ReadsPieceByPieceHoweverManyThereAre) {
  desk_.start();
  desk_.look();
  for (auto more : {0U, 1U}) {
    fill_up_to(limits::audit_rows + more);
    store_->reads.clear();
    store_->outbox_reads.clear();
    EXPECT_THAT(desk_.audit(), IsEmpty());
    ASSERT_THAT(store_->reads, SizeIs(Ge(2U))) << "a full piece may not be the last";
    EXPECT_EQ(store_->reads.at(0), limits::audit_rows);
    EXPECT_EQ(store_->reads.at(1), limits::audit_rows);
    EXPECT_THAT(store_->outbox_reads, Each(limits::audit_rows));
  }
}

TEST_F(AuditBounds, ACursorMayBeAWeekAhead) {
  desk_.start();
  desk_.look();
  auto looked_until = [&](Seconds ahead) {
    auto cursor = (desk_.clock.now() + ahead).time_since_epoch().count();
    desk_.doctor("UPDATE plans SET cursor = " + std::to_string(cursor));
    return desk_.audit();
  };
  EXPECT_THAT(looked_until(limits::cursor_ahead), IsEmpty());
  EXPECT_THAT(looked_until(limits::cursor_ahead + seconds{1}), HasSubstr("远在将来"));
}

/// The audits that come of themselves, as the daemon has them.
class AuditsOfThemselves : public AuditBounds {
 protected:
  AuditsOfThemselves() {
    contract::EditedConfig::edit(desk_.config.settings_file(), "audit     = \"1h\"",
                                 "# audit: as the program has it");
    desk_.start();
    tasks_.spawn("audits", desk_.engine->run_audits());
    desk_.turn();
  }
  ~AuditsOfThemselves() override {
    tasks_.cancel();
    testing::run(desk_.loop, tasks_.join(Seconds{5}));
  }
  /// Whether one begins when so much time has passed. (The alarm is the machine's, for which the
  /// desk's year has not come: a reload makes them look at the clock.)
  bool comes_after(Seconds time) {
    desk_.clock.pass(time);
    store_->outbox_reads.clear();
    testing::run(desk_.loop, desk_.engine->reload("alice"));
    desk_.turn();
    // Behind one that has begun.
    testing::run(desk_.loop, desk_.engine->audit());
    return store_->outbox_reads.size() > 1;
  }

  io::TaskGroup tasks_{desk_.loop.get_executor(), [](std::string_view, std::exception_ptr) {}};
};

TEST_F(AuditsOfThemselves, BeginMinutesAfterTheStart) {
  EXPECT_FALSE(comes_after(limits::audit_first - seconds{1}));
  EXPECT_TRUE(comes_after(seconds{1}));
}

TEST_F(AuditsOfThemselves, ComeEveryHour) {
  ASSERT_TRUE(comes_after(limits::audit_first));
  EXPECT_FALSE(comes_after(limits::audit_every - seconds{1}));
  EXPECT_TRUE(comes_after(seconds{1}));
  EXPECT_FALSE(comes_after(limits::audit_every - seconds{1}));
}

}  // namespace
}  // namespace duban::engine
