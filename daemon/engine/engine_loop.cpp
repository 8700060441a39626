#include <algorithm>
#include <set>
#include <span>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <utility>

#include "base/limits.h"
#include "engine/engine_impl.h"
#include "engine/fact_checks.h"
#include "engine/log_lines.h"
#include "engine/text_fact.h"
#include "io/deadline.h"
#include "io/together.h"
#include "ledger/retry_pause.h"
#include "settings/report.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

constexpr auto step_refused = "step-refused";

bool is_empty(const ledger::Advance& step) {
  return step.notices.empty() && step.facts.empty() && step.ended_notices.empty() &&
         step.ended_items.empty();
}

}  // namespace

Refusal from_store(const ledger::StoreError& error) {
  if (error.damaged) {
    return {"ledger", both("台账坏了:{}", "the ledger is damaged: {}", error.detail),
            {"停下 duband,用备份恢复:dubanctl ledger restore 文件",
             "stop duband and restore a backup: dubanctl ledger restore FILE"}};
  }
  return {"ledger", both("台账没有写成:{}", "the ledger was not written: {}", error.detail),
          {"看 dubanctl status 和日志,过后再试",
           "see dubanctl status and the log, then try again later"}};
}

schedule::Fact own_fact(FactKind kind, Instant now, std::string subject) {
  schedule::Fact fact;
  fact.kind = kind;
  fact.at = now;
  fact.recorded_at = now;
  fact.by = "duband";
  fact.way = "engine";
  fact.subject = std::move(subject);
  return fact;
}

void Engine::Impl::store_answered() {
  if (std::exchange(store_failures, 0) > 0) problems.erase("ledger-failing");
}

void Engine::Impl::store_failed(const ledger::StoreError& error) {
  // The first failure in a row is tried again at once, and may have been nothing.
  if (++store_failures < limits::ledger_failures) return;
  if (store_failures == limits::ledger_failures) {
    spdlog::error("ledger: not written, or not read: {}", error.detail);
  }
  problems["ledger-failing"] = {
      "ledger-failing",
      both("台账连续 {} 次写不进或读不出:{}",
           "the ledger could not be written or read {} times in a row: {}", store_failures,
           error.detail),
      {"看磁盘满没满、好不好;好了会自己接着写",
       "see whether the disk is full or failing; once it is well, writing goes on by itself"}};
}

// The cursor first: what comes after it is read the next time, and fences a step until then.
asio::awaitable<bool> Engine::Impl::refresh(PlanRun& run) {
  auto cursor = co_await store.cursor(run.plan().id);
  if (!cursor) {
    store_failed(cursor.error());
    co_return false;
  }
  while (run.last_row() < cursor->last_row) {
    auto rows = co_await store.read(run.plan().id, run.last_row(), limits::ledger_rows);
    if (!rows) {
      store_failed(rows.error());
      co_return false;
    }
    run.fold(*rows);
    if (rows->rows.size() < limits::ledger_rows) break;
  }
  run.set_cursor(*cursor);
  co_return true;
}

void Engine::Impl::well_written(const std::string& plan) {
  refusals.erase(plan);
  problems.erase("refused/" + plan);
}

auto Engine::Impl::commit(PlanRun& run, ledger::Advance advance) -> asio::awaitable<Committed> {
  auto wanted = advance.cursor;
  auto done = co_await store.advance(std::move(advance));
  if (done) {
    store_answered();
    co_return Committed{.stands = true, .waits = !done->in_flight.empty()};
  }
  const auto& error = done.error();
  using enum ledger::StoreStatus;
  if (error.status == broken) {
    throw std::runtime_error("ledger broken: " + error.detail);
  }
  if (error.status == unknown) {
    auto cursor = co_await store.cursor(run.plan().id);
    bool stands = cursor && cursor->at == wanted;
    if (stands) store_answered();
    if (!stands) store_failed(error);
    co_return Committed{.stands = stands};
  }
  bool again = error.status == fenced || error.status == retry;
  if (error.status == retry) store_failed(error);
  if (!again) {
    if (++refusals[run.plan().id] <= 2) {
      spdlog::error("ledger: step of plan {} refused: {}", run.plan().id, error.detail);
    }
    problems["refused/" + run.plan().id] = {
        step_refused,
        both("方案 {} 的一步没有写成:{}", "a step of plan {} was not written: {}", run.plan().id,
             error.detail),
        {"这是程序的错,请把日志交给维护的人",
         "this is a fault of the program: give the log to whoever maintains duban"}};
  }
  co_return Committed{.refused = error.notice};
}

