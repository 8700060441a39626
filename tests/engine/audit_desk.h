#pragma once
// A desk whose ledger is doctored behind the engine's back, as a hand, a bug or a bad disk would.

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "contract/deliver_all.h"
#include "contract/temporary_folder.h"
#include "engine/desk.h"

namespace duban::engine {

class LedgerFolder {
 public:
  std::filesystem::path file() const { return folder_.path() / "ledger.sqlite"; }

 private:
  contract::TemporaryFolder folder_;
};

/// May 2036: the 25th is a Sunday, so that the table is due on Friday the 23rd at 17:00, and its
/// reminder goes out on Tuesday the 20th at 09:00.
class AuditDesk : private LedgerFolder, public Desk {
 public:
  explicit AuditDesk(std::string_view now) : Desk(now, {}, file()) { look(); }

  /// Lets the engine do what it can, and delivers what is due.
  void look() {
    turn();
    contract::deliver_all(loop, *store, clock.machine_now());
    turn();
  }
  /// Lives by wake-ups, delivering, up to a moment.
  void run_to(std::string_view when) { run_to(at(when)); }
  void run_to(Instant when) {
    for (auto next = run().next_wake(); next && *next <= when; next = run().next_wake()) {
      clock.pass(std::max(*next - clock.now(), Seconds{0}));
      look();
    }
    clock.pass(when - clock.now());
  }
  static Instant at(std::string_view when) {
    return *parse_rfc3339(std::string{year} + "-" + std::string{when} + "+08:00");
  }

  /// What an audit of now finds; empty where it agrees.
  std::string audit() {
    testing::run(loop, engine->audit());
    turn();
    for (const auto& problem : ask(engine->status())->problems) {
      if (problem.code != "audit-failed") continue;
      return problem.message.chinese + "\n" + problem.mend.chinese;
    }
    return "";
  }
  /// Behind everybody's back: without the schema's own guards.
  void doctor(const std::string& sql) {
    SQLite::Database db{file().string(), SQLite::OPEN_READWRITE, 5000};
    db.exec("PRAGMA foreign_keys = OFF");
    std::string drop, restore;
    for (SQLite::Statement rows{db, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"};
         rows.executeStep();) {
      drop += "DROP TRIGGER \"" + rows.getColumn(0).getString() + "\";";
      restore += rows.getColumn(1).getString() + ";";
    }
    db.exec(drop + sql + ";" + restore);
  }
  std::string one(const std::string& sql) {
    SQLite::Database db{file().string(), SQLite::OPEN_READONLY, 5000};
    return db.execAndGet(sql).getString();
  }
  /// As something that is wrong with the daemon's memory would have it.
  PlanRun& run() { return const_cast<PlanRun&>(*engine->find_plan(plan)); }
  schedule::Record& memory() { return const_cast<schedule::Record&>(record()); }

  schedule::Fact fact(FactKind kind, const std::string& unit) const {
    schedule::Fact made;
    made.kind = kind;
    made.about = {"monthly-table", std::string{year} + "-05", unit, ""};
    made.at = made.recorded_at = clock.now();
    made.by = "alice";
    made.way = "test";
    return made;
  }
  /// How often the office was told of a trouble.
  std::size_t told_the_office(std::string_view code = "audit-failed") {
    std::size_t told = 0;
    for (const auto& view : notices()) {
      for (const auto& item : view.notice.items) told += item.key.about.slice == code ? 1U : 0U;
    }
    return told;
  }
};

}  // namespace duban::engine
