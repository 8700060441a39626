#include "engine/engine.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "engine/engine_impl.h"
#include "engine/fact_checks.h"
#include "engine/log_lines.h"
#include "engine/resend.h"
#include "settings/report.h"

namespace duban::engine {

namespace asio = boost::asio;

Engine::Engine(asio::any_io_executor executor, const Clock& clock, ledger::Store& store,
               EngineOptions options)
    : impl_(std::make_unique<Impl>(std::move(executor), clock, store, std::move(options))) {}

Engine::~Engine() = default;

asio::awaitable<void> Engine::run() {
  for (;;) {
    {
      auto held = co_await impl_->turn.take();
      co_await impl_->meet_clock();
      co_await impl_->step_due();
    }
    co_await impl_->wait();
  }
}

void Engine::nudge() {
  asio::post(impl_->executor, [this] { impl_->look_soon(); });
}

std::vector<const PlanRun*> Engine::plans() const {
  std::vector<const PlanRun*> all;
  for (const auto& [id, run] : impl_->runs) all.push_back(run.get());
  return all;
}

const PlanRun* Engine::find_plan(const std::string& id) const {
  auto found = impl_->runs.find(id);
  return found == impl_->runs.end() ? nullptr : found->second.get();
}

Answer<std::string> Engine::plan_of_duty(const std::string& duty) const {
  std::vector<std::string> plans;
  std::vector<std::string> known;
  for (const auto& [id, run] : impl_->runs) {
    if (run->plan().find_duty(duty) != nullptr) plans.push_back(id);
    for (const auto& one : run->plan().duties) known.push_back(one.id);
  }
  if (plans.size() == 1) return plans.front();
  if (plans.empty()) {
    auto near = did_you_mean(duty, known);
    return std::unexpected(Refusal{
        "unknown-duty", both("没有事项“{}”", "there is no duty “{}”", duty),
        near.empty() ? Bilingual{} : both("是不是“{}”?", "did you mean “{}”?", near)});
  }
  return std::unexpected(Refusal{"several-plans",
                                 both("“{}”在几个方案里都有:{}", "“{}” is in several plans: {}",
                                      duty, settings::listed(plans)),
                                 {"加 --plan", "add --plan"}});
}

Instant Engine::now() const { return impl_->now(); }

Tongue Engine::Impl::language() const {
  bool english = !runs.empty() && std::ranges::all_of(runs, [](const auto& one) {
    return one.second->plan().language == Tongue::english;
  });
  return english ? Tongue::english : Tongue::chinese;
}

Tongue Engine::language() const { return impl_->language(); }
bool Engine::is_pretended() const { return impl_->options.pretended; }

const message::Templates& Engine::templates() const { return impl_->shared_templates; }

asio::awaitable<Answer<std::vector<ledger::NoticeView>>> Engine::notices(
    ledger::NoticeQuery query) {
  auto found = co_await impl_->store.notices(std::move(query));
  if (!found) co_return std::unexpected(from_store(found.error()));
  co_return std::move(*found);
}

asio::awaitable<Answer<std::vector<schedule::Fact>>> Engine::record(
    std::string plan, std::vector<schedule::Fact> facts) {
  auto held = co_await impl_->turn.take();
  auto found = impl_->runs.find(plan);
  if (found == impl_->runs.end()) {
    co_return std::unexpected(
        Refusal{"unknown-plan", both("没有方案“{}”", "there is no plan “{}”", plan), {}});
  }
  auto& run = *found->second;
  co_await impl_->step_plan(run);
  auto now = impl_->now();
  for (auto& fact : facts) {
    fact.recorded_at = now;
    // What is voided is about what the voided fact was about.
    if (fact.kind == FactKind::voided) {
      const auto& all = run.record().facts();
      auto old = std::ranges::find(all, fact.refers, &schedule::Fact::seq);
      if (old != all.end()) fact.about = old->about;
    }
    if (auto problem = problem_with(run, fact, now)) co_return std::unexpected(*problem);
    for (const auto& file : fact.files) {
      if (impl_->files.has(file.digest, file.bytes)) continue;
      co_return std::unexpected(
          Refusal{"unknown-file",
                  both("没有收到过文件“{}”", "the file “{}” was never received", file.name),
                  {"先把文件发到 /api/v1/files", "send the file to /api/v1/files first"}});
    }
  }
  auto written = co_await impl_->write_facts(run, facts);
  nudge();
  if (!written) co_return std::unexpected(from_store(written.error()));
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts[i].seq = written->at(i);
    log_fact(plan, facts[i]);
  }
  co_await impl_->step_plan(run);
  co_return facts;
}

