#include "ledger/restore.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "io/disk_sync.h"

namespace duban::ledger {
namespace {

namespace fs = std::filesystem;
using Problem = std::unexpected<RestoreRefused>;

/// What SQLite keeps beside a file; a journal holds what is not in the file yet.
constexpr std::array<const char*, 4> beside{"", "-wal", "-shm", "-journal"};
constexpr ::mode_t new_mode = 0600;

Problem not_written(const fs::path& file, const std::error_code& why) {
  return Problem{{"not-written",
                  both("写不了 {}:{},没有恢复", "cannot write {}: {}; nothing was restored",
                       file.string(), why.message()),
                  {"用 root 或 duban 用户运行,看看磁盘满没满",
                   "run it as root or as the user duban, and see whether the disk is full"}}};
}

Problem cut_off(const fs::path& file, const std::error_code& why) {
  return Problem{{"cut-off",
                  both("换到一半:{}:{}", "cut off in the middle: {}: {}", file.string(),
                       why.message()),
                  {"原来的台账一件没删;改好后再运行一次这个命令,在那以前 duband 不会启动",
                   "mend that and run this command again: nothing of the old ledger was deleted, "
                   "and duband does not start until then"}}};
}

/// A copy that goes unless it is kept, with all that SQLite put beside it.
class Scratch {
 public:
  explicit Scratch(fs::path file) : file_(std::move(file)) { remove(); }
  ~Scratch() { remove(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& file() const { return file_; }

 private:
  void remove() const {
    std::error_code not_there;
    for (const auto* end : beside) fs::remove(file_.string() + end, not_there);
  }
  fs::path file_;
};

std::expected<void, RestoreRefused> copy_bytes(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::copy_file(from, to, failed);
  if (!failed && fs::exists(from.string() + "-wal")) {
    fs::copy_file(from.string() + "-wal", to.string() + "-wal", failed);
  }
  if (failed) return not_written(to, failed);
  return {};
}

// What was in a journal beside the backup is in the copy then.
std::expected<void, RestoreRefused> make_one_file(const fs::path& copy) {
  try {
    SQLite::Database db(copy.string(), SQLite::OPEN_READWRITE);
    db.exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& error) {
    return Problem{{"not-written",
                    both("写不了 {}:{}", "cannot write {}: {}", copy.string(), error.what()),
                    {}}};
  }
  return {};
}

std::expected<void, RestoreRefused> give_to_owner(const fs::path& copy, const fs::path& state,
                                                  const fs::path& old) {
  struct stat folder {};
  struct stat before {};
  if (::stat(state.c_str(), &folder) != 0) {
    return not_written(state, {errno, std::system_category()});
  }
  const bool was_there = ::stat(old.c_str(), &before) == 0;
  // Owner first: changing it clears mode bits.
  const bool given = ::chown(copy.c_str(), folder.st_uid, folder.st_gid) == 0 &&
                     ::chmod(copy.c_str(), was_there ? before.st_mode & 0777U : new_mode) == 0;
  if (!given) return not_written(copy, {errno, std::system_category()});
  // Made by us, it would keep the daemon out.
  [[maybe_unused]] const int lock =
      ::lchown((state / "lock").c_str(), folder.st_uid, folder.st_gid);
  return {};
}

// 20221128T093005Z
std::string stamp_of(Instant now) {
  auto text = format_rfc3339(now);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

fs::path name_aside(const fs::path& ledger, Instant now) {
  const auto base = (ledger.parent_path() / ledger.stem()).string() + "." + stamp_of(now);
  fs::path name = base + ".sqlite";
  for (int more = 2; fs::exists(name) || fs::exists(name.string() + "-wal"); ++more) {
    name = fmt::format("{}-{}.sqlite", base, more);
  }
  return name;
}

std::expected<std::vector<fs::path>, RestoreRefused> move_aside(const fs::path& ledger,
                                                                Instant now) {
  std::vector<fs::path> moved;
  const auto aside = name_aside(ledger, now);
  for (const auto* end : beside) {
    const fs::path from = ledger.string() + end;
    const fs::path to = aside.string() + end;
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(from, failed))) continue;
    fs::rename(from, to, failed);
    if (failed) return cut_off(from, failed);
    moved.push_back(to);
  }
  return moved;
}

// From the first rename on, the file of that name says that a restore is under way.
std::expected<std::vector<fs::path>, RestoreRefused> exchange(const fs::path& copy,
                                                              const fs::path& ledger, Instant now) {
  const auto folder = ledger.parent_path();
  const auto ready = restoring_file(ledger);
  auto failed = io::sync_to_disk(copy);
  if (!failed) fs::rename(copy, ready, failed);
  if (failed) return not_written(copy, failed);
  failed = io::sync_to_disk(folder);
  if (failed) return cut_off(folder, failed);
  auto moved = move_aside(ledger, now);
  if (!moved) return moved;
  failed = io::sync_to_disk(folder);
  if (!failed) fs::rename(ready, ledger, failed);
  if (!failed) failed = io::sync_to_disk(folder);
  if (failed) return cut_off(ledger, failed);
  return moved;
}

std::expected<void, RestoreRefused> may_be_read(const fs::path& backup, const fs::path& state) {
  std::error_code not_there;
  if (!fs::is_regular_file(backup, not_there)) {
    return Problem{{"no-file", both("没有文件 {}", "there is no file {}", backup.string()),
                    {"写 dubanctl ledger backup 写出的那个文件",
                     "name the file that dubanctl ledger backup wrote"}}};
  }
  if (::access(backup.c_str(), R_OK) != 0) {
    return Problem{{"no-file", both("读不了 {}", "cannot read {}", backup.string()),
                    {"用 root 运行", "run it as root"}}};
  }
  for (const bool pretended : {false, true}) {
    if (!fs::equivalent(backup, ledger_file(state, pretended), not_there)) continue;
    return Problem{{"same-file",
                    both("{} 就是现在的台账", "{} is the present ledger itself", backup.string()),
                    {"写备份的文件名", "name the file of a backup"}}};
  }
  return {};
}

}  // namespace

std::expected<Restored, RestoreRefused> restore_ledger(const StateLock&, const fs::path& state,
                                                       const fs::path& backup, Instant now) {
  if (auto may = may_be_read(backup, state); !may) return std::unexpected(may.error());
  const Scratch scratch(state / "restore.sqlite");
  if (auto done = copy_bytes(backup, scratch.file()); !done) return std::unexpected(done.error());
  auto summary = examine_ledger(scratch.file());
  if (!summary) {
    const auto& found = summary.error();
    return Problem{{"bad-ledger",
                    both("{}:{},没有恢复", "{}: {}; nothing was restored", backup.string(),
                         found.message),
                    found.mend}};
  }
  const auto ledger = ledger_file(state, summary->pretended);
  auto done = make_one_file(scratch.file());
  if (done) done = give_to_owner(scratch.file(), state, ledger);
  if (!done) return std::unexpected(done.error());
  auto moved = exchange(scratch.file(), ledger, now);
  if (!moved) return std::unexpected(moved.error());
  return Restored{std::move(*summary), ledger, std::move(*moved)};
}

}  // namespace duban::ledger
