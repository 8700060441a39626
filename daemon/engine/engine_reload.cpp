// How a tree of files takes effect: at the start, and when it was edited. Per plan whole or not at
// all (I4).

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "engine/engine_impl.h"
#include "io/together.h"
#include "settings/report.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

constexpr auto bad_files = "bad-files";
constexpr auto not_running = "plan-not-running";
constexpr auto folder_gone = "plan-folder-gone";
constexpr BilingualView check_and_reload{"运行 dubanctl check,改好后再 reload",
                                         "run dubanctl check, mend the files, then reload"};

std::string about(const char* code, const std::string& plan) {
  return std::string{code} + '/' + plan;
}

Problem folder_is_gone(const std::string& plan) {
  return {folder_gone,
          both("方案 {} 的文件夹不在了,仍按原来的文本运行",
               "the folder of plan {} is gone; the text from before still runs", plan),
          {"把文件夹放回去再 dubanctl reload;要停掉它,先删去 plan.toml 里的事项再 reload,"
           "各单位得知不用报了以后移走文件夹",
           "put the folder back and run dubanctl reload; to end the plan, remove the duties from "
           "plan.toml, reload, and move the folder away once the units know that nothing is owed"}};
}

// It still tells somebody something, or will: such a plan does not just go.
bool is_alive(const PlanRun& run) {
  return !run.record().open_notices().empty() || run.next_wake().has_value();
}

bool is_in(const Tree& tree, const std::string& plan) {
  return std::ranges::find(tree.plans, plan, &plan::LoadedPlan::id) != tree.plans.end();
}

std::optional<Refusal> refuses_reload(const Tree& tree, const Texts& texts,
                                      const ReloadOptions& asked) {
  if (tree.settings && !asked.plan.empty() && !is_in(tree, asked.plan)) {
    std::vector<std::string> ids;
    for (const auto& loaded : tree.plans) ids.push_back(loaded.id);
    return Refusal{"unknown-plan",
                   both("没有方案{}", "there is no plan {}", settings::in_quotes(asked.plan)),
                   settings::suggest(asked.plan, ids)};
  }
  auto shown = asked.plan.empty() ? texts : texts_of_plan(texts, asked.plan);
  if (asked.only_if.empty() || is_hash(hash_of(shown), asked.only_if)) return std::nullopt;
  return Refusal{"files-changed",
                 {"文件在 diff 之后又改过,没有用新文件",
                  "the files have changed since the diff; the new ones were not taken"},
                 {"再看一遍 dubanctl diff,用它最后一行的命令",
                  "run dubanctl diff again, and use the command in its last line"}};
}

}  // namespace

Engine::Impl::Origin Engine::Impl::origin_of(const std::string& id, const Tree& tree,
                                             const Texts& texts) {
  return {hash_of(texts_of_plan(texts, id)), private_digest(tree.settings->plans, id)};
}

void Engine::Impl::take_forms(const Tree& tree) {
  if (!tree.forms) return;
  forms = tree.forms;
  for (const auto& [id, run] : runs) run->use_forms(forms);
}

void Engine::Impl::keep(const Tree& tree, const Texts& texts,
                        const std::vector<const plan::Plan*>& plans) {
  auto failed = last_good.keep(tree, texts, plans);
  if (!failed.empty()) spdlog::error("{}", failed);
}

bool Engine::Impl::run_last_good(const std::string& id) {
  message::Templates templates;
  auto plan = last_good.read(options.settings, id, templates);
  if (plan) take_plan(id, plan, templates);
  return plan != nullptr;
}

void Engine::Impl::start_plan(const Tree& tree, const Texts& texts,
                              const plan::LoadedPlan& loaded) {
  if (loaded.plan) {
    take_plan(loaded.id, loaded.plan, tree.templates);
    origins[loaded.id] = origin_of(loaded.id, tree, texts);
    return;
  }
  bool runs_old = run_last_good(loaded.id);
  const auto* code = runs_old ? bad_files : not_running;
  problems[about(bad_files, loaded.id)] = {
      code,
      runs_old ? both("方案 {} 的文件有错,现用的是上一次检查通过的文本",
                      "the files of plan {} have mistakes; the last text that checked is running",
                      loaded.id)
               : both("方案 {} 的文件有错,没有可用的文本,没有运行",
                      "the files of plan {} have mistakes and there is no other text; it does not "
                      "run",
                      loaded.id),
      {"运行 dubanctl check,改好后 dubanctl reload",
       "run dubanctl check, mend the files, then run dubanctl reload"}};
  spdlog::error("plan {}: its files have errors; {}", loaded.id,
                runs_old ? "running the last text that checked" : "not running it");
}

