#pragma once
// What is found wrong with a ledger's file before it is used. What is checked when:
// - at a start, always: that it is no rest of a file or of a restore; the header, the schema, the
//   rows that a start reads;
// - at a start, where it is small (limits::ledger_checked_bytes): every page and index;
// - while it runs: each page that is met. Damage answers `broken` and ends the daemon;
// - in `ledger backup` and `ledger restore`: everything, of the copy (backup.h).
// Internal to ledger.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace duban::ledger {

/// Why the file must not even be opened, and what to do. SQLite would take an empty file for a new
/// database, and everybody would be told everything again.
std::optional<std::string> problem_before_opening(const std::filesystem::path& ledger);

/// What is damaged in the open file, for damage_words. Throws SQLite::Exception.
std::optional<std::string> damage_within(SQLite::Database& db);

}  // namespace duban::ledger