asio::awaitable<void> Engine::Impl::step_plan(PlanRun& run) {
  bool waited = false;
  // One message that the ledger will not have does not keep back the others.
  std::set<std::string> left_out;
  for (int round = 0; round < limits::step_rounds; ++round) {
    if (!co_await refresh(run)) co_return;
    if (auto text = unnoted.find(run.plan().id); text != unnoted.end()) {
      auto [by, diffed] = text->second;
      co_await note_text(run, by, diffed);
    }
    auto moment = now();
    auto step = run.prepare(moment, clock.machine_now(), store.salt());
    std::erase_if(step.advance.notices,
                  [&](const auto& notice) { return left_out.contains(notice.head.id); });
    bool nothing = is_empty(step.advance);
    bool same = run.cursor() && *run.cursor() >= step.advance.cursor;
    if (nothing && same) {
      run.set_looked(moment);
      if (left_out.empty()) run.decided();
      co_return;
    }
    // One that is not written is tried again and again, and said once.
    auto lines = notice_lines(run.plan().id, step.advance.notices);
    auto done = co_await commit(run, std::move(step.advance));
    if (!done.refused.empty()) {
      left_out.insert(done.refused);
      continue;
    }
    if (done.stands) {
      run.set_looked(moment);
      log_written(lines);
    }
    if (done.stands && left_out.empty()) well_written(run.plan().id);
    if (!done.stands && refusals.contains(run.plan().id)) break;
    if (done.stands && !left_out.empty()) {
      // A program error: whoever was to be told is not, and the office must know.
      co_await note_trouble_once_a_day(run, step_refused);
      continue;
    }
    // What waits for a notice in flight is decided when that is settled.
    if (done.stands && nothing) run.decided();
    if (done.stands && (nothing || (waited && done.waits))) break;
    waited = done.waits;
    if (store_failures > 1) break;
  }
  co_await refresh(run);
}

asio::awaitable<void> Engine::Impl::step_plans(std::vector<PlanRun*> chosen) {
  co_await io::together(chosen.size(), limits::plans_at_once,
                        [&](std::size_t index) { return step_plan(*chosen[index]); });
}

asio::awaitable<void> Engine::Impl::step_due() {
  auto cursors = co_await store.cursors();
  if (!cursors) store_failed(cursors.error());
  std::vector<PlanRun*> due;
  for (auto& [id, run] : runs) {
    if (!cursors || run->is_due((*cursors)[id], now())) due.push_back(run.get());
  }
  // Nothing is left that was not written.
  if (cursors && due.empty()) store_answered();
  co_await step_plans(std::move(due));
}

