#pragma once
// A story's plan as the files that an admin would have written.

#include <filesystem>

#include "sim/story.h"

namespace duban::sim {

/// The folder of one daemon: duband.toml, the work calendar, the plan's three files.
class Files {
 public:
  /// In `folder`, which must be there; templates are the shipped ones.
  Files(std::filesystem::path folder, const std::filesystem::path& templates);
  void write(const Plan& plan) const;
  std::filesystem::path settings() const { return folder_ / "duband.toml"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace duban::sim
