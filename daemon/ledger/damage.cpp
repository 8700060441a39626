#include "ledger/damage.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "ledger/backup.h"
#include "ledger/sqlite_store.h"

namespace duban::ledger {
namespace {

namespace fs = std::filesystem;

constexpr auto sound = "ok";
/// Of the journal, before each of its pages.
constexpr std::uintmax_t frame_header_bytes = 24;

std::uintmax_t size_of(const fs::path& file) {
  std::error_code not_there;
  const auto size = fs::file_size(file, not_there);
  return not_there ? 0 : size;
}

// A daemon that was killed in its very first moment leaves an empty ledger and a lock.
bool has_lived(const fs::path& ledger) {
  std::error_code unreadable;
  const auto folder = ledger.has_parent_path() ? ledger.parent_path() : fs::path{"."};
  return std::ranges::any_of(
      fs::directory_iterator{folder, unreadable}, [&](const fs::directory_entry& entry) {
        const auto name = entry.path().filename().string();
        return name != "lock" && !name.starts_with(ledger.filename().string());
      });
}

// Each page is in the file or in the journal. SQLite itself looks only where there is no journal.
bool is_cut_short(SQLite::Database& db) {
  const fs::path file = db.getFilename();
  std::error_code not_a_file;
  const auto bytes = fs::file_size(file, not_a_file);
  if (not_a_file) return false;
  const auto page = static_cast<std::uintmax_t>(db.execAndGet("PRAGMA page_size").getInt64());
  const auto pages = static_cast<std::uintmax_t>(db.execAndGet("PRAGMA page_count").getInt64());
  return bytes / page + size_of(file.string() + "-wal") / (page + frame_header_bytes) < pages;
}

bool is_small(SQLite::Database& db) {
  const auto pages = db.execAndGet("PRAGMA page_count").getInt64();
  const auto page = db.execAndGet("PRAGMA page_size").getInt64();
  return pages <= static_cast<std::int64_t>(limits::ledger_checked_bytes) / page;
}

}  // namespace

std::string damage_words(std::string_view found) {
  return fmt::format("the ledger is damaged ({}): nothing was changed; keep the file and restore a "
                     "backup: dubanctl ledger restore FILE",
                     found);
}

std::optional<std::string> problem_before_opening(const fs::path& ledger) {
  std::error_code not_there;
  if (fs::exists(restoring_file(ledger), not_there)) {
    return "a restore of the ledger was cut off: run dubanctl ledger restore FILE again";
  }
  const bool empty = fs::is_regular_file(ledger, not_there) && size_of(ledger) == 0;
  if (empty && has_lived(ledger)) return damage_words("the file is empty");
  return std::nullopt;
}

std::optional<std::string> damage_within(SQLite::Database& db) {
  if (is_cut_short(db)) return "the file is cut short";
  if (!is_small(db)) return std::nullopt;
  std::string found = db.execAndGet("PRAGMA integrity_check(1)").getString();
  return found == sound ? std::nullopt : std::optional(std::move(found));
}

}  // namespace duban::ledger
