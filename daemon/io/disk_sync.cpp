#include "io/disk_sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace duban::io {

std::error_code sync_to_disk(const std::filesystem::path& file_or_folder) {
  const int descriptor = ::open(file_or_folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {errno, std::system_category()};
  std::error_code failed;
  if (::fsync(descriptor) != 0) failed = {errno, std::system_category()};
  ::close(descriptor);
  return failed;
}

}  // namespace duban::io
