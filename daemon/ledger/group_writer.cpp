#include "ledger/group_writer.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "ledger/sqlite_query.h"

namespace duban::ledger {
namespace {

/// What an error of a statement means to the caller: nothing of its request has happened.
StoreError statement_error(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    // Somebody makes room, and it goes on.
    case SQLITE_FULL:
      return {StoreStatus::retry, error.what()};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {StoreStatus::broken, error.what(), true};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_RANGE:
      return {StoreStatus::refused, error.what()};
    default:
      return {StoreStatus::broken, error.what()};
  }
}

/// The same at a commit, which may have happened all the same.
StoreError commit_error(int code, const std::string& what) {
  if (code == SQLITE_BUSY) return {StoreStatus::retry, what};
  if (code == SQLITE_CORRUPT) return {StoreStatus::broken, what, true};
  return {StoreStatus::unknown, "at commit: " + what};
}

}  // namespace

/// A transaction under way: who waits for its commit.
struct GroupWriter::Running {
  std::vector<Request*> waiting;
};

GroupWriter::GroupWriter(SQLite::Database& db, Settings settings)
    : db_(db), settings_(std::move(settings)) {
  if (settings_.own_thread) {
    thread_ = std::thread([this] { loop(); });
    pthread_setname_np(thread_.native_handle(), "ledger");
  }
}

GroupWriter::~GroupWriter() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// One turn takes all that has queued until it comes.
void GroupWriter::run_later() {
  if (std::exchange(turn_is_set_, true)) return;
  settings_.later([this] {
    turn_is_set_ = false;
    run(std::exchange(queue_, {}));
  });
}

void GroupWriter::submit(Request request) {
  if (settings_.later) {
    queue_.push_back(std::move(request));
    run_later();
    return;
  }
  if (!settings_.own_thread) {
    Group group;
    group.push_back(std::move(request));
    run(std::move(group));
    return;
  }
  std::unique_lock lock(mutex_);
  if (queue_.size() >= limits::ledger_requests) {
    lock.unlock();
    return request.done(StoreError{StoreStatus::retry, "too many requests wait"});
  }
  queue_.push_back(std::move(request));
  lock.unlock();
  arrived_.notify_one();
}

void GroupWriter::loop() {
  for (;;) {
    Group group;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      group.swap(queue_);
    }
    run(std::move(group));
  }
}

void GroupWriter::run(Group group) {
  std::span<Request> rest(group);
  while (!rest.empty()) {
    if (!rest.front().writes) {
      run_read(rest.front());
      rest = rest.subspan(1);
      continue;
    }
    const auto end = std::ranges::find(rest, false, &Request::writes);
    const auto count = std::min(static_cast<std::size_t>(end - rest.begin()), settings_.group);
    run_writes(rest.first(count));
    rest = rest.subspan(count);
  }
}

void GroupWriter::run_read(Request& request) {
  try {
    request.work();
    request.done(std::nullopt);
  } catch (const Stop& stop) {
    request.done(stop.error);
  } catch (const SQLite::Exception& error) {
    request.done(statement_error(error));
  }
}

void GroupWriter::run_writes(std::span<Request> group) {
  Running running;
  for (auto& request : group) run_one(request, running);
  commit(running);
}

void GroupWriter::run_one(Request& request, Running& running) {
  const auto undo = [this] {
    if (sqlite3_get_autocommit(db_.getHandle()) != 0) return;
    db_.tryExec("ROLLBACK TO request");
    db_.tryExec("RELEASE request");
  };
  try {
    if (sqlite3_get_autocommit(db_.getHandle()) != 0) db_.exec("BEGIN IMMEDIATE");
    db_.exec("SAVEPOINT request");
    request.work();
    db_.exec("RELEASE request");
    running.waiting.push_back(&request);
  } catch (const Stop& stop) {
    undo();
    request.done(stop.error);
  } catch (const SQLite::Exception& error) {
    undo();
    request.done(statement_error(error));
    // A full disk or an I/O error has rolled back the whole transaction, the others' work too.
    if (sqlite3_get_autocommit(db_.getHandle()) != 0) {
      for (auto* other : std::exchange(running.waiting, {})) {
        other->done(StoreError{StoreStatus::retry, "undone with another request's failure"});
      }
    }
  }
}

void GroupWriter::commit(Running& running) {
  std::optional<StoreError> error;
  const auto began = std::chrono::steady_clock::now();
  const bool open = sqlite3_get_autocommit(db_.getHandle()) == 0;
  if (running.waiting.empty()) {
    if (open) db_.tryExec("ROLLBACK");
    return;
  }
  const auto injected = [this](FaultPoint point) {
    return settings_.fault && settings_.fault(point);
  };
  if (injected(FaultPoint::before_commit)) {
    db_.tryExec("ROLLBACK");
    error = StoreError{StoreStatus::unknown, "fault before the commit"};
  } else if (const int code = db_.tryExec("COMMIT"); code != SQLITE_OK) {
    const std::string what = db_.getErrorMsg();
    db_.tryExec("ROLLBACK");
    error = commit_error(code, what);
  } else if (injected(FaultPoint::after_commit)) {
    error = StoreError{StoreStatus::unknown, "fault after the commit"};
  }
  // One that failed is timed as well: a disk that hangs ends in an error.
  if (settings_.commit_times != nullptr) {
    settings_.commit_times->add(std::chrono::steady_clock::now() - began);
  }
  for (auto* request : running.waiting) request->done(error);
}

}  // namespace duban::ledger
