#pragma once
// An edited file tried out beside the real one, with the rest of its folder around it.

#include <filesystem>
#include <string>

#include "engine/tree.h"

namespace duban::ctl {

/// A folder that goes when it goes out of scope.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  /// Empty where none could be made.
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A file and its text before and after.
struct FileEdit {
  std::filesystem::path file;
  std::string before, after;
};

/// The file's folder as it would be, in `folder`: links to its files, and the edited one beside
/// them. False where it cannot be written.
bool lay_out(const FileEdit& edit, const std::filesystem::path& folder);

/// Places below `scratch` become those below `real`.
void show_real_places(engine::Tree& tree, const std::string& scratch, const std::string& real);

}  // namespace duban::ctl
