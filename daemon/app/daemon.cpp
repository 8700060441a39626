#include "app/daemon.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <spdlog/spdlog.h>

#include "app/channels.h"
#include "app/returned.h"
#include "app/watchdog.h"
#include "app/watching.h"
#include "base/limits.h"
#include "control/pages.h"
#include "control/routes.h"
#include "control/server.h"
#include "delivery/dispatcher.h"
#include "engine/engine.h"
#include "io/curl_transport.h"
#include "io/deadline.h"
#include "io/file_watch.h"
#include "io/service_manager.h"
#include "io/task_group.h"
#include "ledger/backup.h"
#include "ledger/sqlite_store.h"
#include "ledger/state_lock.h"

namespace duban::app {
namespace {

namespace asio = boost::asio;

constexpr int exit_failed = 1;
constexpr int exit_cannot_start = 2;

class Daemon {
 public:
  Daemon(asio::io_context& loop, const Options& options, const Clock& clock, engine::Tree tree,
         ledger::Store& store, const ledger::CommitTimes& commits)
      : loop_(loop),
        clock_(clock),
        tree_(std::move(tree)),
        tasks_(loop.get_executor(), [this](std::string_view name, std::exception_ptr failure) {
          fail(name, failure);
        }),
        sending_(loop.get_executor(), [this](std::string_view name, std::exception_ptr failure) {
          fail(name, failure);
        }),
        transport_(io::make_curl_transport(loop.get_executor())),
        engine_(loop.get_executor(), clock, store, engine_options(options)),
        watching_(loop.get_executor(), engine_, *transport_, clock, commits, tasks_),
        returned_(loop.get_executor(), engine_, watching_, clock),
        channels_(*transport_, clock, settings().state),
        dispatcher_(loop.get_executor(), store, clock, channels_.make(settings()), resolver(),
                    dispatcher_options()),
        test_sender_(engine_, channels_, dispatcher_),
        routes_(engine_, test_sender_),
        answerer_(watching_.watch(), routes_),
        server_(loop.get_executor(), answerer_, tasks_),
        signals_(loop, SIGTERM, SIGINT, SIGHUP) {}

  int run();
  /// Nothing is sent any more that might have been sent before; the reason is in the log, and the
  /// office hears it from the next life, if there is one.
  void end_damaged(const std::string& found);

 private:
  const settings::DaemonSettings& settings() const { return *tree_.settings; }
  engine::EngineOptions engine_options(const Options& options);
  delivery::Resolver resolver();
  delivery::DispatcherOptions dispatcher_options();
  void fail(std::string_view name, std::exception_ptr failure);
  void take_channels(const settings::DaemonSettings& settings);
  asio::awaitable<void> main();
  asio::awaitable<bool> start();
  bool start_pages(const settings::PageSettings& page);
  asio::awaitable<void> reload(std::string by);
  asio::awaitable<void> reload_when_saved();
  asio::awaitable<void> stop();

