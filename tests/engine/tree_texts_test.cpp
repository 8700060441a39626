#include "engine/tree_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/edited_config.h"
#include "engine/edited_tree.h"

namespace duban::engine {
namespace {

using contract::EditedConfig;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;

constexpr const char* plan = "wuhan-2022-1";

class TreeTexts : public ::testing::Test {
 protected:
  Tree tree() const { return read_tree(config_.settings_file()); }
  std::string hash() const { return hash_of(texts_of(tree())); }
  Edited edited() const {
    auto read = tree();
    return {plan, texts_of_plan(texts_of(read), plan), read.settings->channel_ids()};
  }
  std::filesystem::path private_contacts() const {
    return config_.plan_folder() / "contacts.private.toml";
  }
  EditedConfig config_;
};

TEST_F(TreeTexts, AreWhatMakesThePlansByTheirPlaceInTheTree) {
  EditedConfig::write(private_contacts(), "");
  auto texts = texts_of(tree());
  for (const auto* path : {"plans/wuhan-2022-1/plan.toml", "plans/wuhan-2022-1/units.toml",
                           "plans/wuhan-2022-1/tasks.toml", "calendars/cn.toml",
                           "templates/notice.mustache"}) {
    EXPECT_THAT(texts, Contains(Key(path)));
  }
  for (const auto& [path, text] : texts) {
    EXPECT_TRUE(is_text_path(path, plan)) << path;
    EXPECT_THAT(path, Not(::testing::HasSubstr("private")));
  }
}

TEST_F(TreeTexts, TheHashIsOfTheTextsWhereverTheyLie) {
  EditedConfig elsewhere;
  EXPECT_EQ(hash(), hash_of(texts_of(read_tree(elsewhere.settings_file()))));
  EXPECT_EQ(hash().size(), 64U);
}

TEST_F(TreeTexts, TheHashChangesWithAnyOfThemAndWithNothingElse) {
  auto before = hash();
  EditedConfig::write(private_contacts(), "");
  EditedConfig::edit(config_.settings_file(), "max_step  = \"1h\"", "max_step  = \"2h\"");
  EXPECT_EQ(hash(), before);
  for (const auto* file : {"plans/wuhan-2022-1/units.toml", "calendars/cn.toml",
                           "templates/remind.mustache"}) {
    auto path = config_.root() / file;
    auto was = EditedConfig::text(path);
    EditedConfig::write(path, was + "\n");
    EXPECT_NE(hash(), before) << file;
    EditedConfig::write(path, was);
  }
  EXPECT_EQ(hash(), before);
}

TEST_F(TreeTexts, AHashIsGivenByEnoughOfItsDigits) {
  std::string digits(64, 'a');
  EXPECT_TRUE(is_hash(digits, digits));
  EXPECT_TRUE(is_hash(digits, "aaaaaaaaaaaa"));
  EXPECT_FALSE(is_hash(digits, "aaaaaaaaaaa"));
  EXPECT_FALSE(is_hash(digits, "aaaaaaaaaaab"));
  EXPECT_FALSE(is_hash(digits, ""));
}

TEST_F(TreeTexts, NoOtherPathIsTakenFromOutside) {
  for (const auto* path :
       {"plans/wuhan-2022-1/contacts.private.toml", "plans/other/plan.toml", "duband.toml",
        "plans/wuhan-2022-1/../../duband.toml", "plans/wuhan-2022-1/sub/a.mustache",
        "/etc/passwd", "templates/../x.mustache", "templates/.mustache", "calendars/cn.txt",
        "templates/a\\b.mustache", "templates/a\n.mustache", "plans/wuhan-2022-1/", ""}) {
    EXPECT_FALSE(is_text_path(path, plan)) << path;
  }
  EXPECT_FALSE(is_text_path("templates/" + std::string(300, 'a') + ".mustache", plan));
  for (const auto* id : {"..", ".", "", "a/b", "../up"}) EXPECT_FALSE(is_plan_folder(id)) << id;
}

TEST_F(TreeTexts, AnEditIsReadAsTheFilesWouldBe) {
  auto read = read_edited(*tree().settings, edited());
  ASSERT_EQ(read.plans.size(), 1U);
  ASSERT_TRUE(read.plans[0].plan);
  EXPECT_EQ(read.plans[0].plan->digest, tree().plans[0].plan->digest);
}

TEST_F(TreeTexts, AnEditGetsTheDaemonsOwnPrivateContactsAndNothingIsLeftBehind) {
  EditedConfig::write(private_contacts(), "[[contact]]\nid = \"edu-mobile\"\nunit = \"edu\"\n"
                                          "role = \"leader\"\nname = \"手机\"\n"
                                          "channels = [\"folder:mobile@edu.example.org\"]\n");
  auto settings = *tree().settings;
  auto read = read_edited(settings, edited());
  ASSERT_TRUE(read.plans[0].plan);
  EXPECT_NE(read.plans[0].plan->find_contact("edu-mobile"), nullptr);
  EXPECT_FALSE(std::filesystem::exists(settings.state / "diff"));
  EXPECT_TRUE(std::filesystem::exists(private_contacts()));
}

TEST_F(TreeTexts, AMistakeIsShownAtItsPlaceInTheTree) {
  auto wrong = edited();
  wrong.texts["plans/wuhan-2022-1/plan.toml"] = "[[duty]\n";
  auto read = read_edited(*tree().settings, wrong);
  EXPECT_FALSE(read.plans[0].plan);
  ASSERT_TRUE(has_errors(read.diagnostics));
  bool shown = false;
  for (const auto& one : read.diagnostics) {
    shown |= one.place.file == "plans/wuhan-2022-1/plan.toml" && one.place.line == 1;
    EXPECT_THAT(one.place.file, Not(::testing::HasSubstr("diff"))) << one.message.chinese;
  }
  EXPECT_TRUE(shown);
}

TEST_F(TreeTexts, WhatAKilledDaemonLeftIsRemoved) {
  auto settings = *tree().settings;
  std::filesystem::create_directories(settings.state / "diff/plans/old");
  EditedConfig::write(settings.state / "diff/plans/old/plan.toml", "");
  EXPECT_EQ(read_edited(settings, edited()).plans.size(), 1U);
}

TEST_F(TreeTexts, ThePrivateContactsAreKnownByADigestAlone) {
  auto plans = tree().settings->plans;
  EXPECT_EQ(private_digest(plans, plan), "");
  EditedConfig::write(private_contacts(), "# 1");
  auto first = private_digest(plans, plan);
  EditedConfig::write(private_contacts(), "# 2");
  EXPECT_NE(first, "");
  EXPECT_NE(first, private_digest(plans, plan));
}

}  // namespace
}  // namespace duban::engine