// An answer that was lost is looked up: in its turn nobody else writes facts, so that these come
// last or were not written.
auto Engine::Impl::write_facts(PlanRun& run, std::vector<schedule::Fact> facts)
    -> asio::awaitable<Written> {
  auto known = run.record().facts().size();
  auto written = co_await store.record(run.plan().id, facts);
  if (written) co_return written;
  if (written.error().status == ledger::StoreStatus::refused) {
    spdlog::error("ledger: facts of plan {} refused: {}", run.plan().id, written.error().detail);
    co_return written;
  }
  store_failed(written.error());
  if (!co_await refresh(run)) co_return written;
  auto found = std::span{run.record().facts()}.subspan(known);
  auto ours = std::ranges::find_end(found, facts, [](schedule::Fact there, const auto& wanted) {
    there.seq = wanted.seq;
    return there == wanted;
  });
  if (ours.empty()) {
    // From the second failure in a row on store_failed() has said it.
    if (store_failures < limits::ledger_failures) {
      spdlog::error("ledger: facts of plan {} not written: {}", run.plan().id,
                    written.error().detail);
    }
    co_return written;
  }
  store_answered();
  std::vector<std::int64_t> numbers;
  for (const auto& fact : ours) numbers.push_back(fact.seq);
  co_return numbers;
}

void Engine::Impl::look_soon() {
  alarm.cancel();
  nudged.raise();
}

asio::awaitable<void> Engine::Impl::note_trouble(const std::string& plan,
                                                 const std::string& code) {
  std::vector<schedule::Fact> facts{own_fact(FactKind::trouble, now(), code)};
  co_await write_facts(*runs.at(plan), std::move(facts));
}

asio::awaitable<void> Engine::Impl::note_trouble_everywhere(const std::string& code) {
  for (auto& [id, run] : runs) co_await note_trouble(id, code);
}

// What the office hears once a day is not to be written down every hour.
bool Engine::Impl::noted_today(const PlanRun& run, std::string_view code) const {
  const auto& zone = run.timetable().zone();
  return std::ranges::any_of(run.record().facts(), [&](const schedule::Fact& fact) {
    return fact.kind == FactKind::trouble && fact.subject == code &&
           zone.day_of(fact.at) == zone.day_of(now());
  });
}

asio::awaitable<void> Engine::Impl::note_trouble_once_a_day(const PlanRun& run,
                                                            std::string code) {
  if (!noted_today(run, code)) co_await note_trouble(run.plan().id, code);
}

asio::awaitable<void> Engine::Impl::meet_clock() {
  auto step = watch.step();
  if (step == Seconds{0}) co_return;
  spdlog::warn("the clock was set by {} s", step.count());
  co_await store.shift(step);
  if (options.pretended) co_return;
  held_step += step;
  bool believed = std::chrono::abs(held_step) <= options.settings.max_step ||
                  (!held_at && step < Seconds{0});
  if (believed) {
    if (held_at) spdlog::info("the clocks agree again: going on");
    held_at.reset();
    held_step = Seconds{0};
    problems.erase("clock-step");
    co_return;
  }
  if (!held_at) held_at = clock.now() - step;
  problems["clock-step"] = {
      "clock-step",
      both("机器时钟一次跳了 {} 秒,已停下不发",
           "the machine's clock jumped by {} s at once, and nothing is sent", held_step.count()),
      {"时钟对了就运行 dubanctl clock accept;错了先对时",
       "run dubanctl clock accept if the clock is right; set it first if it is wrong"}};
  co_await note_trouble_everywhere("clock-step");
}

asio::awaitable<void> Engine::Impl::wait() {
  std::optional<Instant> next;
  for (const auto& [id, run] : runs) {
    auto wake = run->next_wake();
    // The same would be refused again; what comes later may not be.
    if (auto refused = refusals.find(id); refused != refusals.end()) {
      wake = clock.now() + ledger::retry_pause(refused->second + 1) * clock.speed();
    }
    if (wake) next = std::min(next.value_or(*wake), *wake);
  }
  if (held_at) next.reset();
  // What was not written may be wanted before the next time comes.
  if (store_failures > 0) {
    next = clock.now() + ledger::retry_pause(store_failures) * clock.speed();
  }
  if (options.pretended) {
    using std::chrono::milliseconds;
    auto business = next ? *next - clock.now() : Seconds{24 * 3600};
    auto machine = milliseconds{business} / clock.speed() + milliseconds{1};
    co_await io::ends_within(nudged.wait(), std::max(machine, milliseconds{1}));
    co_return;
  }
  co_await alarm.wait(next);
}

