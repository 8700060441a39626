#pragma once
// The ledger in one SQLite file: WAL, synchronous=FULL, one thread of its own that commits in
// groups.

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/commit_times.h"
#include "ledger/fault.h"
#include "ledger/store.h"

namespace duban::ledger {

struct StoreOptions {
  /// `:memory:` for a rehearsal that keeps nothing.
  std::filesystem::path path;
  /// Real and pretended ledgers do not open in the other mode.
  bool pretended = false;
  /// The executor of the coroutines that call the store (one thread, or a strand); must outlive it.
  boost::asio::any_io_executor executor;
  /// A call that takes longer answers `unknown`.
  std::chrono::milliseconds deadline{10'000};
  /// The salt of a new ledger; empty: random. Fixed in a rehearsal (I7).
  std::string salt;
  /// False: everything runs at once on the calling thread, in one order (rehearsals).
  bool own_thread = true;
  /// With own_thread false: what runs the writer's turn later, on the executor; never after the
  /// store has gone. Empty: everything runs at once.
  std::function<void(std::function<void()>)> later = {};
  /// Of one endpoint so many notices at most are under a lease at once.
  std::size_t leases_per_endpoint = 8;
  /// Called on the executor when a call has met damage in the file, after its caller was answered
  /// `broken`; what was found, for the log.
  std::function<void(const std::string& found)> on_damage = {};
  /// Where each commit's time is counted; outlives the store. Null: nowhere.
  CommitTimes* commit_times = nullptr;
  /// For tests.
  Fault fault;
};

/// What a person is told of a damaged ledger: what was found, and what to do.
std::string damage_words(std::string_view found);

/// Why a ledger was not opened.
struct NotOpened {
  /// For a person: what is wrong and what to do.
  std::string words;
  /// The machine's own trouble (a full disk, an error of input or output), which may be over when
  /// it is tried again; else nothing changes before somebody has done something.
  bool may_pass = false;
};

/// Opens, or makes, the ledger at `path`. A file that is damaged, newer, of the other kind or not
/// ours is left as it is.
std::expected<std::unique_ptr<Store>, NotOpened> open_sqlite_store(StoreOptions options);

}  // namespace duban::ledger
