#include "ledger/state_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace duban::ledger {
namespace {

std::string first_line(int descriptor) {
  std::array<char, 32> buffer{};
  const auto size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  const std::string_view text(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return std::string(text.substr(0, text.find('\n')));
}

std::unexpected<LockRefused> refused(const std::filesystem::path& path) {
  return std::unexpected(
      LockRefused{false, alike(fmt::format("{}: {}", path.string(), std::strerror(errno)))});
}

}  // namespace

std::expected<StateLock, LockRefused> StateLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (descriptor < 0) {
    return refused(path);
  }
  StateLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return refused(path);
    }
    return std::unexpected(
        LockRefused{true, both("另一个 duband(进程 {})在用 {}:先停下它,或换一个状态目录",
                               "another duband (process {}) runs on {}: stop it first, or name "
                               "another state folder",
                               first_line(descriptor), folder.string())});
  }
  const std::string text = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    return refused(path);
  }
  return lock;
}

StateLock::StateLock(StateLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}
StateLock& StateLock::operator=(StateLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
StateLock::~StateLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace duban::ledger
