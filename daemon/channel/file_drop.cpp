#include "channel/file_drop.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace duban::channel {
namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }

class File {
 public:
  File(const fs::path& path, int flags)
      : descriptor_(open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
  ~File() { static_cast<void>(close()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }
  // An error here can be the disk's last word on what was written.
  bool close() {
    int descriptor = std::exchange(descriptor_, -1);
    return descriptor < 0 || ::close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

std::error_code sync_folder(const fs::path& folder) {
  File file(folder, O_RDONLY | O_DIRECTORY);
  if (!file.is_open() || fsync(file.get()) != 0) return last_error();
  return {};
}

std::error_code write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    auto written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::error_code write_file(const fs::path& path, std::string_view bytes) {
  File file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  if (!file.is_open()) return last_error();
  if (auto failure = write_all(file.get(), bytes)) return failure;
  if (fsync(file.get()) != 0 || !file.close()) return last_error();
  return {};
}

}  // namespace

std::error_code make_folders(const fs::path& folder) {
  if (folder.empty()) return {};
  std::error_code failure;
  if (fs::is_directory(folder, failure)) return {};
  if (folder.has_parent_path() && folder.parent_path() != folder) {
    if (auto above = make_folders(folder.parent_path())) return above;
  }
  if (mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) return last_error();
  return sync_folder(folder.has_parent_path() ? folder.parent_path() : fs::path{"."});
}

std::error_code drop_file(const fs::path& temporary, const fs::path& final,
                          std::string_view bytes) {
  auto failure = write_file(temporary, bytes);
  if (!failure && rename(temporary.c_str(), final.c_str()) != 0) failure = last_error();
  if (!failure) return sync_folder(final.parent_path());
  unlink(temporary.c_str());
  return failure;
}

}  // namespace duban::channel
