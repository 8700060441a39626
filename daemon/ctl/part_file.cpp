#include "ctl/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "io/disk_sync.h"

namespace duban::ctl {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path{"."};
}

// Not so when whoever held the lock put it in its place, or removed it, before we had it.
bool still_has_its_name(int descriptor, const fs::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

PartFile::PartFile(fs::path file) : file_(std::move(file)), part_(file_.string() + ".part") {
  std::error_code none;
  if (fs::exists(fs::symlink_status(file_, none))) {
    problem_ = both("{} 已经有了", "{} is there already", file_.string());
  } else {
    ours_ = take();
  }
}

PartFile::~PartFile() {
  if (ours_) ::unlink(part_.c_str());
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool PartFile::fail(const fs::path& file) {
  problem_ = both("写不了 {}:{}", "cannot write {}: {}", file.string(), std::strerror(errno));
  return false;
}

bool PartFile::take() {
  constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  descriptor_ = ::open(part_.c_str(), flags, 0600);
  if (descriptor_ < 0) return fail(part_);
  const bool alone = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  if (!alone || !still_has_its_name(descriptor_, part_)) {
    problem_ = both("{} 正在被另一个 dubanctl 写", "another dubanctl is writing {}",
                    part_.string());
    return false;
  }
  return ::ftruncate(descriptor_, 0) == 0 || fail(part_);
}

bool PartFile::write(std::string_view piece) {
  while (!piece.empty()) {
    const auto done = ::write(descriptor_, piece.data(), piece.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return fail(part_);
    piece.remove_prefix(static_cast<std::size_t>(done));
    size_ += static_cast<std::size_t>(done);
  }
  return true;
}

bool PartFile::sync() { return ::fsync(descriptor_) == 0 || fail(part_); }

bool PartFile::put_in_place() {
  int moved = ::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE);
  // Not every file system can; a second name can be refused by all.
  const bool renames = moved == 0 || errno != EINVAL;
  if (!renames) moved = ::link(part_.c_str(), file_.c_str());
  if (moved != 0) return fail(file_);
  ours_ = !renames;
  const auto failed = io::sync_to_disk(folder_of(file_));
  if (failed) problem_ = both("{}:{}", "{}: {}", file_.string(), failed.message());
  return !failed;
}

}  // namespace duban::ctl
