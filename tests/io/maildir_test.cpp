#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "contract/temporary_folder.h"
#include "io/mailbox.h"
#include "peers/run.h"

namespace duban::io {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MaildirTest : public ::testing::Test {
 protected:
  MaildirTest() {
    for (const auto* part : {"tmp", "new", "cur"}) fs::create_directory(folder_.path() / part);
  }
  fs::path put(const std::string& name, const std::string& bytes) {
    auto file = folder_.path() / name;
    std::ofstream{file, std::ios::binary} << bytes;
    return file;
  }
  Mailbox::Take keep() {
    return [this](std::string mail) -> boost::asio::awaitable<bool> {
      bool done = !later_.contains(mail);
      shown_.push_back(std::move(mail));
      co_return done;
    };
  }
  std::expected<void, std::string> look() {
    shown_.clear();
    return duban::testing::run(loop_, box_->look(keep()));
  }

  contract::TemporaryFolder folder_;
  boost::asio::io_context loop_;
  SystemClock clock_;
  std::unique_ptr<Mailbox> box_ = make_maildir(folder_.path().string(), clock_);
  std::vector<std::string> shown_;
  std::set<std::string> later_;
};

TEST_F(MaildirTest, EachMailIsShownOnceInTheOrderOfItsArrival) {
  put("new/1653.2.mx", "two");
  put("new/1653.1.mx", "one");
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, ElementsAre("one", "two"));
  put("new/1654.1.mx", "three");
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, ElementsAre("three"));
}

TEST_F(MaildirTest, AReaderWhoMovesAMailChangesNothing) {
  put("new/1653.1.mx,S=3", "one");
  ASSERT_TRUE(look());
  fs::rename(folder_.path() / "new/1653.1.mx,S=3", folder_.path() / "cur/1653.1.mx,S=3:2,S");
  put("cur/1653.2.mx:2,RS", "read before it was looked at");
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, ElementsAre("read before it was looked at"));
}

TEST_F(MaildirTest, WhatIsWantedAgainIsShownAgain) {
  later_ = {"one"};
  put("new/1653.1.mx", "one");
  put("new/1653.2.mx", "two");
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, ElementsAre("one", "two"));
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, ElementsAre("one"));
  later_.clear();
  ASSERT_TRUE(look());
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, IsEmpty());
}

TEST_F(MaildirTest, NothingInItIsChanged) {
  auto file = put("new/1653.1.mx", "one");
  auto before = fs::last_write_time(file);
  ASSERT_TRUE(look());
  EXPECT_TRUE(fs::exists(file));
  EXPECT_EQ(fs::last_write_time(file), before);
  EXPECT_TRUE(fs::is_empty(folder_.path() / "cur"));
}

TEST_F(MaildirTest, AnOldMailIsNotShown) {
  auto file = put("new/1653.1.mx", "old");
  fs::last_write_time(file, fs::file_time_type::clock::now() - limits::mailbox_back -
                                std::chrono::hours{1});
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, IsEmpty());
}

TEST_F(MaildirTest, OfALongMailTheBeginningIsShown) {
  put("new/1653.1.mx", std::string(limits::mail_read_bytes + 1000, 'x'));
  ASSERT_TRUE(look());
  ASSERT_EQ(shown_.size(), 1U);
  EXPECT_EQ(shown_[0].size(), limits::mail_read_bytes);
}

TEST_F(MaildirTest, AFolderALinkAndAPipeAreNoMails) {
  fs::create_directory(folder_.path() / "new/1653.folder");
  fs::create_symlink("/etc/hostname", folder_.path() / "new/1653.link");
  ASSERT_EQ(mkfifo((folder_.path() / "new/1653.pipe").c_str(), 0600), 0);
  ASSERT_TRUE(look());
  EXPECT_THAT(shown_, IsEmpty());
}

TEST_F(MaildirTest, AFolderThatIsNotThereIsSaid) {
  fs::remove_all(folder_.path() / "new");
  put("cur/1653.1.mx:2,", "one");
  auto looked = look();
  ASSERT_FALSE(looked);
  EXPECT_THAT(looked.error(), HasSubstr("/new: No such file"));
  EXPECT_THAT(shown_, ElementsAre("one"));
}

TEST_F(MaildirTest, AMailThatMayNotBeReadIsSaidAndTheOthersAreShown) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  auto file = put("new/1653.1.mx", "one");
  put("new/1653.2.mx", "two");
  fs::permissions(file, fs::perms::none);
  auto looked = look();
  ASSERT_FALSE(looked);
  EXPECT_THAT(looked.error(), HasSubstr("1653.1.mx: Permission denied"));
  EXPECT_THAT(shown_, ElementsAre("two"));
}

TEST_F(MaildirTest, NoMoreThanABoundIsShownAtOnceAndTheRestNextTime) {
  for (std::size_t i = 0; i < limits::mails_at_once + 2; ++i) {
    put("new/" + std::to_string(100000 + i) + ".mx", "x");
  }
  ASSERT_TRUE(look());
  EXPECT_EQ(shown_.size(), limits::mails_at_once);
  ASSERT_TRUE(look());
  EXPECT_EQ(shown_.size(), 2U);
}

// Old ones too: a folder of so many is no sender's mailbox.
TEST_F(MaildirTest, AFolderHasABoundOfMails) {
  for (std::size_t i = 0; i < limits::mailbox_entries; ++i) {
    put("cur/" + std::to_string(100000 + i), "");
  }
  later_ = {""};
  ASSERT_TRUE(look());
  EXPECT_EQ(shown_.size(), limits::mails_at_once);
  put("cur/99999", "");
  auto looked = look();
  ASSERT_FALSE(looked);
  EXPECT_THAT(looked.error(), HasSubstr("holds more than 20000 mails"));
}

}  // namespace
}  // namespace duban::io
