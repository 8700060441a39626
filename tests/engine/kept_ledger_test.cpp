// A rehearsed year in a ledger: what is lived is what is in it, and it changes nothing.
#include "engine/kept_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "contract/temporary_folder.h"
#include "engine/rehearsal.h"
#include "engine/tree.h"
#include "ledger/backup.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class KeptYear : public ::testing::Test {
 protected:
  /// Two months of the shipped plan: units that hand in late or on paper.
  Rehearsal lived(LifeBook* book) const {
    auto tree = read_tree(DUBAN_SOURCE_DIR "/config/duband.toml");
    Behaviour behaviour{.punctual = true,
                        .manners = {{.units = {"edu"}, .hands_in = Manner::HandsIn::late},
                                    {.units = {"water"}, .paper_first = 1},
                                    {.rest = true, .asks = 0.2, .wrong = 0.1}},
                        .seed = 5};
    return rehearse(tree.plans.at(0).plan, tree.templates,
                    {.from = make_day(2022, 3, 10),
                     .to = make_day(2022, 5, 31),
                     .behaviour = behaviour,
                     .book = book});
  }
  std::unique_ptr<KeptLedger> book() const {
    auto made = make_kept_ledger(file_);
    if (!made) throw std::runtime_error(made.error().chinese);
    return std::move(*made);
  }

  contract::TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "ledger.db";
};

TEST_F(KeptYear, IsTheSameYearAsOneThatIsNotKept) {
  auto kept = book();
  auto one = lived(kept.get()), other = lived(nullptr);
  EXPECT_THAT(kept->trouble(), IsEmpty());
  ASSERT_EQ(one.notices.size(), other.notices.size());
  // An answer is called by its fact's number, which counts all rows of a ledger.
  for (std::size_t i = 0; i < one.notices.size(); ++i) {
    EXPECT_EQ(one.notices[i].head.endpoint, other.notices[i].head.endpoint);
    EXPECT_EQ(one.notices[i].head.queued_at, other.notices[i].head.queued_at);
    EXPECT_EQ(one.notices[i].items.size(), other.notices[i].items.size());
    EXPECT_EQ(one.notices[i].content.subject, other.notices[i].content.subject);
  }
}

TEST_F(KeptYear, LeavesALedgerThatBearsLookingAt) {
  std::size_t notices = 0;
  {
    auto kept = book();
    notices = lived(kept.get()).notices.size();
  }
  auto found = ledger::examine_ledger(file_);
  ASSERT_TRUE(found) << found.error().message.chinese;
  EXPECT_TRUE(found->pretended) << "no daemon takes it for its own";
  EXPECT_THAT(found->plans, ElementsAre("wuhan-2022-1"));
  EXPECT_EQ(static_cast<std::size_t>(found->notices), notices);
  EXPECT_GT(found->facts, 100);
}

TEST_F(KeptYear, TakesThePlaceOfAnEarlierOneAndOfNothingElse) {
  lived(book().get());
  auto before = ledger::examine_ledger(file_).value().notices;
  lived(book().get());
  EXPECT_EQ(ledger::examine_ledger(file_).value().notices, before);
  std::ofstream{file_} << "somebody's notes";
  auto refused = make_kept_ledger(file_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().chinese, HasSubstr("不覆盖"));
}

}  // namespace
}  // namespace duban::engine
