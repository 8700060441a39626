#include "engine/kept_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/digest.h"
#include "contract/temporary_folder.h"

namespace duban::engine {
namespace {

TEST(KeptFiles, AreThereOnceUnderTheirDigest) {
  contract::TemporaryFolder folder;
  KeptFiles files{folder.path()};
  auto digest = files.keep("报来的表");
  ASSERT_TRUE(digest.has_value());
  EXPECT_EQ(*digest, named_digest(sha256("报来的表")));
  EXPECT_TRUE(files.has(*digest, 12));
  EXPECT_FALSE(files.has(*digest, 13));
  EXPECT_EQ(files.keep("报来的表"), digest);
  auto all = std::filesystem::directory_iterator{folder.path() / "files"};
  EXPECT_EQ(std::distance(begin(all), end(all)), 1);
}

TEST(KeptFiles, ADigestThatIsNoneLeadsNowhere) {
  contract::TemporaryFolder folder;
  KeptFiles files{folder.path()};
  for (const std::string digest :
       {"", "sha256:", "sha256:../../etc/passwd", "md5:00", "sha256:ABC"}) {
    EXPECT_EQ(files.path_of(digest), std::filesystem::path{}) << digest;
    EXPECT_FALSE(files.has(digest, 0)) << digest;
  }
}

TEST(KeptFiles, SayThatTheFolderCannotBeWritten) {
  contract::TemporaryFolder folder;
  std::ofstream{folder.path() / "files"} << "a file where the folder should be";
  EXPECT_FALSE(KeptFiles{folder.path()}.keep("x").has_value());
}

}  // namespace
}  // namespace duban::engine