// A folder that was there when the daemon last ran.
void Engine::Impl::start_gone(const Tree& tree) {
  for (const auto& id : last_good.plans()) {
    if (is_in(tree, id) || !run_last_good(id)) continue;
    problems[about(folder_gone, id)] = folder_is_gone(id);
    spdlog::error("plan {}: its folder is gone; running the last text that checked", id);
  }
}

asio::awaitable<void> Engine::Impl::tell_of_bad_start() {
  bool some_not_running = false;
  for (const auto& [key, problem] : problems) {
    if (problem.code == not_running) some_not_running = true;
    auto plan = key.substr(key.find('/') + 1);
    bool own = problem.code == bad_files || problem.code == folder_gone;
    if (own && runs.contains(plan)) co_await note_trouble(plan, problem.code);
  }
  if (some_not_running) co_await note_trouble_everywhere(not_running);
}

asio::awaitable<void> Engine::Impl::begin_plan(PlanRun& run, bool& readable) {
  if (co_await refresh(run)) {
    co_await note_text(run, "duband");
  } else {
    readable = false;
  }
}

asio::awaitable<Answer<void>> Engine::start(Tree tree) {
  impl_->since = impl_->clock.now();
  impl_->take_forms(tree);
  auto texts = texts_of(tree);
  std::vector<const plan::Plan*> whole;
  for (const auto& loaded : tree.plans) {
    impl_->start_plan(tree, texts, loaded);
    if (loaded.plan) whole.push_back(loaded.plan.get());
  }
  impl_->keep(tree, texts, whole);
  impl_->start_gone(tree);
  auto held = co_await impl_->turn.take();
  std::vector<PlanRun*> all;
  for (const auto& [id, run] : impl_->runs) all.push_back(run.get());
  bool readable = true;
  co_await io::together(all.size(), limits::plans_at_once, [&](std::size_t index) {
    return impl_->begin_plan(*all[index], readable);
  });
  if (!readable) {
    co_return std::unexpected(Refusal{"ledger", {"台账读不出来", "the ledger cannot be read"},
                                      {"看日志", "see the log"}});
  }
  impl_->drop_ended(tree);
  if (impl_->runs.empty()) {
    co_return std::unexpected(Refusal{"no-plan", {"没有一个方案能运行", "no plan can run"},
                                      {"运行 dubanctl check", "run dubanctl check"}});
  }
  co_await impl_->tell_of_bad_start();
  impl_->started = true;
  co_return Answer<void>{};
}

std::optional<Refusal> refuses_text(const PlanRun& run, const plan::Plan& next, Instant now) {
  if (next.year == run.plan().year) return std::nullopt;
  std::vector<std::string> open;
  for (const auto& one : schedule::assignments(run.timetable(), run.record(), now)) {
    bool told = run.record().told_about(one.key) != nullptr;
    if (told && one.standing == schedule::Standing::open && open.size() < 5) {
      open.push_back(one.key.duty + ' ' + one.key.period + ' ' + run.plan().name_of(one.key.unit));
    }
  }
  if (open.empty()) return std::nullopt;
  return Refusal{"year-changed",
                 both("方案 {} 还有已通知未办结的事项,不能改 year:{} 等",
                      "units know of what is open in plan {}, so its year cannot change: {} …",
                      next.id, settings::listed(open)),
                 {"下一年另建一个方案文件夹", "make a new plan folder for the next year"}};
}

Diagnostic as_diagnostic(std::string file, const Refusal& refused, Tongue language) {
  return {Severity::error, {std::move(file)}, refused.code, refused.message, refused.mend,
          language};
}

