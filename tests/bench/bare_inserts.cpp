// bench_bare_inserts LEDGER COPY ROWS: reads the rows of a ledger into memory, then writes them
// into a fresh file of the same schema (tables, indexes, triggers), plan by plan, a commit once
// ROWS rows or more have come together, by SQLite alone. Prints the seconds that the writing took.
// What tests/bench/run holds the ledger's own way to.

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Database {
  explicit Database(const char* file) {
    if (sqlite3_open(file, &handle) != SQLITE_OK) fail("open");
  }
  ~Database() { sqlite3_close(handle); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[noreturn]] void fail(const char* what) const {
    std::fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(handle));
    std::exit(1);
  }
  void run(const std::string& sql) const {
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      fail(sql.c_str());
    }
  }
  sqlite3_stmt* prepare(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      fail(sql.c_str());
    }
    return statement;
  }

  sqlite3* handle = nullptr;
};

using Row = std::vector<sqlite3_value*>;

/// A table's rows by plan, each in the order of its key.
struct Table {
  std::string name;
  std::map<std::string, std::vector<Row>> rows;
  std::size_t columns = 0;
};

/// `all` gives the row's plan, then the row.
Table rows_of(const Database& from, const std::string& name, const std::string& all) {
  Table table{name, {}};
  auto* rows = from.prepare(all);
  table.columns = static_cast<std::size_t>(sqlite3_column_count(rows) - 1);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    auto& row = table.rows[reinterpret_cast<const char*>(sqlite3_column_text(rows, 0))]
                    .emplace_back();
    for (std::size_t i = 1; i <= table.columns; ++i) {
      row.push_back(sqlite3_value_dup(sqlite3_column_value(rows, static_cast<int>(i))));
    }
  }
  sqlite3_finalize(rows);
  return table;
}

Table rows_of(const Database& from, const std::string& name) {
  return rows_of(from, name, "SELECT plan, t.* FROM " + name + " t");
}

void copy_schema(const Database& from, const Database& to) {
  to.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  auto* all = from.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE"
                           " 'sqlite_%' ORDER BY type = 'trigger', type = 'index', rowid");
  while (sqlite3_step(all) == SQLITE_ROW) {
    to.run(reinterpret_cast<const char*>(sqlite3_column_text(all, 0)));
  }
  sqlite3_finalize(all);
}

// A plan's rows table by table, as one step of the daemon writes them: each refers to rows that are
// there by the commit.
void write(const Database& to, const std::vector<Table>& tables, long rows_a_commit) {
  std::vector<sqlite3_stmt*> inserts;
  std::set<std::string> plans;
  for (const auto& table : tables) {
    std::string marks = "?";
    for (std::size_t i = 1; i < table.columns; ++i) marks += ",?";
    inserts.push_back(to.prepare("INSERT INTO " + table.name + " VALUES (" + marks + ")"));
    for (const auto& [plan, rows] : table.rows) plans.insert(plan);
  }
  const auto* begin = "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON";
  long written = 0;
  to.run(begin);
  for (const auto& plan : plans) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const auto found = tables[t].rows.find(plan);
      if (found == tables[t].rows.end()) continue;
      for (const auto& row : found->second) {
        int column = 0;
        for (auto* value : row) sqlite3_bind_value(inserts[t], ++column, value);
        if (sqlite3_step(inserts[t]) != SQLITE_DONE) to.fail(tables[t].name.c_str());
        sqlite3_reset(inserts[t]);
        ++written;
      }
    }
    if (written < rows_a_commit) continue;
    written = 0;
    to.run("COMMIT");
    to.run(begin);
  }
  to.run("COMMIT");
  for (auto* insert : inserts) sqlite3_finalize(insert);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Database from(argv[1]);
  const Database to(argv[2]);
  copy_schema(from, to);
  write(to, {rows_of(from, "plans")}, 1);
  std::vector<Table> tables;
  for (const auto* name : {"facts", "items", "notices", "notice_items", "outbox"}) {
    tables.push_back(rows_of(from, name));
  }
  tables.push_back(rows_of(from, "contents",
                           "SELECT n.plan, t.* FROM contents t JOIN notices n ON n.id = t.notice"
                           " ORDER BY n.plan, n.seq"));
  const auto began = std::chrono::steady_clock::now();
  write(to, tables, std::atol(argv[3]));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%.6f\n", took.count());
  return 0;
}
