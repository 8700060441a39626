#include "ctl/scratch_folder.h"

#include <cstdlib>

#include "ctl/file_swap.h"

namespace duban::ctl {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  auto name = (fs::temp_directory_path() / "dubanctl-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

bool lay_out(const FileEdit& edit, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (const auto& entry : fs::directory_iterator{edit.file.parent_path(), error}) {
    if (entry.path().filename() == edit.file.filename()) continue;
    fs::create_symlink(fs::absolute(entry.path()), folder / entry.path().filename(), error);
  }
  if (error) return false;
  auto copy = folder / edit.file.filename();
  fs::copy_file(edit.file, copy, error);
  return !error && replace_file(copy, edit.before, edit.after).empty();
}

void show_real_places(engine::Tree& tree, const std::string& scratch, const std::string& real) {
  for (auto& one : tree.diagnostics) {
    if (!one.place.file.starts_with(scratch)) continue;
    auto source = tree.sources.find(one.place.file);
    one.place.file = real + one.place.file.substr(scratch.size());
    if (source != tree.sources.end()) tree.sources.emplace(one.place.file, source->second);
  }
}

}  // namespace duban::ctl
