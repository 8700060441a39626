#include "ledger/schema.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>

#include "base/digest.h"
#include "ledger/damage.h"
#include "ledger/sqlite_store.h"

namespace duban::ledger {
namespace {

std::int64_t number(SQLite::Database& db, const char* sql) {
  return db.execAndGet(sql).getInt64();
}

// The last connection that closes would move the journal's pages into the file. (Of a journal that
// it began itself it should: to leave none behind.)
void move_journal_when_closed(SQLite::Database& db, bool move) {
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, move ? 0 : 1, nullptr);
}

bool has_journal(const SQLite::Database& db) {
  std::error_code not_there;
  return std::filesystem::exists(db.getFilename() + "-wal", not_there);
}

void secure(SQLite::Database& db) {
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // Recursive triggers, so that an INSERT OR REPLACE cannot delete past the guard of a table.
  db.exec("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
          "PRAGMA synchronous = FULL; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;");
}

void create_identity(SQLite::Database& db, bool pretended, const std::string& salt) {
  SQLite::Statement insert(db, "INSERT INTO ledger (id, kind, salt) VALUES (1, ?, ?)");
  insert.bind(1, pretended ? "pretended" : "real");
  insert.bind(2, salt.empty() ? encode_base64(random_bytes(32)) : salt);
  insert.exec();
}

void migrate(SQLite::Database& db, std::size_t from, bool pretended, const std::string& salt) {
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  for (std::size_t version = from; version < migrations().size(); ++version) {
    db.exec(std::string(migrations()[version]));
  }
  if (from == 0) {
    create_identity(db, pretended, salt);
    db.exec(fmt::format("PRAGMA application_id = {}", application_id));
  }
  db.exec(fmt::format("PRAGMA user_version = {}", migrations().size()));
  transaction.commit();
}

// All of it or nothing: what the earlier program wrote stays as it was until the new form of it is
// on the disk.
std::optional<std::string> bring_up(SQLite::Database& db, std::size_t from, bool pretended,
                                    const std::string& salt) {
  try {
    migrate(db, from, pretended, salt);
    return std::nullopt;
  } catch (const SQLite::Exception& error) {
    // What a disk or another program's lock does may pass, and is said as anywhere else.
    if (from == 0 || error.getErrorCode() != SQLITE_ERROR) throw;
    return fmt::format("this ledger of schema version {} could not be brought to version {} ({}), "
                       "and is left as it was: install the earlier duban again, or restore a "
                       "backup made by it",
                       from, migrations().size(), error.what());
  }
}

std::optional<std::string> wrong_kind(SQLite::Database& db, bool pretended) {
  const std::string kind = db.execAndGet("SELECT kind FROM ledger").getString();
  if (kind == "pretended" && !pretended) {
    return "this ledger belongs to a pretended time (--pretend) and cannot hold real notices: "
           "start with --pretend, or name another state folder";
  }
  if (kind == "real" && pretended) {
    return "this ledger holds real notices and is not opened at a pretended time: start without "
           "--pretend, or name another state folder";
  }
  return std::nullopt;
}

std::optional<std::string> check_and_migrate(SQLite::Database& db, bool pretended,
                                             const std::string& salt) {
  const auto version = number(db, "PRAGMA user_version");
  const auto id = number(db, "PRAGMA application_id");
  const bool empty = number(db, "SELECT count(*) FROM sqlite_schema") == 0;
  const auto known = static_cast<std::int64_t>(migrations().size());
  if (!empty && id != application_id) {
    return "this is another program's SQLite file, not a ledger of duban: name another state "
           "folder, or move the file away";
  }
  if (version > known) {
    return fmt::format("this ledger has schema version {}, this program knows versions up to {}: "
                       "install the newer duban again, or restore a backup made by this one",
                       version, known);
  }
  if (!empty) {
    if (auto found = damage_within(db)) return damage_words(*found);
    if (auto problem = wrong_kind(db, pretended)) return problem;
  }
  move_journal_when_closed(db, true);
  db.exec("PRAGMA journal_mode = WAL");
  if (version == known) return std::nullopt;
  return bring_up(db, static_cast<std::size_t>(version), pretended, salt);
}

}  // namespace

NotOpened not_opened(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {damage_words(error.getErrorStr())};
    case SQLITE_BUSY:
      return {"the ledger is in use by another program: end it, then start again"};
    case SQLITE_FULL:
      return {"the disk is full: the ledger could not be opened; make room", true};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      return {fmt::format("the ledger could not be opened: {}", error.what()), true};
    default:
      return {fmt::format("the ledger could not be opened: {}", error.what())};
  }
}

std::optional<NotOpened> prepare(SQLite::Database& db, bool pretended, const std::string& salt) {
  try {
    move_journal_when_closed(db, !has_journal(db));
    secure(db);
    auto problem = check_and_migrate(db, pretended, salt);
    return problem ? std::optional(NotOpened{std::move(*problem)}) : std::nullopt;
  } catch (const SQLite::Exception& error) {
    return not_opened(error);
  }
}

}  // namespace duban::ledger
