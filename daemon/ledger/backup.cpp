#include "ledger/backup.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <functional>

#include "ledger/schema.h"

namespace duban::ledger {
namespace {

namespace fs = std::filesystem;
using Kind = LedgerProblem::Kind;

constexpr int busy_milliseconds = 5000;
/// Two megabytes between two looks at whether it is to stop.
constexpr int pages_at_once = 512;
/// Written to the disk so often that a commit of the ledger never waits for a heap of our pages.
constexpr int steps_per_sync = 8;
constexpr auto sound = "ok";
constexpr BilingualView wrong_file{"是不是拿错了文件?", "is it the right file?"};

std::int64_t number(SQLite::Database& db, const char* sql) {
  return db.execAndGet(sql).getInt64();
}

void sync(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fdatasync(descriptor);
  ::close(descriptor);
}

// One read transaction over all steps: the pages are those of one moment, and SQLite has no cause
// to begin anew when the ledger is written to.
bool copy_pages(SQLite::Database& from, SQLite::Database& to, const fs::path& file,
                const std::stop_token& stop) {
  from.exec("BEGIN");
  number(from, "SELECT count(*) FROM sqlite_schema");
  to.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  SQLite::Backup backup(to, from);
  for (int steps = 1; backup.executeStep(pages_at_once) != SQLITE_DONE; ++steps) {
    if (stop.stop_requested()) return false;
    if (steps % steps_per_sync == 0) sync(file);
  }
  return true;
}

// A view or a trigger of a strange file must not call anything.
void distrust(SQLite::Database& db) {
  sqlite3_db_config(db.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  db.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;");
}

LedgerProblem damaged(const Bilingual& found) {
  return {Kind::damaged, both("这份台账坏了({})", "this ledger is damaged ({})", found),
          {"留着它,换一份备份:dubanctl ledger restore 文件",
           "keep it, and use another backup: dubanctl ledger restore FILE"}};
}

std::optional<LedgerProblem> unusable(SQLite::Database& db) {
  if (number(db, "PRAGMA application_id") != application_id) {
    return LedgerProblem{
        Kind::not_ours, {"这不是 duban 的台账", "this is no ledger of duban"}, wrong_file};
  }
  const auto version = number(db, "PRAGMA user_version");
  const auto known = static_cast<std::int64_t>(migrations().size());
  if (version > known) {
    return LedgerProblem{
        Kind::newer,
        both("这份台账是更新的 duban 写的(版式 {},这里最高 {})",
             "this ledger was written by a newer duban (schema {}, at most {} here)", version,
             known),
        {"先装上那个版本的 duban,或换一份备份",
         "install that version of duban first, or use another backup"}};
  }
  if (version < 1) return damaged({"没有版式", "no schema version"});
  const std::string found = db.execAndGet("PRAGMA integrity_check(1)").getString();
  if (found != sound) return damaged(alike(found));
  SQLite::Statement loose(db, "PRAGMA foreign_key_check");
  if (loose.executeStep()) {
    return damaged({"有的行指着不存在的行", "a row refers to a row that does not exist"});
  }
  return std::nullopt;
}

LedgerSummary summary_of(SQLite::Database& db) {
  LedgerSummary summary;
  summary.pretended = db.execAndGet("SELECT kind FROM ledger").getString() == "pretended";
  SQLite::Statement plans(db, "SELECT plan, cursor FROM plans ORDER BY plan");
  while (plans.executeStep()) {
    summary.plans.push_back(plans.getColumn(0).getString());
    if (plans.getColumn(1).isNull()) continue;
    const Instant at{Seconds{plans.getColumn(1).getInt64()}};
    summary.looked_until = std::max(summary.looked_until.value_or(at), at);
  }
  summary.notices = number(db, "SELECT count(*) FROM notices");
  summary.facts = number(db, "SELECT count(*) FROM facts");
  return summary;
}

LedgerProblem problem_of(const SQLite::Exception& error, const std::stop_token& stop) {
  switch (error.getErrorCode()) {
    case SQLITE_INTERRUPT:
      if (stop.stop_requested()) {
        return {Kind::stopped, {"检查中断了", "the examination was stopped"}, {}};
      }
      break;
    case SQLITE_NOTADB:
      return {Kind::not_ours,
              {"这不是台账,或者它的开头坏了", "this is no ledger, or its beginning is damaged"},
              wrong_file};
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
      return {Kind::unreadable,
              both("这个文件读不了({})", "this file cannot be read ({})", error.getErrorStr()),
              {}};
    default:
      break;
  }
  return damaged(alike(error.getErrorStr()));
}

}  // namespace

fs::path ledger_file(const fs::path& state, bool pretended) {
  return state / (pretended ? "pretended.sqlite" : "ledger.sqlite");
}

fs::path restoring_file(const fs::path& ledger) { return ledger.string() + ".restoring"; }

std::expected<void, std::string> copy_ledger(const fs::path& from, const fs::path& to,
                                             const std::stop_token& stop) {
  std::error_code nothing_there;
  fs::remove(to, nothing_there);
  try {
    SQLite::Database source(from.string(), SQLite::OPEN_READONLY, busy_milliseconds);
    {
      SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      if (!copy_pages(source, target, to, stop)) return std::unexpected(std::string{"stopped"});
    }
    // The copied header says WAL, which would want a second and a third file beside it.
    SQLite::Database alone(to.string(), SQLite::OPEN_READWRITE);
    alone.exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& error) {
    return std::unexpected(std::string{error.what()});
  }
  return {};
}

std::expected<LedgerSummary, LedgerProblem> examine_ledger(const fs::path& file,
                                                           const std::stop_token& stop) {
  try {
    SQLite::Database db(file.string(), SQLite::OPEN_READONLY, busy_milliseconds);
    const std::stop_callback interrupt(stop, [handle = db.getHandle()] {
      sqlite3_interrupt(handle);
    });
    distrust(db);
    if (stop.stop_requested()) throw SQLite::Exception("stopped", SQLITE_INTERRUPT);
    if (auto problem = unusable(db)) return std::unexpected(std::move(*problem));
    return summary_of(db);
  } catch (const SQLite::Exception& error) {
    return std::unexpected(problem_of(error, stop));
  }
}

}  // namespace duban::ledger
