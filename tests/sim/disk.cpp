#include "sim/disk.h"

#include <algorithm>

#include "sim/disk_vfs.h"
#include "sim/world.h"

namespace duban::sim {
namespace {

constexpr std::int64_t torn_at = 512;

void apply_write(std::vector<char>& to, const Disk::File::Write& write) {
  auto offset = static_cast<std::size_t>(write.offset);
  if (write.cuts) {
    if (to.size() > offset) to.resize(offset);
    return;
  }
  if (to.size() < offset + write.bytes.size()) to.resize(offset + write.bytes.size());
  std::ranges::copy(write.bytes, to.begin() + write.offset);
}

}  // namespace

Disk::Disk(World& world) : world_(world) { register_disk(*this); }
Disk::~Disk() { unregister_disk(); }

bool Disk::fails(int percent, std::string_view what) {
  if (percent == 0 || !world_.dice().in_hundred(percent)) return false;
  world_.count("fault " + std::string{what} + "@" + step_);
  return true;
}

Disk::Result Disk::write(File& file, const char* bytes, std::int64_t count, std::int64_t offset) {
  world_.pass_point("write", step_);
  if (world_.is_dead()) {
    // It died over this write: some of it may have got to the page cache.
    return Result::failed;
  }
  if (fails(full_, "full")) return Result::full;
  if (fails(write_fails_, "write-fails")) return Result::failed;
  File::Write made{offset, {bytes, bytes + count}};
  apply_write(file.seen, made);
  file.pending.push_back(std::move(made));
  return Result::done;
}

Disk::Result Disk::truncate(File& file, std::int64_t size) {
  world_.pass_point("truncate", step_);
  if (world_.is_dead()) return Result::failed;
  File::Write made{size, {}, true};
  apply_write(file.seen, made);
  file.pending.push_back(std::move(made));
  return Result::done;
}

Disk::Result Disk::sync(File& file) {
  world_.pass_point("fsync", step_);
  if (world_.is_dead()) return Result::failed;
  // What could not be synced may be gone for good: the pages are clean and lost (fsyncgate).
  if (fails(fsync_fails_, "fsync-fails")) return Result::failed;
  for (const auto& write : file.pending) apply_write(file.durable, write);
  file.pending.clear();
  file.named_durably = true;
  return Result::done;
}

Disk::Result Disk::read(const File&) {
  if (world_.is_dead() || fails(read_fails_, "read-fails")) return Result::failed;
  return Result::done;
}

std::shared_ptr<Disk::File> Disk::open(const std::string& name, bool create) {
  auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  if (!create || world_.is_dead()) return nullptr;
  return files_[name] = std::make_shared<File>();
}

void Disk::remove(const std::string& name) {
  if (!world_.is_dead()) files_.erase(name);
}

void Disk::lose_power() {
  auto& dice = world_.dice();
  auto survives = dice.between(0, 100);
  for (auto file = files_.begin(); file != files_.end();) {
    auto& [name, content] = *file;
    for (auto& write : content->pending) {
      if (!dice.in_hundred(survives)) continue;
      auto sectors = static_cast<std::int64_t>(write.bytes.size()) / torn_at;
      if (sectors > 1 && dice.in_hundred(30)) {
        write.bytes.resize(static_cast<std::size_t>(dice.between(1, sectors - 1) * torn_at));
        world_.count("fault torn-write");
      }
      apply_write(content->durable, write);
    }
    if (!content->pending.empty()) world_.count("fault unsynced-lost");
    content->pending.clear();
    content->seen = content->durable;
    file = content->named_durably ? std::next(file) : files_.erase(file);
  }
}

void Disk::forget_shared_memory() {
  for (auto& [name, file] : files_) file->shared.clear();
}

void Disk::trouble(DiskTrouble::Kind kind, int percent) {
  using enum DiskTrouble::Kind;
  auto& chosen = kind == full          ? full_
                 : kind == write_fails ? write_fails_
                 : kind == fsync_fails ? fsync_fails_
                                       : read_fails_;
  chosen = percent;
}

}  // namespace duban::sim
