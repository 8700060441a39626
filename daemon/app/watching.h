#pragma once
// All that lets others watch over the daemon: a line for each settled attempt, counters, /metrics
// and its kin on their own listener, the heartbeat.

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "base/line_fields.h"
#include "control/heartbeat.h"
#include "control/server.h"
#include "control/watch.h"
#include "delivery/tally.h"
#include "engine/engine.h"
#include "io/task_group.h"
#include "io/transport.h"
#include "ledger/commit_times.h"
#include "settings/daemon_settings.h"

namespace duban::app {

class Watching {
 public:
  /// What it refers to must outlive it. One thread: the executor's.
  Watching(boost::asio::any_io_executor executor, const engine::Engine& engine,
           io::Transport& transport, const Clock& clock, const ledger::CommitTimes& commits,
           io::TaskGroup& tasks);

  /// Opens the listener of `[metrics]`, before the plans are loaded: who asks hears that they are
  /// being loaded. The error is for people.
  std::expected<void, std::string> listen(const settings::DaemonSettings& settings);
  /// The socket is open.
  void heard() { heard_ = true; }
  /// At the start of everything and after each reload. A pretended time has no heartbeat: it would
  /// say that all is well with a daemon that does not run.
  void use(const settings::DaemonSettings& settings);
  /// Until the tasks are cancelled.
  boost::asio::awaitable<void> beat() { return heartbeat_.run(); }

  /// The dispatcher has written a settlement: counts it, logs it.
  void settled(const ledger::Settlement& settlement, const std::string& channel);
  /// A mail system said that a delivered notice came back, and the ledger has it.
  struct Returned {
    LineFields about;
    Reason reason = Reason::none;
    std::string said;
  };
  void bounced(const Returned& returned);
  /// The dispatcher's ledger failed: logged once, until something is written again.
  void trouble(const ledger::StoreError& error);

  const control::Watch& watch() const { return watch_; }

 private:
  control::Measured measured() const;

  const engine::Engine& engine_;
  const ledger::CommitTimes& commits_;
  io::TaskGroup& tasks_;
  const Instant started_;
  delivery::Tally tally_;
  std::vector<std::string> channels_;
  bool heard_ = false, trouble_said_ = false;
  control::Watch watch_;
  control::WatchOnly own_;
  control::Heartbeat heartbeat_;
  boost::asio::any_io_executor executor_;
  /// Where duband.toml has a `[metrics]`.
  std::optional<control::Server> server_;
};

}  // namespace duban::app
