// A fact whose commit nobody answered is looked up: it stands, and is told of, or it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"

namespace duban::engine {
namespace {

using ledger::FaultPoint;
using std::chrono::days;

// A Friday, within the hours: the monthly table of May has been told with the start letter.
class LostAnswer : public ::testing::Test {
 protected:
  Answer<std::vector<schedule::Fact>> extend() {
    schedule::Fact fact;
    fact.kind = FactKind::extended;
    fact.about = {"monthly-table", "2036-05", "edu", ""};
    fact.at = desk_.clock.now();
    fact.by = "alice";
    fact.way = "dubanctl";
    fact.time = new_date_;
    return desk_.ask(desk_.engine->record(Desk::plan, {fact}));
  }
  std::size_t tellings_of_the_new_date() {
    std::size_t all = 0;
    for (const auto& view : desk_.notices()) {
      for (const auto& item : view.notice.items) all += item.due == new_date_ ? 1U : 0U;
    }
    return all;
  }
  std::size_t extensions() const {
    const auto& facts = desk_.record().facts();
    return static_cast<std::size_t>(
        std::ranges::count(facts, FactKind::extended, &schedule::Fact::kind));
  }
  std::optional<FaultPoint> loses_;
  Desk desk_{"05-16T10:00:00", [this](FaultPoint point) {
               return loses_ == point && std::exchange(loses_, std::nullopt).has_value();
             }};
  Instant new_date_ = desk_.clock.now() + days{12};
};

TEST_F(LostAnswer, AfterTheCommitTheFactStandsAndIsToldOf) {
  loses_ = FaultPoint::after_commit;
  auto answer = extend();
  ASSERT_TRUE(answer) << answer.error().message.chinese;
  EXPECT_EQ(answer->front().seq, desk_.record().facts().back().seq);
  EXPECT_EQ(extensions(), 1U);
  EXPECT_EQ(tellings_of_the_new_date(), 1U);
}

TEST_F(LostAnswer, BeforeTheCommitNothingStands) {
  loses_ = FaultPoint::before_commit;
  auto answer = extend();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "ledger");
  EXPECT_EQ(extensions(), 0U);
  ASSERT_TRUE(extend());
  EXPECT_EQ(extensions(), 1U);
}

// The disk is full when the text is edited: it is in force, and the ledger learns of it later.
TEST(UnwrittenText, IsNotedOnceTheLedgerTakesItAgain) {
  bool fails = false;
  Desk desk{"05-16T10:00:00",
            [&](FaultPoint point) { return fails && point == FaultPoint::before_commit; }};
  auto texts = [&] {
    auto facts = desk.record().facts();
    return std::ranges::count(facts, FactKind::plan_text, &schedule::Fact::kind);
  };
  auto before = texts();
  contract::EditedConfig::edit(desk.config.plan_file(), "25 17:00", "25 16:00");
  fails = true;
  auto answer = desk.ask(desk.engine->reload("admin", {}));
  ASSERT_TRUE(answer) << answer.error().message.chinese;
  EXPECT_EQ(texts(), before);
  fails = false;
  desk.turn();
  EXPECT_EQ(texts(), before + 1);
  EXPECT_EQ(desk.record().facts().back().by, "admin");
}

}  // namespace
}  // namespace duban::engine
