#pragma once
// The files that units hand in, beside the ledger: each once, under its digest.

#include <expected>
#include <filesystem>
#include <string>
#include <system_error>

namespace duban::engine {

class KeptFiles {
 public:
  /// In `state`, the daemon's state folder; it need not exist yet.
  explicit KeptFiles(const std::filesystem::path& state) : folder_(state / "files") {}

  /// Writes the bytes to the disk unless they are there, and answers their digest (`sha256:…`).
  /// Blocks; any thread, one at a time.
  std::expected<std::string, std::error_code> keep(const std::string& bytes) const;
  /// Whether a file of that digest and size is kept.
  bool has(const std::string& digest, std::int64_t bytes) const;
  /// Where it lies; empty where the digest is none of ours.
  std::filesystem::path path_of(const std::string& digest) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace duban::engine
