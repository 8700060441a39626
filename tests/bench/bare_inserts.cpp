// bench_bare_inserts LEDGER COPY ROWS: reads the rows of a ledger into memory, then writes them
// into a fresh file of the same schema (tables, indexes, triggers), ROWS a commit, by SQLite alone.
// Prints the seconds that the writing took. What tests/bench/run holds the ledger's own way to.

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
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

struct Table {
  std::string name;
  std::vector<std::vector<sqlite3_value*>> rows;
};

Table rows_of(const Database& from, const std::string& name) {
  Table table{name, {}};
  auto* all = from.prepare("SELECT * FROM " + name);
  while (sqlite3_step(all) == SQLITE_ROW) {
    auto& row = table.rows.emplace_back();
    for (int i = 0; i < sqlite3_column_count(all); ++i) {
      row.push_back(sqlite3_value_dup(sqlite3_column_value(all, i)));
    }
  }
  sqlite3_finalize(all);
  return table;
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

// A row of each table in turn, as a notice with its item is written.
void write(const Database& to, const std::vector<Table>& tables, long rows_a_commit) {
  std::vector<sqlite3_stmt*> inserts;
  std::size_t most = 0;
  for (const auto& table : tables) {
    std::string marks = "?";
    if (!table.rows.empty()) {
      for (std::size_t i = 1; i < table.rows.front().size(); ++i) marks += ",?";
    }
    inserts.push_back(table.rows.empty() ? nullptr
                                         : to.prepare("INSERT INTO " + table.name + " VALUES (" +
                                                      marks + ")"));
    most = std::max(most, table.rows.size());
  }
  long written = 0;
  to.run("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON");
  for (std::size_t place = 0; place < most; ++place) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      if (place >= tables[t].rows.size()) continue;
      int column = 0;
      for (auto* value : tables[t].rows[place]) sqlite3_bind_value(inserts[t], ++column, value);
      if (sqlite3_step(inserts[t]) != SQLITE_DONE) to.fail(tables[t].name.c_str());
      sqlite3_reset(inserts[t]);
      ++written;
    }
    if (written < rows_a_commit) continue;
    written = 0;
    to.run("COMMIT");
    to.run("BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON");
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
  for (const auto* name : {"facts", "items", "notices", "contents", "notice_items", "outbox"}) {
    tables.push_back(rows_of(from, name));
  }
  const auto began = std::chrono::steady_clock::now();
  write(to, tables, std::atol(argv[3]));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%.6f\n", took.count());
  return 0;
}
