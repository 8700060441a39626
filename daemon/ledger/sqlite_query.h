#pragma once
// A prepared statement, bound and read by our own types. Internal to ledger.

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/states.h"
#include "base/text.h"
#include "base/time.h"
#include "ledger/store.h"

namespace duban::ledger {

/// Ends a request with this error; its savepoint is rolled back. Never leaves the ledger.
struct Stop {
  StoreError error;
};

/// What is stored as it is, and need be no text.
struct Bytes {
  const std::string& bytes;
};

/// One run of a statement. Parameters are bound in order. Texts of strings are not copied: they
/// must live, unchanged, until the last step of this run.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {
    statement_.reset();
    statement_.clearBindings();
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { statement_.tryReset(); }

  template <class... Values>
  Query& with(Values&&... values) {
    static_assert(!(std::is_same_v<Values, std::string> || ...), "it would be gone at the step");
    (bind(values), ...);
    return *this;
  }
  bool step() { return statement_.executeStep(); }
  void run() { statement_.exec(); }

  std::string text(int column) { return statement_.getColumn(column).getString(); }
  std::int64_t number(int column) { return statement_.getColumn(column).getInt64(); }
  int small(int column) { return statement_.getColumn(column).getInt(); }
  bool is_null(int column) { return statement_.getColumn(column).isNull(); }
  Instant at(int column) { return Instant{Seconds{number(column)}}; }
  std::optional<Instant> maybe_at(int column) {
    return is_null(column) ? std::nullopt : std::optional(at(column));
  }
  template <class Set>
  Set word(int column) {
    const auto member = from_word<Set>(text(column));
    if (!member) throw Stop{{StoreStatus::broken, "unknown word in it: " + text(column), true}};
    return *member;
  }

 private:
  static void check(std::string_view value) {
    if (!is_utf8_text(value)) throw Stop{{StoreStatus::refused, "text that is no valid UTF-8"}};
  }
  void bind(std::string_view value) {
    check(value);
    statement_.bind(next_++, std::string(value));
  }
  void bind(const std::string& value) {
    check(value);
    statement_.bindNoCopy(next_++, value);
  }
  void bind(const Bytes& value) {
    statement_.bindNoCopy(next_++, value.bytes.data(), static_cast<int>(value.bytes.size()));
  }
  void bind(const char* value) { bind(std::string_view(value)); }
  void bind(std::int64_t value) { statement_.bind(next_++, value); }
  void bind(int value) { statement_.bind(next_++, value); }
  void bind(bool value) { statement_.bind(next_++, value ? 1 : 0); }
  void bind(Instant value) { bind(std::int64_t{value.time_since_epoch().count()}); }
  void bind(const std::optional<Instant>& value) {
    if (value) bind(*value); else bind(std::nullopt);
  }
  void bind(std::nullopt_t) { statement_.bind(next_++); }

  SQLite::Statement& statement_;
  int next_ = 1;
};

/// The statements of one connection, each prepared once. Keys are string literals.
class Statements {
 public:
  explicit Statements(SQLite::Database& db) : db_(db) {}
  SQLite::Statement& operator[](const char* sql) {
    auto& slot = prepared_[sql];
    if (!slot) slot = std::make_unique<SQLite::Statement>(db_, sql);
    return *slot;
  }

 private:
  SQLite::Database& db_;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> prepared_;
};

}  // namespace duban::ledger
