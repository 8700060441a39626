#pragma once
// A story's plan as the files that an admin would have written.

#include <filesystem>

#include "sim/story.h"

namespace duban::sim {

/// The folder of one daemon: duband.toml, the work calendar, the plan's three files.
class Files {
 public:
  /// In `folder`, which must be there; `shipped` is the repository's config/.
  Files(std::filesystem::path folder, std::filesystem::path shipped);
  void write(const Plan& plan) const;
  std::filesystem::path settings() const { return folder_ / "duband.toml"; }

 private:
  void write_shipped(const Plan& plan) const;

  std::filesystem::path folder_, shipped_;
};

}  // namespace duban::sim
