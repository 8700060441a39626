// What an edit would do: asked of the engine, worked out beside its loop.

#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/engine_impl.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

// All that the calculation works with; its own, so that it may outlive whoever asked.
struct Job {
  Edited edited;
  settings::DaemonSettings settings;
  std::string salt;
  /// Null: no such plan runs.
  std::unique_ptr<PlanRun> running;
  Instant now{};
  Answer<Difference> answer;

  void work();
  /// A calculation that fails costs the asker its answer, not the office its daemon.
  void work_or_refuse();
};

void Job::work() {
  auto tree = read_edited(settings, edited);
  Difference difference{.diagnostics = std::move(tree.diagnostics), .effect = std::nullopt};
  auto loaded = std::ranges::find(tree.plans, edited.plan, &plan::LoadedPlan::id);
  bool whole = loaded != tree.plans.end() && loaded->plan != nullptr;
  if (whole && running) {
    if (auto refused = refuses_text(*running, *loaded->plan, now)) {
      difference.diagnostics.push_back(as_diagnostic("plans/" + edited.plan + "/plan.toml",
                                                     *refused, loaded->plan->language));
      whole = false;
    }
  }
  if (whole) {
    difference.effect = effect_of_edit(running.get(), loaded->plan, tree.templates, now, salt);
  }
  answer = std::move(difference);
}

void Job::work_or_refuse() {
  try {
    work();
  } catch (const std::filesystem::filesystem_error& failed) {
    spdlog::error("diff: {}", failed.what());
    answer = std::unexpected(Refusal{
        "no-scratch",
        {"状态目录写不了,没有算出来",
         "the state folder cannot be written, so nothing was worked out"},
        {"看 duband 的日志:状态目录的权限,磁盘是否满了",
         "see duband's log: the permissions of the state folder, or a full disk"}});
  } catch (const std::exception& failed) {
    spdlog::error("diff of plan {}: {}", edited.plan, failed.what());
    answer = std::unexpected(Refusal{
        "diff-failed",
        {"没有算出来:程序的错", "nothing was worked out: a fault of the program"},
        {"请把 duband 的日志和改后的文件交给维护的人",
         "give duband's log and the edited files to whoever maintains duban"}});
  }
}

}  // namespace

asio::awaitable<Answer<Difference>> Engine::diff(Edited edited) {
  auto alone = co_await impl_->looking_ahead.take();
  auto job = std::make_shared<Job>();
  job->settings = impl_->options.settings;
  job->salt = impl_->store.salt();
  {
    auto held = co_await impl_->turn.take();
    auto found = impl_->runs.find(edited.plan);
    if (found != impl_->runs.end()) {
      co_await impl_->step_plan(*found->second);
      job->running = found->second->branch();
    }
    job->now = impl_->now();
  }
  job->edited = std::move(edited);
  co_await impl_->aside.run([job] { job->work_or_refuse(); });
  co_return std::move(job->answer);
}

std::map<std::string, std::string> Engine::texts_in_force() const {
  std::map<std::string, std::string> hashes;
  for (const auto& [id, run] : impl_->runs) {
    auto origin = impl_->origins.find(id);
    bool known = origin != impl_->origins.end() &&
                 origin->second.private_digest == private_digest(impl_->options.settings.plans, id);
    hashes[id] = known ? origin->second.hash : std::string{};
  }
  return hashes;
}

}  // namespace duban::engine
