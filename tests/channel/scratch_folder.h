#pragma once
// A folder for one test, gone with it.

#include <filesystem>
#include <string>
#include <vector>

namespace duban::testing {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Every file below, sorted, relative to the folder.
  std::vector<std::string> files() const;

 private:
  std::filesystem::path path_;
};

std::string read_all(const std::filesystem::path& file);
void write_all(const std::filesystem::path& file, const std::string& bytes);

}  // namespace duban::testing
