#include "engine/written_texts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

std::error_code last_error() { return {errno, std::generic_category()}; }

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : number_(::open(path.c_str(), flags, 0640)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::error_code write_all(int file, std::string_view left) {
  while (!left.empty()) {
    auto written = ::write(file, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::error_code write_one(const fs::path& path, const std::string& text, bool synced) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) return failed;
  Descriptor file{path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC};
  if (!file.is_open()) return last_error();
  if (auto not_written = write_all(file.number(), text)) return not_written;
  return synced && ::fsync(file.number()) != 0 ? last_error() : std::error_code{};
}

}  // namespace

std::error_code write_texts(const fs::path& folder, const Texts& texts) {
  for (const auto& [path, text] : texts) {
    if (auto failed = write_one(folder / path, text, false)) return failed;
  }
  return {};
}

std::error_code sync_disk_of(const fs::path& folder) {
  Descriptor held{folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC};
  if (!held.is_open()) return last_error();
  return ::syncfs(held.number()) != 0 ? last_error() : std::error_code{};
}

std::error_code replace_text(const fs::path& file, const std::string& text) {
  auto fresh = file;
  fresh += ".new";
  if (auto failed = write_one(fresh, text, true)) return failed;
  std::error_code failed;
  fs::rename(fresh, file, failed);
  return failed;
}

}  // namespace duban::engine
