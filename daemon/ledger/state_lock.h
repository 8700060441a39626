#pragma once
// One daemon per state folder: a lock on a file in it, held by the kernel until the process ends.

#include <expected>
#include <filesystem>
#include <string>

#include "base/bilingual.h"

namespace duban::ledger {

struct LockRefused {
  /// Another process holds it; else the file cannot be made.
  bool held = false;
  Bilingual message;
};

/// Holds the folder while it lives. The file stays behind; only the lock on it means anything.
class StateLock {
 public:
  /// Locks `folder`/lock and writes the process id into it. The error says who holds it.
  static std::expected<StateLock, LockRefused> take(const std::filesystem::path& folder);
  StateLock(StateLock&& other) noexcept;
  StateLock& operator=(StateLock&& other) noexcept;
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;
  ~StateLock();

 private:
  explicit StateLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace duban::ledger
