#pragma once
// A disk in memory behind SQLite's VFS: it knows what was written and what was synced, so that
// power can be lost; it fails as it is told to.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/story.h"

namespace duban::sim {

class World;

class Disk {
 public:
  /// Becomes SQLite's default VFS, named `sim`, for as long as it lives.
  explicit Disk(World& world);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  /// Where the ledger is at work, for the names of points (`advance`, `claim`, `open`).
  void set_step(std::string_view step) { step_ = step; }

  /// What was not synced is gone, or is there in part: each write by itself, the last ones torn.
  void lose_power();
  /// Shared memory dies with the process.
  void forget_shared_memory();

  /// From now on so many in a hundred operations of a kind fail; 0 ends it.
  void trouble(DiskTrouble::Kind kind, int percent);
  void end_trouble() { full_ = write_fails_ = fsync_fails_ = read_fails_ = 0; }

  struct File {
    std::vector<char> seen;     // what a reader sees
    std::vector<char> durable;  // what survives a loss of power
    struct Write {
      std::int64_t offset;
      std::vector<char> bytes;
      bool cuts = false;  // a truncation to `offset`
    };
    std::vector<Write> pending;
    bool named_durably = false;
    std::vector<std::unique_ptr<char[]>> shared;
  };

  // For the VFS's functions.
  enum class Result { done, full, failed };
  Result write(File& file, const char* bytes, std::int64_t count, std::int64_t offset);
  Result truncate(File& file, std::int64_t size);
  Result sync(File& file);
  Result read(const File& file);
  std::shared_ptr<File> open(const std::string& name, bool create);
  void remove(const std::string& name);
  bool exists(const std::string& name) const { return files_.contains(name); }
  World& world() { return world_; }

 private:
  bool fails(int percent, std::string_view what);

  World& world_;
  std::map<std::string, std::shared_ptr<File>> files_;
  std::string step_ = "open";
  int full_ = 0, write_fails_ = 0, fsync_fails_ = 0, read_fails_ = 0;
};

}  // namespace duban::sim
