#include "ctl/file_swap.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/limits.h"
#include "io/disk_sync.h"

namespace duban::ctl {
namespace {

Bilingual because(const Bilingual& what) {
  return both("{}:{}", "{}: {}", what, std::strerror(errno));
}

Bilingual cannot_write(const std::string& path) {
  return both("写不了 {}", "cannot write {}", path);
}

bool write_all(int file, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    auto more = ::write(file, text.data() + done, text.size() - done);
    if (more < 0 && errno == EINTR) continue;
    if (more <= 0) return false;
    done += static_cast<std::size_t>(more);
  }
  return true;
}

// Owner first: changing it clears mode bits. Only root may give a file away; another's file in a
// shared folder then becomes its editor's.
bool keep_mode(int file, const struct stat& was) {
  [[maybe_unused]] int given = ::fchown(file, was.st_uid, was.st_gid);
  return ::fchmod(file, was.st_mode & 07777U) == 0;
}

}  // namespace

std::string bytes_of(const std::filesystem::path& file) {
  std::error_code error;
  auto size = std::filesystem::file_size(file, error);
  if (error || size > limits::plan_file_bytes) return {};
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

Bilingual replace_file(const std::filesystem::path& file, const std::string& expected,
                       const std::string& text) {
  std::error_code error;
  auto target = std::filesystem::canonical(file, error);
  if (error) return both("找不到 {}", "cannot find {}", file.string());
  struct stat was {};
  if (::stat(target.c_str(), &was) != 0) {
    return because(both("读不了 {}", "cannot read {}", target.string()));
  }
  auto beside = target.string() + ".XXXXXX";
  int out = ::mkostemp(beside.data(), O_CLOEXEC);
  if (out < 0) return because(cannot_write(target.parent_path().string()));
  bool written = write_all(out, text) && keep_mode(out, was) && ::fsync(out) == 0;
  auto problem = written ? Bilingual{} : because(cannot_write(beside));
  ::close(out);
  if (problem.empty() && bytes_of(target) != expected) {
    problem = both("{} 刚被别人改过", "somebody else has just changed {}", target.string());
  }
  if (problem.empty() && ::rename(beside.c_str(), target.c_str()) != 0) {
    problem = because(both("换不了 {}", "cannot replace {}", target.string()));
  }
  if (!problem.empty()) {
    ::unlink(beside.c_str());
    return problem;
  }
  io::sync_to_disk(target.parent_path());
  return {};
}

}  // namespace duban::ctl
