#pragma once
// The ledger's schema, as migrations that are never edited once released, and what is checked when
// a file is opened. Internal to ledger.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/sqlite_store.h"

namespace SQLite {
class Database;
class Exception;
}  // namespace SQLite

namespace duban::ledger {

/// `dubn`, in the file's header: tells a ledger from any other SQLite file.
inline constexpr int application_id = 0x6475626e;

/// Migration n (from 0) takes a file from version n to n + 1.
std::span<const std::string_view> migrations();

/// Sets up the connection (safety, durability), checks that the file is a ledger that this program
/// may open (whose, which schema, which kind, and what damage_within finds), and migrates it. Empty
/// when all is well, else what is wrong and what to do. Never repairs or overwrites anything: when
/// it is refused, the file and its journal stay as they are, byte by byte, after the connection has
/// gone too. `salt` is used where the ledger is new (empty: random).
std::optional<NotOpened> prepare(SQLite::Database& db, bool pretended, const std::string& salt);

/// What SQLite says as a ledger is opened.
NotOpened not_opened(const SQLite::Exception& error);

}  // namespace duban::ledger