asio::awaitable<Answer<void>> Engine::release(std::string notice, std::string by,
                                              std::string plan) {
  auto fact = own_fact(FactKind::released, impl_->now(), notice);
  fact.by = std::move(by);
  if (notice == schedule::storm_code) {
    co_return co_await impl_->free_storm(std::move(fact), std::move(plan));
  }
  co_return co_await impl_->record_about_draft(std::move(notice), std::move(fact));
}

asio::awaitable<Answer<void>> Engine::defer(std::string notice, Instant until, std::string by) {
  auto fact = own_fact(FactKind::deferred, impl_->now(), notice);
  fact.by = std::move(by);
  fact.time = until;
  co_return co_await impl_->record_about_draft(std::move(notice), std::move(fact));
}

asio::awaitable<Answer<std::string>> Engine::resend(std::string notice, std::string by) {
  auto held = co_await impl_->turn.take();
  auto found = co_await impl_->store.notices({.id = notice});
  if (!found) co_return std::unexpected(from_store(found.error()));
  if (found->empty()) {
    co_return std::unexpected(
        Refusal{"unknown-notice", both("没有通知 {}", "there is no notice {}", notice),
                {"看 dubanctl notices", "see dubanctl notices"}});
  }
  const auto& view = found->front();
  auto run_of = impl_->runs.find(view.plan);
  if (run_of == impl_->runs.end() || view.notice.head.state == NoticeState::drafted) {
    co_return std::unexpected(
        Refusal{"not-sent", {"这件通知没有发出过", "this notice was never sent"},
                {"草稿用 release 发出", "send a draft with release"}});
  }
  auto& run = *run_of->second;
  co_await impl_->step_plan(run);
  auto copy = resent_copy(view, run, impl_->store.salt(), impl_->now());
  auto id = copy.head.id;
  auto advance = run.prepare(impl_->now(), impl_->clock.machine_now(), impl_->store.salt()).advance;
  advance.notices.push_back(std::move(copy));
  if (auto done = co_await impl_->commit(run, std::move(advance)); !done.stands) {
    co_return std::unexpected(
        Refusal{"ledger", {"没有写成", "it was not written"}, {"再试一次", "try again"}});
  }
  // What is being sent goes on whole, and a copy of it is not written.
  auto written = co_await impl_->store.notices({.id = id});
  if (!written) co_return std::unexpected(from_store(written.error()));
  if (written->empty()) {
    co_return std::unexpected(Refusal{
        "being-sent",
        both("通知 {} 正在发送,结果还没有记下,没有补发",
             "notice {} is being sent and its outcome is not known yet; it was not sent again",
             notice),
        {"过几分钟看 dubanctl notices,没有送达再补发",
         "see dubanctl notices in a few minutes, and resend it if it was not delivered"}});
  }
  co_await impl_->refresh(run);
  spdlog::info("notice {} sent again as {} by {}", notice, id, by);
  nudge();
  co_return id;
}

asio::awaitable<Answer<void>> Engine::accept_clock(std::string by) {
  auto held = co_await impl_->turn.take();
  if (!impl_->held_at) {
    co_return std::unexpected(
        Refusal{"not-held", {"没有停下的时钟跳变", "no step of the clock is held"}, {}});
  }
  impl_->held_at.reset();
  impl_->held_step = Seconds{0};
  impl_->problems.erase("clock-step");
  auto fact = own_fact(FactKind::clock_accepted, impl_->now(), "clock");
  fact.by = std::move(by);
  for (auto& [id, run] : impl_->runs) {
    std::vector<schedule::Fact> facts{fact};
    co_await impl_->write_facts(*run, std::move(facts));
  }
  co_await impl_->step_due();
  nudge();
  co_return Answer<void>{};
}

std::optional<Engine::Address> Engine::address_of(const std::string& plan,
                                                  const std::string& endpoint) const {
  const auto* run = find_plan(plan);
  if (run == nullptr) return std::nullopt;
  const auto* found = run->plan().find_endpoint(endpoint);
  if (found == nullptr) return std::nullopt;
  Address address{found->channel, found->address, "", run->plan().language};
  for (const auto& contact : run->plan().contacts) {
    bool named = std::ranges::find(contact.endpoints, endpoint) != contact.endpoints.end();
    if (!named) continue;
    auto name = run->plan().name_of(contact.unit) + contact.name;
    address.recipient_name += address.recipient_name.empty() ? name : "、" + name;
  }
  return address;
}

}  // namespace duban::engine