// Those whose folder was taken away and which have nothing more to tell.
void Engine::Impl::drop_ended(const Tree& tree) {
  std::erase_if(runs, [&](const auto& each) {
    const auto& [id, run] = each;
    if (is_in(tree, id) || is_alive(*run)) return false;
    spdlog::info("plan {}: its folder is gone and it has nothing more to tell", id);
    if (auto failed = last_good.forget(id); !failed.empty()) spdlog::error("{}", failed);
    problems.erase(about(folder_gone, id));
    origins.erase(id);
    return true;
  });
}

asio::awaitable<void> Engine::Impl::keep_gone(const Tree& tree, Reloaded& out) {
  drop_ended(tree);
  for (const auto& [id, run] : runs) {
    if (is_in(tree, id)) continue;
    auto problem = folder_is_gone(id);
    out.kept.push_back(id);
    out.diagnostics.push_back(as_diagnostic((options.settings.plans / id).string(),
                                            {problem.code, problem.message, problem.mend},
                                            run->plan().language));
    auto [known, is_new] = problems.insert_or_assign(about(folder_gone, id), std::move(problem));
    if (is_new) co_await note_trouble(id, folder_gone);
  }
}

// Thousands of units are read for a third of a second: notices are sent meanwhile.
asio::awaitable<Tree> Engine::Impl::read_aside() {
  auto tree = std::make_shared<Tree>();
  co_await aside.run([tree, config = options.config] { *tree = read_tree(config); });
  co_return std::move(*tree);
}

bool Engine::Impl::is_in_force(const plan::LoadedPlan& loaded, const Tree& tree,
                               const Texts& texts) const {
  auto run = runs.find(loaded.id);
  auto origin = origins.find(loaded.id);
  if (run == runs.end() || origin == origins.end()) return false;
  const auto& now = run->second->plan();
  return now.digest == loaded.plan->digest && now.channel_windows == loaded.plan->channel_windows &&
         origin->second == origin_of(loaded.id, tree, texts);
}

asio::awaitable<void> Engine::Impl::keep_old(const plan::LoadedPlan& loaded,
                                             std::optional<Refusal> refused, Reloaded& out) {
  out.kept.push_back(loaded.id);
  problems[about(bad_files, loaded.id)] = {
      bad_files,
      refused ? refused->message
              : both("方案 {} 改后的文件有错,没有生效",
                     "the edited files of plan {} have mistakes and did not take effect",
                     loaded.id),
      refused ? refused->mend : Bilingual{check_and_reload}};
  if (refused) {
    out.diagnostics.push_back(
        as_diagnostic(loaded.id + "/plan.toml", *refused, loaded.language));
  }
  if (runs.contains(loaded.id)) co_await note_trouble(loaded.id, bad_files);
}

void Engine::Impl::well_again(const std::string& id) {
  problems.erase(about(bad_files, id));
  problems.erase(about(folder_gone, id));
}

// Whether it is to be taken; while this is found out nothing has changed yet.
asio::awaitable<void> Engine::Impl::weigh(const plan::LoadedPlan& loaded, const Tree& tree,
                                          const Texts& texts, Taking& taking, Reloaded& out) {
  std::optional<Refusal> refused;
  auto running = runs.find(loaded.id);
  if (loaded.plan && running != runs.end()) {
    if (is_in_force(loaded, tree, texts)) {
      well_again(loaded.id);
      out.taken.push_back(loaded.id);
      co_return;
    }
    // What falls due by the old text is told by the old text.
    co_await step_plan(*running->second);
    refused = refuses_text(*running->second, *loaded.plan, now());
  }
  if (!loaded.plan || refused) {
    co_await keep_old(loaded, std::move(refused), out);
  } else {
    taking.chosen.push_back(&loaded);
    out.taken.push_back(loaded.id);
  }
}

