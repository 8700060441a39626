#include "engine/kept_files.h"

#include <algorithm>

#include "base/digest.h"
#include "engine/written_texts.h"

namespace duban::engine {

namespace fs = std::filesystem;

std::expected<std::string, std::error_code> KeptFiles::keep(const std::string& bytes) const {
  auto digest = named_digest(sha256(bytes));
  if (has(digest, static_cast<std::int64_t>(bytes.size()))) return digest;
  if (auto failed = replace_text(path_of(digest), bytes)) return std::unexpected(failed);
  if (auto failed = sync_disk_of(folder_)) return std::unexpected(failed);
  return digest;
}

bool KeptFiles::has(const std::string& digest, std::int64_t bytes) const {
  auto path = path_of(digest);
  std::error_code missing;
  return !path.empty() && static_cast<std::int64_t>(fs::file_size(path, missing)) == bytes;
}

fs::path KeptFiles::path_of(const std::string& digest) const {
  constexpr std::string_view algorithm = "sha256:";
  constexpr std::size_t digits = 64;
  if (!digest.starts_with(algorithm)) return {};
  auto name = digest.substr(algorithm.size());
  bool ours = name.size() == digits &&
              name.find_first_not_of("0123456789abcdef") == std::string::npos;
  return ours ? folder_ / name : fs::path{};
}

}  // namespace duban::engine
