#pragma once
// The shipped files in a folder of a test's own, to be edited, and dubanctl asked about them.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "contract/temporary_folder.h"
#include "ctl/command.h"

namespace duban::ctl {

class ConfigTree {
 public:
  ConfigTree() {
    std::filesystem::copy(DUBAN_SOURCE_DIR "/config", root(),
                          std::filesystem::copy_options::recursive);
    edit(root() / "duband.toml", "/run/duban/duband.sock",
         (folder_.path() / "duband.sock").string());
  }

  std::filesystem::path root() const { return folder_.path() / "config"; }
  std::filesystem::path plan_file() const { return root() / "plans/wuhan-2022-1/plan.toml"; }
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

  struct Said {
    int code;
    std::string out, err;
  };
  Said ask(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--config", (root() / "duband.toml").string()});
    std::ostringstream out, err;
    Console console{out, err};
    int code = run(words, console);
    return {code, out.str(), err.str()};
  }

 private:
  contract::TemporaryFolder folder_;
};

}  // namespace duban::ctl
