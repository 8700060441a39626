#pragma once
// The shipped files in a folder of a test's own, to be edited.

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "contract/temporary_folder.h"

namespace duban::contract {

class EditedConfig {
 public:
  EditedConfig() {
    std::filesystem::copy(DUBAN_SOURCE_DIR "/config", root(),
                          std::filesystem::copy_options::recursive);
    edit(root() / "duband.toml", "/run/duban/duband.sock",
         (folder_.path() / "duband.sock").string());
    edit(root() / "duband.toml", "/var/lib/duban", (folder_.path() / "state").string());
  }

  std::filesystem::path root() const { return folder_.path() / "config"; }
  std::filesystem::path settings_file() const { return root() / "duband.toml"; }
  std::filesystem::path plan_folder() const { return root() / "plans/wuhan-2022-1"; }
  std::filesystem::path plan_file() const { return plan_folder() / "plan.toml"; }
  static std::string text(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }
  static void write(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream{file, std::ios::binary} << bytes;
  }
  /// Replaces the first place where `was` stands; it must stand there.
  static void edit(const std::filesystem::path& file, const std::string& was,
                   const std::string& is) {
    auto all = text(file);
    auto at = all.find(was);
    if (at == std::string::npos) throw std::logic_error("not in " + file.string() + ": " + was);
    write(file, all.replace(at, was.size(), is));
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace duban::contract
