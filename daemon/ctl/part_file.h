#pragma once
// A new file that is there whole or not at all: written beside its place as FILE.part.

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "base/bilingual.h"

namespace duban::ctl {

/// FILE.part while it lives; what it has not put in its place goes with it. One that another
/// process was killed over is taken over.
class PartFile {
 public:
  explicit PartFile(std::filesystem::path file);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// Why it cannot be written; empty while all is well.
  const Bilingual& problem() const { return problem_; }
  const std::filesystem::path& path() const { return part_; }
  std::size_t size() const { return size_; }

  /// False: `problem` says why.
  bool write(std::string_view piece);
  /// What was written is on the disk for good.
  bool sync();
  /// Takes its name, if nothing has that by now.
  bool put_in_place();

 private:
  bool take();
  bool fail(const std::filesystem::path& file);

  const std::filesystem::path file_, part_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
  bool ours_ = false;
  Bilingual problem_;
};

}  // namespace duban::ctl
