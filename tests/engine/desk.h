#pragma once
// An engine on an edited copy of the shipped plan, moved to a year to come: the alarm stays silent,
// and the test's own clock says what time it is. The loop turns only while a test turns it.

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <spdlog/spdlog.h>

#include "contract/edited_config.h"
#include "engine/engine.h"
#include "ledger/sqlite_store.h"
#include "peers/run.h"

namespace duban::engine {

/// Wall clock and time since boot, each set by itself.
class TwoClocks final : public Clock {
 public:
  explicit TwoClocks(Instant wall) : wall_(wall) {}
  void pass(Seconds time) {
    wall_ += time;
    boot_ += time;
  }
  void set_wall(Seconds by) { wall_ += by; }
  Instant now() const override { return wall_; }
  Instant machine_now() const override { return wall_; }
  Seconds since_boot() const override { return boot_; }

 private:
  Instant wall_;
  Seconds boot_{1000};
};

class Desk {
 public:
  static constexpr const char* year = "2036";
  static constexpr const char* plan = "wuhan-2022-1";

  explicit Desk(std::string_view now, ledger::Fault fault = {},
                const std::filesystem::path& ledger = ":memory:")
      : clock(*parse_rfc3339(std::string{year} + "-" + std::string{now} + "+08:00")) {
    contract::EditedConfig::edit(config.plan_file(), "year     = 2022",
                                 std::string{"year     = "} + year);
    spdlog::set_level(spdlog::level::off);  // a notice a line
    auto opened = ledger::open_sqlite_store({.path = ledger,
                                             .executor = loop.get_executor(),
                                             .salt = "the desk of a test",
                                             .own_thread = false,
                                             .fault = std::move(fault)});
    if (!opened) throw std::runtime_error(opened.error().words);
    store = std::move(*opened);
    if (ledger != ":memory:") ledger_file = ledger;
    start();
  }
  ~Desk() { stop(); }

  /// As if the daemon were started, on the same ledger.
  void start() {
    stop();
    auto tree = read_tree(config.settings_file());
    if (!tree.settings) throw std::runtime_error("duband.toml does not check");
    auto settings = *tree.settings;
    engine = std::make_unique<Engine>(
        loop.get_executor(), clock, *store,
        EngineOptions{.config = settings.file, .settings = settings, .ledger = ledger_file});
    auto started = testing::run(loop, engine->start(std::move(tree)));
    if (!started) throw std::runtime_error(started.error().message.chinese);
    running = true;
    testing::start(loop, engine->run(), [this](std::exception_ptr) { running = false; },
                   ending.slot());
    turn();
  }

  void stop() {
    if (!running) return;
    ending.emit(boost::asio::cancellation_type::terminal);
    loop.restart();
    while (running && loop.run_one() > 0) {
    }
  }

  /// Lets the engine do all that it can do now.
  void turn() {
    engine->nudge();
    loop.restart();
    loop.poll();
  }
  template <class T>
  T ask(boost::asio::awaitable<T> question) {
    return testing::run(loop, std::move(question));
  }

  std::vector<ledger::NoticeView> notices() {
    return *ask(engine->notices({.plan = plan}));
  }
  std::vector<std::string> problems() {
    std::vector<std::string> codes;
    for (const auto& problem : ask(engine->status())->problems) codes.push_back(problem.code);
    return codes;
  }
  const schedule::Record& record() const { return engine->find_plan(plan)->record(); }

  contract::EditedConfig config;
  boost::asio::io_context loop;
  TwoClocks clock;
  std::filesystem::path ledger_file;
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<Engine> engine;
  boost::asio::cancellation_signal ending;
  bool running = false;
};

}  // namespace duban::engine
