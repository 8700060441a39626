#pragma once
// The one thread that touches the ledger. Requests that queue while a commit runs share the next
// transaction, each in a savepoint of its own. Internal to ledger.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "ledger/commit_times.h"
#include "ledger/fault.h"
#include "ledger/store.h"

namespace SQLite {
class Database;
}

namespace duban::ledger {

struct Request {
  /// Reads run outside of a transaction and see only what is committed.
  bool writes = true;
  /// Does the work; throws Stop or SQLite::Exception to have it undone.
  std::function<void()> work;
  /// Called when all is decided, on the writer's thread (on the submitter's where it is sent back);
  /// nothing: done and committed.
  std::function<void(std::optional<StoreError>)> done;
};

class GroupWriter {
 public:
  struct Settings {
    /// At most so many requests in one transaction.
    std::size_t group = limits::ledger_group;
    Fault fault;
    /// False: requests run at once on the thread that makes them (rehearsals).
    bool own_thread = true;
    /// Without a thread of its own: runs the loop's turn later (the simulator, which says when);
    /// requests that come until then share a transaction.
    std::function<void(std::function<void()>)> later;
    /// Outlives the writer; null: nobody asks.
    CommitTimes* commit_times = nullptr;
  };
  GroupWriter(SQLite::Database& db, Settings settings);
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;
  /// Finishes what is queued.
  ~GroupWriter();

  /// From any thread. With limits::ledger_requests waiting it is sent back at once: retry.
  void submit(Request request);

 private:
  using Group = std::vector<Request>;
  struct Running;
  void loop();
  void run_later();
  void run(Group group);
  void run_read(Request& request);
  void run_writes(std::span<Request> group);
  void run_one(Request& request, Running& running);
  void commit(Running& running);

  // Constant after construction; used on the writer's thread only.
  SQLite::Database& db_;
  const Settings settings_;

  std::mutex mutex_;
  std::condition_variable arrived_;
  // Below: protected by mutex_.
  Group queue_;
  bool ending_ = false;
  /// Without a thread: on the thread that makes the requests.
  bool turn_is_set_ = false;

  std::thread thread_;
};

}  // namespace duban::ledger
