#include "channel/folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "base/digest.h"
#include "channel/scratch_folder.h"
#include "contract/channel_contract.h"

namespace duban::channel {
namespace {

namespace fs = std::filesystem;
using testing::run;

TEST(FolderName, is_one_component_that_leads_nowhere_else) {
  for (const auto* address : {"../../etc/passwd", "/etc/passwd", "..", ".", "a/b", "a\\b", "a\nb",
                              ".ssh", "~root", "", "con", "*?<>|:\"", "$(id)"}) {
    auto name = folder_name(address);
    EXPECT_FALSE(name.empty());
    EXPECT_FALSE(name.starts_with('.')) << name;
    EXPECT_EQ(name.find_first_of("/\\\n*?<>|:\"$()"), std::string::npos) << name;
  }
}

TEST(FolderName, keeps_mail_addresses_and_chinese_and_parts_all_others) {
  EXPECT_EQ(folder_name("liaison@edu.example.org"), "liaison@edu.example.org");
  EXPECT_EQ(folder_name("市教育局"), "市教育局");
  std::string chinese;
  for (int i = 0; i < 400; ++i) chinese += "督";
  std::set<std::string> names;
  for (const auto& address : {std::string{"a/b"}, std::string{"a_b"}, std::string{"a\\b"}, chinese,
                              chinese + "办", std::string{"../b"}, std::string{"__/b"}}) {
    auto name = folder_name(address);
    EXPECT_LE(name.size(), 200U);
    EXPECT_TRUE(is_utf8_text(name));
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 7U);
}

struct FolderTest : ::testing::Test {
  boost::asio::io_context loop;
  SystemClock clock;
  testing::ScratchFolder scratch;

  std::unique_ptr<delivery::Channel> folder(FolderFormat format) {
    FolderOptions options;
    options.folder = scratch.path() / "outbox";
    options.format = format;
    options.sender.from = "duban@wuban.example.org";
    return make_folder(std::move(options), clock);
  }
};

TEST_F(FolderTest, maildir_has_its_three_folders_and_nothing_half_written) {
  auto by = folder(FolderFormat::maildir);
  auto parcel = contract::parcel_for("edu@example.org");
  run(loop, by->send(parcel));
  auto box = scratch.path() / "outbox" / "edu@example.org";
  for (const auto* part : {"tmp", "new", "cur"}) EXPECT_TRUE(fs::is_directory(box / part)) << part;
  EXPECT_EQ(scratch.files(),
            std::vector<std::string>{"outbox/edu@example.org/new/" + parcel.notice + ".duban"});
}

TEST_F(FolderTest, json_is_the_webhooks_body) {
  auto by = folder(FolderFormat::json);
  auto parcel = contract::parcel_for("市教育局");
  auto outcome = run(loop, by->send(parcel));
  auto file = scratch.path() / "outbox" / "市教育局" / (parcel.notice + ".json");
  EXPECT_EQ(testing::read_all(file), parcel.content.json);
  EXPECT_EQ(outcome.wire_digest, named_digest(sha256(parcel.content.json)));
}

TEST_F(FolderTest, others_cannot_read_what_is_written) {
  run(loop, folder(FolderFormat::json)->send(contract::parcel_for("edu")));
  for (const auto& file : scratch.files()) {
    struct stat found {};
    ASSERT_EQ(stat((scratch.path() / file).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0007U, 0U) << file;
  }
}

TEST_F(FolderTest, a_link_in_the_way_is_not_followed) {
  auto by = folder(FolderFormat::json);
  auto parcel = contract::parcel_for("edu");
  fs::create_directories(scratch.path() / "outbox" / "edu");
  fs::create_symlink(scratch.path() / "elsewhere",
                     scratch.path() / "outbox" / "edu" / ("." + parcel.notice + ".json.part"));
  EXPECT_EQ(run(loop, by->send(parcel)).outcome, AttemptOutcome::retry);
  EXPECT_FALSE(fs::exists(scratch.path() / "elsewhere"));
}

TEST_F(FolderTest, a_file_that_cannot_be_put_in_place_is_tried_again_and_leaves_no_half) {
  auto by = folder(FolderFormat::json);
  auto parcel = contract::parcel_for("edu");
  auto box = scratch.path() / "outbox" / "edu";
  fs::create_directories(box);
  // A folder of the final file's name: the rename fails after the bytes were written.
  fs::create_directories(box / (parcel.notice + ".json"));
  EXPECT_EQ(run(loop, by->send(parcel)).outcome, AttemptOutcome::retry);
  EXPECT_TRUE(scratch.files().empty());
}

}  // namespace
}  // namespace duban::channel
