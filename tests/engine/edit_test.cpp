// What is asked about an edit, and its being taken only as it was shown.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/living.h"

namespace duban::engine {
namespace {

using contract::EditedConfig;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

class AnEdit : public ::testing::Test {
 protected:
  AnEdit() : desk_("11-03T10:00:00") { Living{desk_}.deliver_all(); }

  Tree tree() const { return read_tree(desk_.config.settings_file()); }
  Edited edited() const {
    return {Desk::plan, texts_of_plan(texts_of(tree()), Desk::plan),
            tree().settings->channel_ids()};
  }
  std::string hash() const { return hash_of(texts_of(tree())); }
  Answer<Reloaded> reload(std::string only_if) {
    return desk_.ask(desk_.engine->reload("alice", {.only_if = std::move(only_if)}));
  }
  void edit(const std::string& was, const std::string& is) {
    EditedConfig::edit(desk_.config.plan_file(), was, is);
  }
  std::vector<std::string> notes() const {
    std::vector<std::string> all;
    for (const auto& fact : desk_.record().facts()) {
      if (fact.kind == FactKind::plan_text) all.push_back(fact.note);
    }
    return all;
  }
  Desk desk_;
};

TEST_F(AnEdit, ThatChangesNothingForAnybodyHasNoChanges) {
  EditedConfig::edit(desk_.config.plan_file(), "# 每月25日", "# 每月");
  auto difference = desk_.ask(desk_.engine->diff(edited()));
  ASSERT_TRUE(difference);
  EXPECT_THAT(difference->effect->changes, IsEmpty());
}

TEST_F(AnEdit, ThatIsAskedAboutChangesNothing) {
  auto told = desk_.notices().size();
  auto digest = desk_.engine->find_plan(Desk::plan)->plan().digest;
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  ASSERT_FALSE(desk_.ask(desk_.engine->diff(edited()))->effect->changes.empty());
  EXPECT_EQ(desk_.notices().size(), told);
  EXPECT_EQ(desk_.engine->find_plan(Desk::plan)->plan().digest, digest);
}

TEST_F(AnEdit, WithAMistakeIsAnsweredWithIt) {
  edit("ladder = \"once\"", "ladder = \"onec\"");
  auto difference = desk_.ask(desk_.engine->diff(edited()));
  ASSERT_TRUE(difference);
  EXPECT_FALSE(difference->effect);
  EXPECT_TRUE(has_errors(difference->diagnostics));
}

TEST_F(AnEdit, ThatAReloadWouldRefuseIsAnsweredWithTheRefusal) {
  edit("year     = 2036", "year     = 2035");
  auto difference = desk_.ask(desk_.engine->diff(edited()));
  ASSERT_TRUE(difference);
  EXPECT_FALSE(difference->effect);
  EXPECT_EQ(difference->diagnostics.back().code, "year-changed");
}

TEST_F(AnEdit, OfAPlanThatDoesNotRunIsAFirstStart) {
  auto other = edited();
  other.plan = "another";
  Texts texts;
  for (const auto& [path, text] : other.texts) {
    bool own = path.starts_with("plans/");
    texts[own ? "plans/another" + path.substr(path.rfind('/')) : path] = text;
  }
  other.texts = std::move(texts);
  auto difference = desk_.ask(desk_.engine->diff(other));
  ASSERT_TRUE(difference);
  ASSERT_TRUE(difference->effect);
  EXPECT_GT(difference->effect->sums.all.of(ChangeKind::added).items, 50U);
  EXPECT_EQ(difference->effect->sums.all.of(ChangeKind::gone).items, 0U);
  EXPECT_EQ(difference->effect->sums.messages.before, 0U);
}

TEST_F(AnEdit, ThatLeavesADutysDateAloneShowsTheSameDateTwice) {
  auto units = desk_.config.plan_folder() / "units.toml";
  EditedConfig::edit(units, "# ---- 文件里合写的后缀", "[[unit]]\nid = \"library\"\n"
                     "name = \"市图书馆\"\nmanner = \"bureau\"\n\n[[contact]]\n"
                     "id = \"library-liaison\"\nunit = \"library\"\nrole = \"liaison\"\n"
                     "name = \"联络员\"\nchannels = [\"folder:desk@library.example.org\"]\n\n"
                     "# ---- 文件里合写的后缀");
  auto effect = desk_.ask(desk_.engine->diff(edited()))->effect;
  ASSERT_TRUE(effect);
  ASSERT_FALSE(effect->sums.duties.empty());
  auto final = std::ranges::find(effect->sums.duties, "unit-final", &DutyEffect::duty);
  ASSERT_NE(final, effect->sums.duties.end());
  EXPECT_TRUE(final->due_after);
  EXPECT_EQ(final->due_before, final->due_after);
}

TEST_F(AnEdit, ThatBreaksTheBudgetSaysSo) {
  edit("[ladder.once]", "[ladder.often]\n"
                        "remind = [\"-9wd 09:00\", \"-8wd 09:00\", \"-7wd 09:00\"]\n\n"
                        "[ladder.once]");
  EditedConfig::edit(desk_.config.plan_file(), "due    = \"12-09 17:00\"",
                     "due    = \"12-19 17:00\"");
  auto text = EditedConfig::text(desk_.config.plan_file());
  auto duty = text.find("id     = \"unit-final\"");
  text.replace(text.find("ladder = \"once\"", duty), 15, "ladder = \"often\"");
  EditedConfig::write(desk_.config.plan_file(), text);
  auto effect = desk_.ask(desk_.engine->diff(edited()))->effect;
  ASSERT_TRUE(effect);
  EXPECT_THAT(effect->breaches_before, IsEmpty());
  EXPECT_THAT(effect->breaches_after, Contains(Field(&Breach::month, "2036-12")));
}

TEST_F(AnEdit, IsTakenIfTheFilesAreStillThose) {
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  auto taken = reload(hash().substr(0, shown_hash_digits));
  ASSERT_TRUE(taken) << taken.error().message.chinese;
  EXPECT_THAT(taken->taken, ElementsAre(Desk::plan));
  EXPECT_THAT(notes(), ElementsAre("", "diffed"));
}

TEST_F(AnEdit, IsRefusedIfTheFilesHaveChangedSince) {
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  auto shown = hash();
  edit("due    = \"12-05 17:00\"", "due    = \"12-06 17:00\"");
  auto digest = desk_.engine->find_plan(Desk::plan)->plan().digest;
  auto refused = reload(shown);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "files-changed");
  EXPECT_EQ(desk_.engine->find_plan(Desk::plan)->plan().digest, digest);
  EXPECT_THAT(desk_.problems(), Not(Contains("bad-files")));
}

TEST_F(AnEdit, WithoutAHashIsTakenAsItIs) {
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  ASSERT_TRUE(reload(""));
  EXPECT_THAT(notes(), ElementsAre("", ""));
}

TEST_F(AnEdit, IsKnownByTheHashOfTheTextInForce) {
  auto in_force = [&] { return desk_.engine->texts_in_force().at(Desk::plan); };
  auto on_disk = [&] { return hash_of(texts_of_plan(texts_of(tree()), Desk::plan)); };
  EXPECT_EQ(in_force(), on_disk());
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  EXPECT_NE(in_force(), on_disk());
  ASSERT_TRUE(reload(""));
  EXPECT_EQ(in_force(), on_disk());
  // Private contacts are no part of the hash, and yet a reload would take them.
  EditedConfig::write(desk_.config.plan_folder() / "contacts.private.toml", "# empty\n");
  EXPECT_EQ(in_force(), "");
}

TEST_F(AnEdit, IsWorkedOutWhileTheLoopGoesOn) {
  edit("due    = \"12-09 17:00\"", "due    = \"12-05 17:00\"");
  bool answered = false;
  boost::asio::co_spawn(desk_.loop, desk_.engine->diff(edited()),
                        [&](std::exception_ptr, Answer<Difference>) { answered = true; });
  desk_.loop.restart();
  desk_.loop.poll();
  EXPECT_FALSE(answered);
  // Meanwhile the day goes on: somebody records, a stage falls due.
  auto told = desk_.notices().size();
  desk_.clock.pass(std::chrono::days{32});
  desk_.turn();
  EXPECT_GT(desk_.notices().size(), told);
  while (!answered && desk_.loop.run_one() > 0) {
  }
  EXPECT_TRUE(answered);
}

}  // namespace
}  // namespace duban::engine
