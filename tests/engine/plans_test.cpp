// Several plans in one engine: each lives by its own files, and what befalls one is no matter of
// another.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/desk.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;
using contract::EditedConfig;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* other = "xiangyang-2022";

class Plans : public ::testing::Test {
 protected:
  Plans() : desk_("05-19T10:00:00") {
    fs::copy(desk_.config.plan_folder(), folder(other), fs::copy_options::recursive);
    EXPECT_THAT(reload().taken, ElementsAre(Desk::plan, other));
  }

  fs::path folder(const std::string& plan) const { return desk_.config.root() / "plans" / plan; }
  fs::path plan_file(const std::string& plan) const { return folder(plan) / "plan.toml"; }
  Reloaded reload() { return desk_.ask(desk_.engine->reload("alice")).value(); }
  const PlanRun& run(const std::string& plan) const { return *desk_.engine->find_plan(plan); }
  void rename_table(const std::string& plan) {
    EditedConfig::edit(plan_file(plan), "name   = \"月调度表\"", "name   = \"月度表\"");
  }
  void break_file(const std::string& plan) {
    EditedConfig::edit(plan_file(plan), "[[duty]]", "[[duty]");
  }
  /// Codes of what the office of a plan was told is wrong.
  std::vector<std::string> troubles(const std::string& plan) {
    std::vector<std::string> codes;
    const auto told = *desk_.ask(desk_.engine->notices({.plan = plan}));
    for (const auto& one : told) {
      for (const auto& item : one.notice.items) {
        if (item.key.kind == ItemKind::trouble) codes.push_back(item.key.about.slice);
      }
    }
    return codes;
  }
  void take_away(const std::string& plan) { fs::rename(folder(plan), aside()); }
  void put_back(const std::string& plan) { fs::rename(aside(), folder(plan)); }
  fs::path aside() const { return desk_.config.root() / "aside"; }

  Desk desk_;
};

TEST_F(Plans, AReloadLeavesAloneWhatDidNotChange) {
  const auto* wuhan = &run(Desk::plan).plan();
  const auto* before = &run(other).plan();
  rename_table(other);
  EXPECT_THAT(reload().taken, ElementsAre(Desk::plan, other));
  EXPECT_EQ(&run(Desk::plan).plan(), wuhan);
  EXPECT_NE(&run(other).plan(), before);
}

TEST_F(Plans, AFactOfOneIsNoReasonToLookAtAnother) {
  auto looked = run(other).cursor();
  desk_.clock.pass(Seconds{3600});
  schedule::Fact received;
  received.kind = FactKind::received;
  received.about = {"monthly-table", "2036-05", "edu", ""};
  received.at = desk_.clock.now();
  ASSERT_TRUE(desk_.ask(desk_.engine->record(Desk::plan, {received})));
  desk_.turn();
  EXPECT_EQ(run(Desk::plan).cursor(), desk_.clock.now());
  EXPECT_EQ(run(other).cursor(), looked);
}

TEST_F(Plans, AMistakeInOneIsToldToItsOwnOfficeAndTheOthersAreTaken) {
  break_file(other);
  rename_table(Desk::plan);
  auto done = reload();
  EXPECT_THAT(done.taken, ElementsAre(Desk::plan));
  EXPECT_THAT(done.kept, ElementsAre(other));
  EXPECT_EQ(run(Desk::plan).plan().find_duty("monthly-table")->name, "月度表");
  EXPECT_THAT(troubles(other), Contains("bad-files"));
  EXPECT_THAT(troubles(Desk::plan), IsEmpty());
}

TEST_F(Plans, OneThatCannotRunAtAllIsToldToTheOfficesOfTheOthers) {
  fs::create_directory(folder("brand-new"));
  EditedConfig::write(plan_file("brand-new"), "title = \n");
  desk_.start();
  EXPECT_THAT(desk_.problems(), ElementsAre("plan-not-running"));
  EXPECT_THAT(troubles(Desk::plan), ElementsAre("plan-not-running"));
  EXPECT_THAT(troubles(other), ElementsAre("plan-not-running"));
}

TEST_F(Plans, OneWhoseFolderIsGoneGoesOnAndSaysSoUntilTheFolderIsBack) {
  take_away(other);
  auto done = reload();
  EXPECT_THAT(done.taken, ElementsAre(Desk::plan));
  EXPECT_THAT(done.kept, ElementsAre(other));
  ASSERT_FALSE(done.diagnostics.empty());
  EXPECT_EQ(done.diagnostics.back().code, "plan-folder-gone");
  EXPECT_THAT(desk_.problems(), ElementsAre("plan-folder-gone"));
  ASSERT_NE(desk_.engine->find_plan(other), nullptr);
  EXPECT_THAT(troubles(other), ElementsAre("plan-folder-gone"));
  reload();
  EXPECT_THAT(troubles(other), ElementsAre("plan-folder-gone"));

  put_back(other);
  EXPECT_THAT(reload().taken, ElementsAre(Desk::plan, other));
  EXPECT_THAT(desk_.problems(), IsEmpty());
}