  asio::io_context& loop_;
  const Clock& clock_;
  engine::Tree tree_;
  settings::DaemonSettings settings_in_force_;
  int exit_code_ = 0;
  bool damaged_ = false;
  std::string failure_;
  io::TaskGroup tasks_;
  io::TaskGroup sending_;
  std::unique_ptr<io::Transport> transport_;
  engine::Engine engine_;
  Watching watching_;
  ReturnedMails returned_;
  Channels channels_;
  delivery::Dispatcher dispatcher_;
  TestSender test_sender_;
  control::Routes routes_;
  control::WatchedAnswerer answerer_;
  control::Server server_;
  /// Where duband.toml has a `[page]`.
  std::optional<control::Pages> pages_;
  std::optional<control::Server> page_server_;
  asio::signal_set signals_;
  std::unique_ptr<io::FileWatch> watch_;
};

engine::EngineOptions Daemon::engine_options(const Options& options) {
  return {.config = options.config,
          .settings = settings(),
          .pretended = options.pretend.has_value(),
          .ledger = ledger::ledger_file(settings().state, options.pretend.has_value()),
          .on_settings = [this](const settings::DaemonSettings& fresh) { take_channels(fresh); }};
}

delivery::Resolver Daemon::resolver() {
  return [this](const std::string& plan, const std::string& endpoint) {
    return endpoint_of(engine_, plan, endpoint);
  };
}

delivery::DispatcherOptions Daemon::dispatcher_options() {
  delivery::DispatcherOptions options;
  options.on_change = [this] { engine_.nudge(); };
  options.on_settled = [this](const ledger::Settlement& settled, const std::string& channel) {
    watching_.settled(settled, channel);
  };
  options.on_trouble = [this](const ledger::StoreError& error) { watching_.trouble(error); };
  options.on_failure = [this](std::string_view name, std::exception_ptr failure) {
    fail(name, failure);
  };
  return options;
}

// A ledger that cannot be gone on with ends both who tell and who send: it is said once.
void Daemon::fail(std::string_view name, std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    const bool is_new = !damaged_ && failure_ != error.what();
    if (is_new) spdlog::critical("{} failed: {}", name, error.what());
    failure_ = error.what();
  }
  exit_code_ = exit_failed;
  signals_.cancel();
}

void Daemon::end_damaged(const std::string& found) {
  if (exit_code_ == 0) spdlog::critical("{}", ledger::damage_words(found));
  exit_code_ = exit_failed;
  damaged_ = true;
  signals_.cancel();
}

void Daemon::take_channels(const settings::DaemonSettings& fresh) {
  settings_in_force_ = fresh;
  watching_.use(fresh);
  returned_.use(fresh);
  dispatcher_.use(channels_.make(fresh), redirect_of(engine_, fresh));
}

asio::awaitable<bool> Daemon::start() {
  auto socket = settings().socket;
  auto page = settings().page;
  if (auto listening = watching_.listen(settings()); !listening) {
    spdlog::critical("[metrics] {}", listening.error());
    // Whoever has the port may give it up: to be tried again.
    exit_code_ = exit_failed;
    co_return false;
  }
  auto started = co_await engine_.start(std::move(tree_));
  if (!started) {
    spdlog::critical("{}: {}; {}", started.error().code, started.error().message.english,
                     started.error().mend.english);
    exit_code_ = exit_cannot_start;
    co_return false;
  }
  if (auto listening = server_.listen(socket); !listening) {
    spdlog::critical("{}", listening.error());
    exit_code_ = exit_cannot_start;
    co_return false;
  }
  watching_.heard();
  co_return !page || start_pages(*page);
}

bool Daemon::start_pages(const settings::PageSettings& page) {
  pages_.emplace(engine_, page);
  page_server_.emplace(loop_.get_executor(), *pages_, tasks_);
  auto listening = page_server_->listen(page.address, page.port);
  if (listening) return true;
  spdlog::critical("[page] {}", listening.error());
  // Whoever has the port may give it up: to be tried again.
  exit_code_ = exit_failed;
  return false;
}

asio::awaitable<void> Daemon::reload(std::string by) {
  io::service_manager::reloading();
  auto reloaded = co_await engine_.reload(std::move(by));
  if (reloaded) {
    for (const auto& diagnostic : reloaded->diagnostics) {
      spdlog::warn("{}", format_line(diagnostic));
    }
  }
  io::service_manager::ready();
}

// Files that are saved while they are read are read again: what came meanwhile is still to be told.
asio::awaitable<void> Daemon::reload_when_saved() {
  for (;;) {
    const auto& now = settings_in_force_;
    auto folder = std::filesystem::absolute(now.file).parent_path();
    for (const auto& missing : watch_->watch({folder, now.calendars, now.templates}, {now.plans})) {
      spdlog::warn("{} cannot be watched", missing.string());
    }
    co_await watch_->changed(limits::save_settles);
    co_await reload("watch");
  }
}

asio::awaitable<void> Daemon::stop() {
  io::service_manager::stopping();
  spdlog::info("stopping");
  dispatcher_.stop();
  if (damaged_) co_await io::ends_within(engine_.note_damage(), limits::cut_off_within);
  // The engine has nothing in flight between its steps; what the dispatcher has is settled first.
  bool sent = co_await sending_.join(limits::stop_within - Seconds{1});
  tasks_.cancel();
  sending_.cancel();
  bool ended = co_await tasks_.join(Seconds{1});
  if (!sent || !ended) spdlog::warn("stopped with tasks running; leases make that safe");
}

asio::awaitable<void> Daemon::main() {
  auto fresh = settings();
  if (co_await start()) {
    take_channels(fresh);
    tasks_.spawn("engine", engine_.run());
    tasks_.spawn("audit", engine_.run_audits());
    tasks_.spawn("heartbeat", watching_.beat());
    tasks_.spawn("returned", returned_.run());
    sending_.spawn("dispatcher", dispatcher_.run());
    tasks_.spawn("server", server_.run());
    if (page_server_) tasks_.spawn("pages", page_server_->run());
    if (fresh.watch) {
      watch_ = std::make_unique<io::FileWatch>(
          loop_.get_executor(), std::vector<std::string>{".toml", ".mustache"});
      tasks_.spawn("watch", reload_when_saved());
    }
    tasks_.spawn("watchdog", feed_watchdog());
    io::service_manager::ready();
    spdlog::info("duband runs {} plan(s); business time {}", engine_.plans().size(),
                 format_rfc3339(clock_.now()));
    while (exit_code_ == 0) {
      boost::system::error_code cancelled;
      int signal = co_await signals_.async_wait(
          asio::redirect_error(asio::use_awaitable, cancelled));
      if (cancelled || signal != SIGHUP) break;
      co_await reload("SIGHUP");
    }
    co_await stop();
  }
  loop_.stop();
}

int Daemon::run() {
  io::TaskGroup root(loop_.get_executor(), [this](std::string_view name, std::exception_ptr why) {
    fail(name, why);
    loop_.stop();
  });
  root.spawn("duband", main());
  loop_.run();
  return exit_code_;
}

// A pretended past must not be later than the time that is pretended now.
asio::awaitable<void> latest_cursor(ledger::Store& store, std::vector<std::string> plans,
                                    std::optional<Instant>& latest) {
  for (const auto& plan : plans) {
    auto cursor = co_await store.cursor(plan);
    if (cursor && cursor->at) latest = std::max(latest.value_or(*cursor->at), *cursor->at);
  }
}

}  // namespace

