// Saved files are told once they have settled, however an editor saves them.
#include "io/file_watch.h"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <fstream>

#include "base/limits.h"
#include "contract/temporary_folder.h"
#include "io/deadline.h"
#include "peers/run.h"

namespace duban::io {
namespace {

using namespace std::chrono_literals;
using duban::testing::run;
namespace fs = std::filesystem;

class Watched : public ::testing::Test {
 protected:
  Watched() {
    fs::create_directories(folder_.path() / "plans/a");
    write("duband.toml");
    watch();
  }
  void watch() { watch_.watch({folder_.path()}, {folder_.path() / "plans"}); }
  void write(const std::string& name, const std::string& text = "x") {
    std::ofstream{folder_.path() / name} << text;
  }
  // True when a change is told within two seconds; what is done happens while it is waited for.
  template <class Do>
  bool told_of(Do action) {
    boost::asio::post(loop_, action);
    return run(loop_, ends_within_two_seconds());
  }
  boost::asio::awaitable<bool> ends_within_two_seconds() {
    co_return co_await ends_within(watch_.changed(30ms), 2s);
  }
  boost::asio::awaitable<bool> nothing_for_a_while() {
    co_return !co_await ends_within(watch_.changed(30ms), 150ms);
  }

  contract::TemporaryFolder folder_;
  boost::asio::io_context loop_;
  FileWatch watch_{loop_.get_executor(), {".toml"}};
};

TEST_F(Watched, AFileWrittenInPlaceIsTold) {
  EXPECT_TRUE(told_of([this] { write("plans/a/plan.toml"); }));
}

TEST_F(Watched, AFileRenamedIntoPlaceIsTold) {
  EXPECT_TRUE(told_of([this] {
    write("plans/a/.plan.toml.new");
    fs::rename(folder_.path() / "plans/a/.plan.toml.new", folder_.path() / "plans/a/plan.toml");
  }));
}

TEST_F(Watched, AFileThatIsRemovedIsTold) {
  EXPECT_TRUE(told_of([this] { fs::remove(folder_.path() / "duband.toml"); }));
}

TEST_F(Watched, ManySavesAtOnceAreOneChange) {
  EXPECT_TRUE(told_of([this] {
    for (const auto* name : {"plans/a/plan.toml", "plans/a/units.toml", "duband.toml"}) write(name);
  }));
  EXPECT_TRUE(run(loop_, nothing_for_a_while()));
}

TEST_F(Watched, AnEditorsOwnFilesAreNothing) {
  write("plans/a/.plan.toml.swp");
  write("plans/a/plan.toml~");
  write("plans/a/4913");
  EXPECT_TRUE(run(loop_, nothing_for_a_while()));
}

TEST_F(Watched, FilesOfOtherEndingsAndFoldersBesideAreNothing) {
  fs::create_directory(folder_.path() / "state");
  EXPECT_TRUE(run(loop_, ends_within_two_seconds()));  // the folder itself
  write("duband.log");
  write("state/plan.toml");
  EXPECT_TRUE(run(loop_, nothing_for_a_while()));
}

TEST_F(Watched, ANewPlanFolderIsToldAndWatchedWhenItIsAskedFor) {
  EXPECT_TRUE(told_of([this] { fs::create_directory(folder_.path() / "plans/b"); }));
  watch();
  EXPECT_TRUE(told_of([this] { write("plans/b/plan.toml"); }));
}

TEST_F(Watched, AFolderThatIsNotThereIsNamed) {
  auto missing = watch_.watch({folder_.path(), folder_.path() / "nowhere"}, {});
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].filename(), "nowhere");
}

// Something that saves without end must not keep the files from being read.
TEST_F(Watched, SavesWithoutEndAreWaitedOutSoOften) {
  int saves = 0;
  bool told = false;
  auto save = [&](auto again) -> void {
    if (told) return;
    write("plans/a/plan.toml", std::to_string(++saves));
    boost::asio::post(loop_, [again] { again(again); });
  };
  boost::asio::post(loop_, [&] { save(save); });
  auto settle = [&]() -> boost::asio::awaitable<bool> {
    bool in_time = co_await ends_within(watch_.changed(limits::save_settles), 20s);
    told = true;
    co_return in_time;
  };
  EXPECT_TRUE(run(loop_, settle()));
  EXPECT_GE(saves, limits::saves_waited_out);
}

}  // namespace
}  // namespace duban::io
