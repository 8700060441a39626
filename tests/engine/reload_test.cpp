// Files are read beside the loop and taken on it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"

namespace duban::engine {
namespace {

using contract::EditedConfig;
using ::testing::ElementsAre;

class AReload : public ::testing::Test {
 protected:
  /// Begins what is asked; its name is in `ended_` when it has ended well.
  template <class T>
  void begin(const std::string& name, boost::asio::awaitable<Answer<T>> question) {
    ++begun_;
    boost::asio::co_spawn(desk_.loop, std::move(question),
                          [this, name](std::exception_ptr failure, const Answer<T>& answer) {
                            ended_.push_back(!failure && answer ? name : name + " failed");
                          });
  }
  void let_all_end() {
    desk_.loop.restart();
    while (ended_.size() < begun_ && desk_.loop.run_one() > 0) {
    }
  }
  void rename_duty(const std::string& was, const std::string& is) {
    EditedConfig::edit(desk_.config.plan_file(), "name   = \"" + was + "\"",
                       "name   = \"" + is + "\"");
  }
  const plan::Plan& in_force() const { return desk_.engine->find_plan(Desk::plan)->plan(); }

  Desk desk_{"05-19T10:00:00"};
  std::size_t begun_ = 0;
  std::vector<std::string> ended_;
};

TEST_F(AReload, KeepsNobodyWaitingWhileItReads) {
  begin("reload", desk_.engine->reload("alice"));
  begin("status", desk_.engine->status());
  let_all_end();
  EXPECT_THAT(ended_, ElementsAre("status", "reload"));
}

TEST_F(AReload, TakesWhatIsReadLaterLater) {
  begin("first", desk_.engine->reload("alice"));
  desk_.loop.restart();
  desk_.loop.poll();
  rename_duty("月调度表", "月度表");
  begin("second", desk_.engine->reload("bob"));
  let_all_end();
  EXPECT_THAT(ended_, ElementsAre("first", "second"));
  EXPECT_EQ(in_force().find_duty("monthly-table")->name, "月度表");
}

TEST_F(AReload, LetsAFactComeBetweenReadingAndTaking) {
  rename_duty("月调度表", "月度表");
  schedule::Fact fact;
  fact.kind = FactKind::received;
  fact.about = {"monthly-table", "2036-05", "edu", ""};
  fact.at = fact.recorded_at = desk_.clock.now();
  begin("reload", desk_.engine->reload("alice"));
  begin("received", desk_.engine->record(Desk::plan, {fact}));
  let_all_end();
  EXPECT_THAT(ended_, ElementsAre("received", "reload"));
  EXPECT_EQ(in_force().find_duty("monthly-table")->name, "月度表");
  EXPECT_EQ(desk_.record().facts_about({"monthly-table", "2036-05", "edu", ""}).size(), 1);
}

}  // namespace
}  // namespace duban::engine