int run_daemon(const Options& options, const Clock& clock, engine::Tree tree) {
  const auto& settings = *tree.settings;
  std::error_code failed;
  std::filesystem::create_directories(settings.state, failed);
  auto lock = ledger::StateLock::take(settings.state);
  if (!lock) {
    spdlog::critical("{}", lock.error().message.english);
    return exit_cannot_start;
  }
  asio::io_context loop{1};
  bool pretended = options.pretend.has_value();
  auto file = ledger::ledger_file(settings.state, pretended);
  std::function<void(const std::string&)> end_damaged;
  ledger::CommitTimes commits;
  auto store = ledger::open_sqlite_store({.path = file,
                                          .pretended = pretended,
                                          .executor = loop.get_executor(),
                                          .on_damage =
                                              [&end_damaged](const std::string& found) {
                                                if (end_damaged) end_damaged(found);
                                              },
                                          .commit_times = &commits});
  if (!store) {
    spdlog::critical("{}", store.error().words);
    return store.error().may_pass ? exit_failed : exit_cannot_start;
  }
  if (pretended) {
    std::vector<std::string> plans;
    for (const auto& loaded : tree.plans) plans.push_back(loaded.id);
    std::optional<Instant> latest;
    io::TaskGroup asking(loop.get_executor(), [](auto, auto) {});
    asking.spawn("cursor", latest_cursor(**store, plans, latest));
    loop.run();
    loop.restart();
    if (latest && *latest > clock.now()) {
      spdlog::critical("the pretended ledger {} has been lived until {}; remove it, or pretend a "
                       "later time", file.string(), format_rfc3339(*latest));
      return exit_cannot_start;
    }
  }
  Daemon daemon{loop, options, clock, std::move(tree), **store, commits};
  end_damaged = [&daemon](const std::string& found) { daemon.end_damaged(found); };
  return daemon.run();
}

}  // namespace duban::app
