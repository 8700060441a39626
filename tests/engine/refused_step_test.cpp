// A message that the ledger will not have: the others of its plan go out, the office hears of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"
#include "engine/noted_store.h"

namespace duban::engine {
namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr auto until_the_reminder = std::chrono::hours{23} + std::chrono::minutes{5};

class RefusedStep : public ::testing::Test {
 protected:
  RefusedStep() {
    desk_.stop();
    auto store = std::make_unique<NotedStore>(std::move(desk_.store));
    store->refuses = [this](const ledger::Advance& step) { return refused(step); };
    desk_.store = std::move(store);
    desk_.start();
  }
  std::optional<ledger::StoreError> refused(const ledger::Advance& step) {
    ++steps_;
    for (const auto& notice : step.notices) {
      if (!notice.head.endpoint.starts_with(refused_)) continue;
      return ledger::StoreError{.status = ledger::StoreStatus::refused,
                                .detail = "told already",
                                .notice = names_it_ ? notice.head.id : ""};
    }
    return std::nullopt;
  }
  std::set<std::string> units_reminded() {
    std::set<std::string> units;
    for (const auto& view : desk_.notices()) {
      if (view.notice.items.front().key.kind != ItemKind::stage) continue;
      const auto& endpoint = view.notice.head.endpoint;
      units.insert(endpoint.substr(0, endpoint.find('-')));
    }
    return units;
  }
  std::size_t troubles() {
    std::size_t all = 0;
    for (const auto& view : desk_.notices()) {
      all += view.notice.items.front().key.about.slice == "step-refused" ? 1U : 0U;
    }
    return all;
  }

  std::string refused_ = "nobody";
  bool names_it_ = true;
  int steps_ = 0;
  // The day before the reminder of the monthly table.
  Desk desk_{"05-19T10:00:00"};
};

TEST_F(RefusedStep, KeepsBackOnlyTheMessageItIsFor) {
  refused_ = "edu-";
  desk_.clock.pass(until_the_reminder);
  desk_.turn();
  EXPECT_THAT(units_reminded(), Contains("ndrc"));
  EXPECT_THAT(units_reminded(), Not(Contains("edu")));
  EXPECT_THAT(desk_.problems(), Contains("step-refused"));
  EXPECT_EQ(troubles(), 1U);
  desk_.turn();
  EXPECT_EQ(troubles(), 1U);
  // What was in the way has gone.
  refused_ = "nobody";
  desk_.turn();
  EXPECT_THAT(units_reminded(), Contains("edu"));
  EXPECT_THAT(desk_.problems(), Not(Contains("step-refused")));
}

TEST_F(RefusedStep, OfNobodyKnowsWhichStandsStillAndSaysSo) {
  refused_ = "edu-";
  names_it_ = false;
  desk_.clock.pass(until_the_reminder);
  steps_ = 0;
  desk_.turn();
  EXPECT_LE(steps_, 4);
  EXPECT_THAT(desk_.problems(), Contains("step-refused"));
}

}  // namespace
}  // namespace duban::engine