// Plans and channels in one go: no notice may leave by the addresses of the one and the channels of
// the other.
std::vector<PlanRun*> Engine::Impl::take(const Tree& tree, const Texts& texts,
                                         const Taking& taking, Reloaded& out) {
  std::vector<PlanRun*> taken;
  for (const auto* loaded : taking.chosen) {
    well_again(loaded->id);
    take_plan(loaded->id, loaded->plan, tree.templates);
    origins[loaded->id] = origin_of(loaded->id, tree, texts);
    taken.push_back(runs[loaded->id].get());
  }
  take_settings(*tree.settings, out);
  return taken;
}

asio::awaitable<void> Engine::Impl::keep_all(Reloaded& out) {
  for (const auto& [id, run] : runs) out.kept.push_back(id);
  problems[about(bad_files, "")] = {
      bad_files,
      {"duband.toml 或 plans 文件夹有错,改动没有生效",
       "duband.toml or the plans folder has mistakes, and the edit did not take effect"},
      check_and_reload};
  co_await note_trouble_everywhere(bad_files);
}

void Engine::Impl::take_settings(settings::DaemonSettings fresh, Reloaded& out) {
  const auto& old = options.settings;
  bool same = fresh.state == old.state && fresh.socket == old.socket &&
              fresh.watch == old.watch && fresh.page == old.page &&
              fresh.metrics == old.metrics;
  if (!same) {
    out.diagnostics.push_back({Severity::warning,
                               {fresh.file.string()},
                               "needs-restart",
                               {"state、socket、watch、[page]、[metrics] 的改动要重启才生效",
                                "an edit of state, socket, watch, [page] or [metrics] takes "
                                "effect only after a restart"},
                               alike("systemctl restart duband"),
                               language()});
  }
  fresh.state = old.state;
  fresh.socket = old.socket;
  fresh.watch = old.watch;
  fresh.page = old.page;
  fresh.metrics = old.metrics;
  options.settings = std::move(fresh);
  audit_alarm.cancel();  // the next may come sooner, or not at all
  if (options.on_settings) options.on_settings(options.settings);
}

void Engine::Impl::count(const Reloaded& reloaded) {
  reloads.last_at = now();
  reloads.last_was_taken = reloaded.kept.empty() && !has_errors(reloaded.diagnostics);
  ++(reloads.last_was_taken ? reloads.taken : reloads.kept);
  if (reloads.last_was_taken) reloads.last_taken_at = reloads.last_at;
}

asio::awaitable<Answer<Reloaded>> Engine::reload(std::string by, ReloadOptions asked) {
  // What is read later is taken later.
  auto alone = co_await impl_->reloading.take();
  auto tree = co_await impl_->read_aside();
  auto held = co_await impl_->turn.take();
  co_await impl_->step_due();
  auto texts = texts_of(tree);
  if (auto refused = refuses_reload(tree, texts, asked)) {
    ++impl_->reloads.refused;
    co_return std::unexpected(*refused);
  }
  Reloaded out;
  out.diagnostics = tree.diagnostics;
  out.sources = tree.sources;
  if (!tree.settings || tree.plans.empty()) {
    co_await impl_->keep_all(out);
    co_await impl_->step_due();
    impl_->count(out);
    co_return out;
  }
  impl_->problems.erase(about(bad_files, ""));
  impl_->take_forms(tree);
  Impl::Taking taking{by, !asked.only_if.empty(), {}};
  for (const auto& loaded : tree.plans) {
    bool is_asked = asked.plan.empty() || asked.plan == loaded.id;
    if (is_asked) co_await impl_->weigh(loaded, tree, texts, taking, out);
  }
  if (asked.plan.empty()) co_await impl_->keep_gone(tree, out);
  auto taken = impl_->take(tree, texts, taking, out);
  std::vector<const plan::Plan*> whole;
  for (auto* run : taken) {
    co_await impl_->refresh(*run);
    co_await impl_->note_text(*run, taking.by, taking.diffed);
    whole.push_back(&run->plan());
  }
  impl_->keep(tree, texts, whole);
  co_await impl_->step_plans(std::move(taken));
  co_await impl_->step_due();
  nudge();
  impl_->count(out);
  spdlog::info("reload by {}: taken {}, kept as they were {}", by, fmt::join(out.taken, " "),
               fmt::join(out.kept, " "));
  co_return out;
}

}  // namespace duban::engine
