// Every text that came into force, by its digest.
#include "engine/kept_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "contract/edited_config.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;
using contract::EditedConfig;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class KeptTexts : public ::testing::Test {
 protected:
  static constexpr const char* plan = "wuhan-2022-1";
  Tree read() const { return read_tree(config_.settings_file()); }
  fs::path state() const { return config_.root() / "state"; }
  fs::path folder() const { return state() / "texts" / plan; }
  std::string keep() {
    auto tree = read();
    digest_ = tree.plans.at(0).plan->digest;
    const auto* read = tree.plans.at(0).plan.get();
    return keep_texts(state(), tree, texts_of(tree), std::span{&read, 1});
  }
  std::size_t kept() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder()}, fs::directory_iterator{}));
  }
  EditedConfig config_;
  std::string digest_;
};

TEST_F(KeptTexts, ATextIsReadAgainAsItWasWithItsLines) {
  ASSERT_EQ(keep(), "");
  auto first = digest_;
  EditedConfig::edit(config_.plan_file(), "due    = \"25 17:00\"", "due    = \"20 17:00\"");
  ASSERT_EQ(keep(), "");
  ASSERT_NE(digest_, first);
  auto text = read_kept_text(state(), plan, first);
  ASSERT_TRUE(text);
  const auto* duty = text->plan->find_duty("monthly-table");
  EXPECT_EQ(duty->due.text, "25 17:00");
  EXPECT_THAT(text->sources.at(duty->place.file), HasSubstr("\"25 17:00\""));
  EXPECT_EQ(text->plan->digest, first);
}

TEST_F(KeptTexts, AMonthOfItsWorkCalendarIsKeptToo) {
  ASSERT_EQ(keep(), "");
  fs::remove_all(config_.root() / "calendars");
  auto text = read_kept_text(state(), plan, digest_);
  ASSERT_TRUE(text);
  EXPECT_FALSE(text->plan->calendar->off.empty());
}

TEST_F(KeptTexts, ThePrivateFileIsNotAmongThem) {
  EditedConfig::write(config_.plan_folder() / "contacts.private.toml",
                      "[[contact]]\nid = \"night\"\nunit = \"edu\"\n"
                      "channels = [\"folder:13900000000\"]\n");
  ASSERT_EQ(keep(), "");
  for (const auto& entry : fs::recursive_directory_iterator{folder()}) {
    EXPECT_THAT(entry.path().string(), Not(EndsWith("private.toml")));
    if (entry.is_regular_file()) {
      EXPECT_THAT(EditedConfig::text(entry.path()), Not(HasSubstr("13900000000")));
    }
  }
  EXPECT_TRUE(read_kept_text(state(), plan, digest_));
}

TEST_F(KeptTexts, AChannelThatIsRenamedLaterDoesNotMakeItUnreadable) {
  ASSERT_EQ(keep(), "");
  EditedConfig::edit(config_.settings_file(), "[channel.folder]", "[channel.paper]");
  EXPECT_TRUE(read_kept_text(state(), plan, digest_));
}

TEST_F(KeptTexts, TheSameTextIsKeptOnce) {
  ASSERT_EQ(keep(), "");
  ASSERT_EQ(keep(), "");
  EXPECT_EQ(kept(), 1U);
}

TEST_F(KeptTexts, WhatWasBegunAndNotFinishedIsNoText) {
  auto tree = read();
  auto digest = tree.plans.at(0).plan->digest;
  fs::create_directories(folder() / ("sha256-" + digest.substr(7) + ".new") / "plans");
  EXPECT_FALSE(read_kept_text(state(), plan, digest));
  ASSERT_EQ(keep(), "");
  EXPECT_TRUE(read_kept_text(state(), plan, digest));
}

TEST_F(KeptTexts, WhatIsUnknownOrDoesNotCheckIsNoText) {
  EXPECT_FALSE(read_kept_text(state(), plan, "sha256:00"));
  EXPECT_FALSE(read_kept_text(state(), plan, ""));
  ASSERT_EQ(keep(), "");
  EditedConfig::write(folder() / ("sha256-" + digest_.substr(7)) / "plans" / plan / "plan.toml",
                      "year = ");
  EXPECT_FALSE(read_kept_text(state(), plan, digest_));
}

TEST_F(KeptTexts, TheOldestGoWhenThereAreTooMany) {
  fs::create_directories(folder());
  auto long_ago = fs::last_write_time(folder()) - std::chrono::hours{10000};
  for (std::size_t i = 0; i < limits::kept_texts; ++i) {
    auto old = folder() / ("sha256-" + std::to_string(i));
    fs::create_directories(old);
    fs::last_write_time(old, long_ago + std::chrono::seconds{i});
  }
  ASSERT_EQ(keep(), "");
  EXPECT_EQ(kept(), limits::kept_texts);
  EXPECT_FALSE(fs::exists(folder() / "sha256-0"));
  EXPECT_TRUE(fs::exists(folder() / "sha256-1"));
  EXPECT_TRUE(read_kept_text(state(), plan, digest_));
}

TEST_F(KeptTexts, AStateFolderThatCannotBeWrittenSaysSo) {
  EditedConfig::write(state(), "a file, not a folder");
  EXPECT_THAT(keep(), HasSubstr("cannot keep"));
}

}  // namespace
}  // namespace duban::engine
