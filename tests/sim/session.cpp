#include "sim/session.h"

#include "base/limits.h"
#include "engine/tree.h"
#include "sim/world.h"

namespace duban::sim {

using boost::asio::awaitable;

namespace {

/// More turns than this without an end is a task that does not end when it is told to.
constexpr int turns_to_end = 20'000;

}  // namespace

Session::Session(World& world, Disk& disk, Network& network, std::filesystem::path settings,
                 Hooks hooks)
    : world_(world), disk_(disk), network_(network), settings_(std::move(settings)),
      hooks_(std::move(hooks)) {
  auto on_failure = [this](std::string_view name, std::exception_ptr why) { fail(name, why); };
  tasks_ = std::make_unique<io::TaskGroup>(world_.loop().get_executor(), on_failure);
  sending_ = std::make_unique<io::TaskGroup>(world_.loop().get_executor(), on_failure);
}

void Session::fail(std::string_view name, std::exception_ptr failure) {
  failed_ = true;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    failure_ = std::string{name} + ": " + error.what();
  }
}

void Session::make_parts(const settings::DaemonSettings& settings) {
  auto executor = world_.loop().get_executor();
  engine_ = std::make_unique<engine::Engine>(
      executor, world_, *store_,
      engine::EngineOptions{
          .config = settings_,
          .settings = settings,
          .on_settings = [this](const settings::DaemonSettings& fresh) {
            dispatcher_->use(channels_->make(fresh), app::redirect_of(*engine_, fresh));
          }});
  channels_ = std::make_unique<app::Channels>(network_, world_, settings.state);
  delivery::DispatcherOptions options;
  options.on_change = [this] {
    most_in_hand_ = std::max(most_in_hand_, dispatcher_->in_hand());
    engine_->nudge();
  };
  options.on_failure = [this](std::string_view name, std::exception_ptr why) { fail(name, why); };
  options.token = "token " + std::to_string(world_.dice().roll());
  dispatcher_ = std::make_unique<delivery::Dispatcher>(
      executor, *store_, world_, channels_->make(settings),
      [this](const std::string& plan,
             const std::string& endpoint) -> std::optional<delivery::Endpoint> {
        auto address = engine_->address_of(plan, endpoint);
        if (!address) return std::nullopt;
        return delivery::Endpoint{address->channel, address->address, address->recipient_name};
      },
      std::move(options));
}

awaitable<void> Session::live(engine::Tree tree) {
  auto diagnostics = tree.diagnostics;
  auto started = co_await engine_->start(std::move(tree));
  if (!started) {
    failed_ = true;
    failure_ = started.error().code + ": " + started.error().message.chinese;
    for (const auto& one : diagnostics) {
      if (one.severity == Severity::error) failure_ += "\n    " + format_line(one);
    }
    co_return;
  }
  up_ = true;
  tasks_->spawn("engine", engine_->run());
  tasks_->spawn("audit", engine_->run_audits());
  sending_->spawn("dispatcher", dispatcher_->run());
}

bool Session::start() {
  world_.pass_point("await", "start");
  std::string refused;
  store_ = WatchedStore::open(world_, disk_, hooks_.fault, refused);
  if (!store_) {
    failed_ = true;
    failure_ = refused;
    return false;
  }
  store_->on_look = hooks_.on_look;
  store_->on_idle_look = hooks_.on_idle_look;
  store_->on_settled = [this](const std::string& notice) { network_.settled(notice); };
  auto tree = engine::read_tree(settings_);
  if (!tree.settings) {
    failed_ = true;
    failure_ = "duband.toml does not check";
    return false;
  }
  make_parts(*tree.settings);
  tasks_->spawn("start", live(std::move(tree)));
  while (!up_ && !failed_ && !world_.is_dead() && world_.turn()) {
  }
  return up_ && !failed_ && !world_.is_dead();
}

void Session::stop() {
  if (!dispatcher_ || ended_) return;
  dispatcher_->stop();
  auto until = world_.since() + 1000 * limits::stop_within.count();
  while (sending_->running() > 0 && world_.since() < until && !world_.is_dead() && world_.turn()) {
  }
  end_tasks();
}

void Session::end_tasks() {
  if (std::exchange(ended_, true)) return;
  tasks_->cancel();
  sending_->cancel();
  for (int turn = 0; turn < turns_to_end; ++turn) {
    world_.settle();
    if (tasks_->running() + sending_->running() == 0) break;
    // Attempts under way are the dispatcher's own.
    world_.turn();
  }
  ended_cleanly_ = tasks_->running() + sending_->running() == 0;
  dispatcher_.reset();
  world_.settle();
  engine_.reset();
  channels_.reset();
  store_.reset();
  world_.settle();
}

Session::~Session() { end_tasks(); }

}  // namespace duban::sim
