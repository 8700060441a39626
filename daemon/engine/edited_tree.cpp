#include "engine/edited_tree.h"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "plan/templates_file.h"

namespace duban::engine {
namespace {

namespace fs = std::filesystem;

// A folder that only we may look into, gone with the object. One at a time, so that what a killed
// daemon left is found again and removed.
class ScratchFolder {
 public:
  explicit ScratchFolder(const fs::path& state) : path_(state / "diff") {
    fs::remove_all(path_);
    fs::create_directories(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~ScratchFolder() {
    std::error_code left_for_the_next;
    fs::remove_all(path_, left_for_the_next);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream stream{file, std::ios::binary};
  stream << text;
  if (!stream.flush()) {
    throw fs::filesystem_error{"cannot write", file, {errno, std::generic_category()}};
  }
}

// Linked, not copied: personal numbers are in one place only.
void link_private(const settings::DaemonSettings& settings, const std::string& plan,
                  const fs::path& plans) {
  constexpr auto name = "contacts.private.toml";
  auto real = fs::absolute(settings.plans / plan / name);
  std::error_code failed;
  if (fs::exists(fs::symlink_status(real, failed))) fs::create_symlink(real, plans / plan / name);
}

// As if the tree were the working folder.
void show_within_the_tree(Tree& tree, const std::string& scratch) {
  plan::Sources sources;
  for (auto& [shown, text] : tree.sources) {
    sources[shown.starts_with(scratch) ? shown.substr(scratch.size()) : shown] = std::move(text);
  }
  tree.sources = std::move(sources);
  for (auto& one : tree.diagnostics) {
    if (one.place.file.starts_with(scratch)) one.place.file.erase(0, scratch.size());
  }
}

}  // namespace

Tree read_edited(const settings::DaemonSettings& settings, const Edited& edited) {
  ScratchFolder scratch{settings.state};
  const auto& root = scratch.path();
  for (const auto* folder : {"plans", "calendars", "templates"}) {
    fs::create_directory(root / folder);
  }
  fs::create_directory(root / "plans" / edited.plan);
  for (const auto& [path, text] : edited.texts) write(root / path, text);
  link_private(settings, edited.plan, root / "plans");
  auto tree = read_tree_from(settings, edited.channels, root / "plans", root / "calendars",
                             root / "templates");
  show_within_the_tree(tree, plan::shown_path(root / ""));
  return tree;
}

}  // namespace duban::engine
