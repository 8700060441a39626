#pragma once
// An engine on the shipped plan at a standing clock, with a ledger in memory, and who asks it.

#include <boost/asio/io_context.hpp>

#include "contract/edited_config.h"
#include "control/routes.h"
#include "ledger/backup.h"
#include "ledger/sqlite_store.h"
#include "peers/run.h"

namespace duban::control {

/// Tells what it was asked, and that all went well.
class PoliteSender final : public SendTest {
 public:
  boost::asio::awaitable<engine::Answer<std::vector<TestSent>>> send_test(
      std::string plan, std::string unit, std::string by) override {
    asked = plan + "/" + unit + "/" + by;
    TestSent sent{.contact = "c", .endpoint = "e", .channel = "folder", .outcome = {}};
    sent.outcome.outcome = AttemptOutcome::delivered;
    co_return std::vector{sent};
  }
  engine::Answer<std::vector<TestSent>> show_test(const std::string& plan,
                                                  const std::string& unit) override {
    asked = plan + "/" + unit + "/show";
    return std::vector{TestSent{.contact = "c", .endpoint = "e", .channel = "folder",
                                .outcome = {}, .request = "POST https://…"}};
  }
  std::string asked;
};

class DaemonDesk {
 public:
  enum class Ledger { in_memory, on_disk };
  explicit DaemonDesk(std::string_view now = "2022-05-25T17:30:00+08:00",
                      Ledger where = Ledger::in_memory)
      : clock(*parse_rfc3339(now)) {
    auto files = tree();
    auto settings = *files.settings;
    std::filesystem::path file;
    if (where == Ledger::on_disk) {
      std::filesystem::create_directories(settings.state);
      file = ledger::ledger_file(settings.state, false);
    }
    auto opened = ledger::open_sqlite_store({.path = file.empty() ? ":memory:" : file,
                                             .executor = loop.get_executor(),
                                             .own_thread = false});
    if (!opened) throw std::runtime_error(opened.error().words);
    store = std::move(*opened);
    engine = std::make_unique<engine::Engine>(
        loop.get_executor(), clock, *store,
        engine::EngineOptions{.config = settings.file, .settings = settings, .ledger = file});
    auto started = duban::testing::run(loop, engine->start(std::move(files)));
    if (!started) throw std::runtime_error(started.error().message.english);
    routes = std::make_unique<Routes>(*engine, sender);
  }

  engine::Tree tree() const { return engine::read_tree(config.settings_file()); }
  Reply ask(std::string method, std::string target, std::string body = {}) {
    return duban::testing::run(
        loop, routes->answer({std::move(method), std::move(target), std::move(body), "alice"}));
  }

  contract::EditedConfig config;
  boost::asio::io_context loop;
  SetClock clock;
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<engine::Engine> engine;
  PoliteSender sender;
  std::unique_ptr<Routes> routes;
};

}  // namespace duban::control
