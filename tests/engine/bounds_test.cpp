// What the engine does when a bound of its own is reached.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/limits.h"
#include "engine/desk.h"
#include "engine/engine_impl.h"
#include "engine/explain_causes.h"
#include "engine/last_good.h"

namespace duban::engine {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using schedule::Fact;

TEST(Bounds, ANoteThatIsTooLongIsRefusedWithAWay) {
  Desk desk{"05-16T10:00:00"};
  auto with_note = [&](std::size_t bytes) {
    Fact fact{.kind = FactKind::received,
              .about = {"monthly-table", "2036-05", "edu", ""},
              .at = desk.clock.now(),
              .recorded_at = desk.clock.now(),
              .by = "alice",
              .way = "socket",
              .note = std::string(bytes, 'x')};
    return desk.ask(desk.engine->record(Desk::plan, {fact}));
  };
  EXPECT_TRUE(with_note(limits::fact_note_bytes));
  EXPECT_EQ(with_note(limits::fact_note_bytes + 1).error().code, "bad-note");
}

TEST(Bounds, APastLongerThanOneReadingIsReadWhole) {
  Desk desk{"05-16T10:00:00"};
  desk.stop();
  auto one = own_fact(FactKind::trouble, desk.clock.now(), "x");
  std::vector<Fact> many(limits::ledger_rows + 1, one);
  ASSERT_TRUE(desk.ask(desk.store->record(Desk::plan, many)));
  desk.start();
  EXPECT_GT(desk.record().facts().size(), limits::ledger_rows);
}

// The ledger takes nothing: each round of the step is refused, and the engine goes on.
TEST(Bounds, AStepHasSoManyRounds) {
  int commits = 0;
  bool fails = false;
  Desk desk{"05-16T10:00:00", [&](ledger::FaultPoint point) {
              commits += point == ledger::FaultPoint::before_commit && fails ? 1 : 0;
              return point == ledger::FaultPoint::before_commit && fails;
            }};
  fails = true;
  desk.clock.pass(std::chrono::days{14});
  desk.turn();
  EXPECT_GE(commits, 1);
  EXPECT_LE(commits, 2 * limits::step_rounds);
}

TEST(Bounds, OnlySoManyTextsAreReadForAnEdit) {
  schedule::Record record;
  for (std::size_t i = 0; i < 2 * limits::searched_texts; ++i) {
    Fact text{.kind = FactKind::plan_text};
    text.seq = static_cast<std::int64_t>(i + 1);
    text.subject = "sha256:" + std::to_string(i);
    record.apply(text);
  }
  std::size_t read = 0;
  TextOf text_of = [&](const std::string&) {
    ++read;
    auto text = std::make_shared<Text>();
    text->plan = std::make_shared<const plan::Plan>();
    return text;
  };
  Causes{record, text_of}.edit([](const plan::Plan&) { return true; });
  EXPECT_EQ(read, limits::searched_texts);
}

TEST(Bounds, AListOfLastGoodTextsThatIsTooLongIsNone) {
  contract::EditedConfig config;
  auto state = config.root() / "state";
  auto tree = read_tree(config.settings_file());
  const auto* plan = tree.plans.at(0).plan.get();
  ASSERT_EQ(LastGood{state}.keep(tree, texts_of(tree), std::span{&plan, 1}), "");
  EXPECT_THAT(LastGood{state}.plans(), Not(IsEmpty()));
  std::ofstream{state / "last-good.txt", std::ios::app}
      << std::string(limits::last_good_bytes, ' ');
  EXPECT_THAT(LastGood{state}.plans(), IsEmpty());
}

}  // namespace
}  // namespace duban::engine
