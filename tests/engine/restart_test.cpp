// What was written down and not yet decided upon when the daemon died, or when somebody else read
// it first, is decided upon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"

namespace duban::engine {
namespace {

using std::chrono::days;

// A Friday, within the hours: the monthly table of May has been told with the start letter.
class Restart : public ::testing::Test {
 protected:
  void extend_behind_its_back() {
    auto now = desk_.clock.now();
    schedule::Fact fact;
    fact.kind = FactKind::extended;
    fact.about = {"monthly-table", "2036-05", "edu", ""};
    fact.at = fact.recorded_at = now;
    fact.by = "alice";
    fact.way = "dubanctl";
    fact.time = new_date_;
    ASSERT_TRUE(desk_.ask(desk_.store->record(Desk::plan, {fact})));
  }
  // Nothing is sent here, so that the start letter is written anew, with the new date.
  std::size_t tellings_of_the_new_date() {
    std::size_t all = 0;
    for (const auto& view : desk_.notices()) {
      for (const auto& item : view.notice.items) all += item.due == new_date_ ? 1U : 0U;
    }
    return all;
  }
  Desk desk_{"05-16T10:00:00"};
  Instant new_date_ = desk_.clock.now() + days{12};
};

TEST_F(Restart, AFactThatNoStepFollowedIsActedUponAtTheStart) {
  desk_.stop();
  extend_behind_its_back();
  desk_.start();
  EXPECT_EQ(tellings_of_the_new_date(), 1U);
}

TEST_F(Restart, ReadingTheStatusDoesNotTakeAFactAwayFromTheNextStep) {
  extend_behind_its_back();
  desk_.problems();
  desk_.turn();
  EXPECT_EQ(tellings_of_the_new_date(), 1U);
}

}  // namespace
}  // namespace duban::engine
