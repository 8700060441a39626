#pragma once
// A folder of files that lives as long as the fuzzer, in memory where the machine has such a place.

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace duban::fuzz {

class Scratch {
 public:
  Scratch() {
    std::filesystem::path memory = "/dev/shm";
    auto base = exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = base / "duban-fuzz-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder: " + name};
    root_ = name;
  }
  ~Scratch() {
    std::error_code failure;
    remove_all(root_, failure);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path& root() const { return root_; }

  /// Writes a file whose text is not yet that.
  void put(const std::string& file, const std::string& text) {
    auto [known, added] = texts_.try_emplace(file);
    if (!added && known->second == text) return;
    known->second = text;
    create_directories((root_ / file).parent_path());
    std::ofstream{root_ / file, std::ios::binary} << text;
  }

 private:
  std::filesystem::path root_;
  std::map<std::string, std::string> texts_;
};

}  // namespace duban::fuzz