TEST_F(Plans, OneIsTakenAloneWhenItIsNamedAndByItsOwnHash) {
  auto reload_other = [&](std::string hash) {
    return desk_.ask(desk_.engine->reload("alice", {.plan = other, .only_if = std::move(hash)}));
  };
  rename_table(Desk::plan);
  rename_table(other);
  auto texts = texts_of(read_tree(desk_.config.settings_file()));
  auto of_all = reload_other(hash_of(texts));
  ASSERT_FALSE(of_all);
  EXPECT_EQ(of_all.error().code, "files-changed");
  auto done = reload_other(hash_of(texts_of_plan(texts, other)));
  ASSERT_TRUE(done);
  EXPECT_THAT(done->taken, ElementsAre(other));
  EXPECT_EQ(run(other).plan().find_duty("monthly-table")->name, "月度表");
  EXPECT_EQ(run(Desk::plan).plan().find_duty("monthly-table")->name, "月调度表");
  auto unknown = desk_.ask(desk_.engine->reload("alice", {.plan = "xiangyang-2023"}));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "unknown-plan");
  EXPECT_EQ(unknown.error().mend.chinese, "是不是“xiangyang-2022”?");
  EXPECT_EQ(unknown.error().mend.english, "did you mean “xiangyang-2022”?");
}

TEST_F(Plans, TheStatusOfOneLeavesOutWhatIsWrongWithAnother) {
  break_file(other);
  reload();
  auto wuhan = *desk_.ask(desk_.engine->status(Desk::plan));
  EXPECT_TRUE(wuhan.problems.empty());
  ASSERT_EQ(wuhan.plans.size(), 1U);
  EXPECT_EQ(wuhan.plans[0].id, Desk::plan);
  EXPECT_EQ(desk_.ask(desk_.engine->status(other))->problems.size(), 1U);
}

TEST_F(Plans, OneWhoseFolderIsGoneGoesOnAfterARestart) {
  take_away(other);
  desk_.start();
  ASSERT_NE(desk_.engine->find_plan(other), nullptr);
  EXPECT_THAT(desk_.problems(), ElementsAre("plan-folder-gone"));
  EXPECT_THAT(troubles(Desk::plan), IsEmpty());
}

TEST_F(Plans, OneThatHasEndedGoesWithItsFolder) {
  desk_.clock.pass(std::chrono::days{365});
  desk_.turn();
  for (auto batch = desk_.ask(desk_.store->settle_and_claim({}, "t", 1000, Seconds{1},
                                                            desk_.clock.now(), {}));
       !batch->claimed.empty();
       batch = desk_.ask(desk_.store->settle_and_claim({}, "t", 1000, Seconds{1},
                                                       desk_.clock.now(), {}))) {
    std::vector<ledger::Settlement> ended;
    for (const auto& claimed : batch->claimed) {
      ledger::Settlement one;
      one.plan = claimed.plan;
      one.notice = claimed.notice.head.id;
      one.at = one.business_at = desk_.clock.now();
      one.attempted = false;
      one.ends = NoticeState::expired;
      one.end_reason = Reason::sense_ended;
      ended.push_back(one);
    }
    ASSERT_TRUE(desk_.ask(desk_.store->settle_and_claim(std::move(ended), "t", 0, Seconds{1},
                                                        desk_.clock.now(), {})));
  }
  desk_.turn();
  take_away(other);
  auto done = reload();
  EXPECT_THAT(done.kept, IsEmpty());
  EXPECT_EQ(desk_.engine->find_plan(other), nullptr);
  desk_.start();
  EXPECT_EQ(desk_.engine->find_plan(other), nullptr);
  EXPECT_THAT(desk_.problems(), Not(Contains("plan-folder-gone")));
}

TEST_F(Plans, AllGoOnWhenDubandTomlHasAMistakeAndStatusSaysSo) {
  EditedConfig::edit(desk_.config.settings_file(), "max_step  =", "max_stap  =");
  auto done = reload();
  EXPECT_THAT(done.kept, ElementsAre(Desk::plan, other));
  EXPECT_THAT(desk_.problems(), ElementsAre("bad-files"));
  EXPECT_THAT(troubles(other), ElementsAre("bad-files"));
  EditedConfig::edit(desk_.config.settings_file(), "max_stap  =", "max_step  =");
  EXPECT_THAT(reload().kept, IsEmpty());
  EXPECT_THAT(desk_.problems(), IsEmpty());
}

TEST_F(Plans, AReloadSaysWhatOnlyARestartTakes) {
  EditedConfig::edit(desk_.config.settings_file(), "watch     = false", "watch     = true");
  auto done = reload();
  ASSERT_FALSE(done.diagnostics.empty());
  EXPECT_EQ(done.diagnostics.back().code, "needs-restart");
  EXPECT_FALSE(has_errors(done.diagnostics));
}

}  // namespace
}  // namespace duban::engine