void Engine::Impl::take_plan(const std::string& id, std::shared_ptr<const plan::Plan> plan,
                             const message::Templates& fresh) {
  taken_at[id] = now();
  shared_templates = fresh;
  auto& run = runs[id];
  if (run) {
    run->replace_plan(std::move(plan), fresh);
  } else {
    run = std::make_unique<PlanRun>(std::move(plan), fresh);
  }
  run->use_forms(forms);
}

asio::awaitable<void> Engine::Impl::note_text(PlanRun& run, const std::string& by,
                                              bool diffed) {
  const auto& facts = run.record().facts();
  auto last = std::ranges::find(facts.rbegin(), facts.rend(), FactKind::plan_text,
                                &schedule::Fact::kind);
  unnoted.erase(run.plan().id);
  if (last != facts.rend() && last->subject == run.plan().digest) co_return;
  std::vector<schedule::Fact> noted{text_fact(run.plan().digest, now(), by, diffed)};
  auto written = co_await write_facts(run, std::move(noted));
  if (!written) unnoted[run.plan().id] = {by, diffed};
}

std::optional<std::pair<PlanRun*, const schedule::NoticeHead*>> Engine::Impl::find_open(
    const std::string& notice) {
  for (auto& [id, run] : runs) {
    auto found = run->record().open_notices().find(notice);
    if (found != run->record().open_notices().end()) return std::pair{run.get(), &found->second};
  }
  return std::nullopt;
}

asio::awaitable<Answer<void>> Engine::Impl::record_and_step(PlanRun& run, schedule::Fact fact) {
  std::vector<schedule::Fact> facts{std::move(fact)};
  auto written = co_await write_facts(run, std::move(facts));
  look_soon();
  if (!written) co_return std::unexpected(from_store(written.error()));
  co_await step_plan(run);
  co_return Answer<void>{};
}

asio::awaitable<Answer<void>> Engine::Impl::record_about_draft(std::string notice,
                                                               schedule::Fact fact) {
  auto held = co_await turn.take();
  co_await step_due();
  auto open = find_open(notice);
  if (open) {
    co_await step_plan(*open->first);
    open = find_open(notice);
  }
  if (!open || open->second->state != NoticeState::drafted) {
    co_return std::unexpected(
        Refusal{"no-draft", both("没有待点发的 {}", "no draft {} waits for release", notice),
                {"看 dubanctl notices --state drafted", "see dubanctl notices --state drafted"}});
  }
  fact.subject = notice;
  auto& run = *open->first;
  if (auto problem = problem_with(run, fact, now())) co_return std::unexpected(*problem);
  co_return co_await record_and_step(run, std::move(fact));
}

// Of one plan: what another office has to look at is not let go with it.
asio::awaitable<Answer<void>> Engine::Impl::free_storm(schedule::Fact fact, std::string plan) {
  auto held = co_await turn.take();
  co_await step_due();
  std::vector<std::string> stormy;
  for (const auto& [id, run] : runs) {
    bool storm = run->record().storm_drafts() > 0;
    if (storm && (plan.empty() || plan == id)) stormy.push_back(id);
  }
  if (stormy.empty()) {
    co_return std::unexpected(Refusal{"no-storm", {"没有压下的消息", "no messages are held"},
                                      {"看 dubanctl status", "see dubanctl status"}});
  }
  if (stormy.size() > 1) {
    co_return std::unexpected(
        Refusal{"which-plan", {"不止一个方案有压下的消息", "several plans have held messages"},
                both("加 --plan,一个一个看过再放:{}",
                     "add --plan, and look at each before you release it: {}",
                     settings::listed(stormy))});
  }
  auto& run = *runs.at(stormy.front());
  co_await step_plan(run);
  co_return co_await record_and_step(run, std::move(fact));
}

}  // namespace duban::engine
