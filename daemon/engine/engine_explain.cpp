// What `explain` asks of a running engine: the past out of the ledger, the texts out of the state
// folder, and the page that explain.h makes of them.

#include <set>

#include "base/limits.h"
#include "engine/engine_impl.h"
#include "engine/explain.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

TextOf texts_of(std::filesystem::path state, std::string plan) {
  using Known = std::map<std::string, std::shared_ptr<const Text>>;
  auto known = std::make_shared<Known>();
  return [known, state = std::move(state), plan = std::move(plan)](const std::string& digest) {
    auto [found, is_new] = known->try_emplace(digest);
    if (is_new) {
      auto text = read_kept_text(state, plan, digest);
      if (text) found->second = std::make_shared<const Text>(std::move(*text));
    }
    return found->second;
  };
}

Past past_of(const PlanRun& run, const settings::DaemonSettings& settings, Instant now) {
  return {.record = run.record(),
          .then = nullptr,
          .plan = run.timetable().plan_ptr(),
          .plans = settings.plans,
          .text_of = texts_of(settings.state, run.plan().id),
          .cursor = run.cursor(),
          .now = now};
}

// The notices that carry an item on after this one, and the one that it replaces.
std::set<std::string> neighbours(const schedule::Record& record, const ledger::NoticeView& view) {
  std::set<std::string> ids;
  if (!view.notice.replaces.empty()) ids.insert(view.notice.replaces);
  for (const auto& item : view.notice.items) {
    const auto* told = record.told_item(item.key);
    if (told != nullptr) ids.insert(told->notices.begin(), told->notices.end());
  }
  ids.erase(view.notice.head.id);
  return ids;
}

// Folds what stands before the notice; true once it has been met.
bool fold_until(const std::string& notice, const ledger::Rows& rows, schedule::Record& record) {
  for (const auto& row : rows.rows) {
    const auto* written = std::get_if<ledger::NoticeRow>(&row);
    if (written != nullptr && written->head.id == notice) return true;
    fold(row, record);
  }
  return false;
}

}  // namespace

asio::awaitable<Answer<Page>> Engine::explain_notice(std::string id) {
  auto held = co_await impl_->turn.take();
  auto found = co_await impl_->store.notices({.id = id});
  if (!found) co_return std::unexpected(from_store(found.error()));
  if (found->empty()) {
    co_return std::unexpected(
        Refusal{"unknown-notice", both("没有通知 {}", "there is no notice {}", id),
                {"看 dubanctl notices", "see dubanctl notices"}});
  }
  auto view = std::move(found->front());
  const auto* run = find_plan(view.plan);
  if (run == nullptr) {
    co_return std::unexpected(
        Refusal{"unknown-plan", both("方案“{}”已不在", "plan “{}” is gone", view.plan),
                {"看 dubanctl notices --json", "see dubanctl notices --json"}});
  }
  co_await impl_->refresh(*impl_->runs[view.plan]);
  schedule::Record then;
  std::int64_t after = 0;
  for (;;) {
    auto rows = co_await impl_->store.read(view.plan, after, limits::ledger_rows);
    if (!rows) co_return std::unexpected(from_store(rows.error()));
    bool met = fold_until(id, *rows, then);
    if (met || rows->rows.size() < limits::ledger_rows) break;
    after = rows->last;
  }
  std::vector<ledger::NoticeView> others;
  for (const auto& other : neighbours(run->record(), view)) {
    auto one = co_await impl_->store.notices({.id = other});
    if (one && !one->empty()) others.push_back(std::move(one->front()));
  }
  auto past = past_of(*run, impl_->options.settings, impl_->now());
  past.then = &then;
  co_return engine::explain_notice(past, view, others);
}

asio::awaitable<Answer<Page>> Engine::explain_assignment(std::string plan,
                                                         schedule::AssignmentKey about) {
  auto held = co_await impl_->turn.take();
  auto found = impl_->runs.find(plan);
  if (found == impl_->runs.end()) {
    co_return std::unexpected(
        Refusal{"unknown-plan", both("没有方案“{}”", "there is no plan “{}”", plan), {}});
  }
  auto& run = *found->second;
  co_await impl_->step_plan(run);
  auto page = engine::explain_assignment(past_of(run, impl_->options.settings, impl_->now()),
                                         about);
  if (page) co_return std::move(*page);
  auto what = about.period.empty() ? about.duty : about.duty + ' ' + about.period;
  co_return std::unexpected(Refusal{
      "unknown-assignment",
      both("{} 不用报 {}", "{} does not owe {}", run.plan().name_of(about.unit), what),
      both("看 dubanctl agenda --unit {}", "see dubanctl agenda --unit {}", about.unit)});
}

}  // namespace duban::engine
