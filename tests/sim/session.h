#pragma once
// One life of the daemon: the real engine, dispatcher and channels on the world's clock, the
// disk's ledger and the network, from start to stop or death.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/channels.h"
#include "delivery/dispatcher.h"
#include "engine/engine.h"
#include "io/task_group.h"
#include "sim/disk.h"
#include "sim/network.h"
#include "sim/watched_store.h"

namespace duban::sim {

class World;

class Session {
 public:
  struct Hooks {
    ledger::Fault fault;
    std::function<void()> on_look, on_idle_look;
  };
  Session(World& world, Disk& disk, Network& network, std::filesystem::path settings, Hooks hooks);
  /// Ends it as a death does, if it has not been stopped.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Runs the world until it is up; false: it could not start, or died over it.
  bool start();
  /// As SIGTERM does; runs the world until it has ended.
  void stop();
  /// A task failed: the program would have ended with exit code 1.
  bool has_failed() const { return failed_; }
  const std::string& failure() const { return failure_; }
  engine::Engine& engine() { return *engine_; }
  WatchedStore& store() { return *store_; }
  /// Spawns something that somebody asks of it; forgotten when it dies.
  void ask(boost::asio::awaitable<void> question) {
    tasks_->spawn("question", std::move(question));
  }
  /// Whether all of its tasks ended when they were told to.
  bool ended_cleanly() const { return ended_cleanly_; }
  std::size_t most_in_hand() const { return most_in_hand_; }

 private:
  boost::asio::awaitable<void> live(engine::Tree tree);
  void make_parts(const settings::DaemonSettings& settings);
  void fail(std::string_view name, std::exception_ptr failure);
  void end_tasks();

  World& world_;
  Disk& disk_;
  Network& network_;
  std::filesystem::path settings_;
  Hooks hooks_;
  std::unique_ptr<io::TaskGroup> tasks_, sending_;
  std::unique_ptr<WatchedStore> store_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<app::Channels> channels_;
  std::unique_ptr<delivery::Dispatcher> dispatcher_;
  bool up_ = false, failed_ = false, ended_ = false, ended_cleanly_ = true;
  std::string failure_;
  std::size_t most_in_hand_ = 0;
};

}  // namespace duban::sim
