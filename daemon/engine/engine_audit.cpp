// The daemon holds itself against its ledger, off the path: the past is read anew in pieces, the
// calculation is done aside, and everybody waits only while the last rows are read.

#include <algorithm>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "engine/audit.h"
#include "engine/engine_impl.h"
#include "engine/outbox_check.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

constexpr auto audit_failed = "audit-failed";

std::string problem_of(const std::string& plan) { return std::string{audit_failed} + '/' + plan; }

bool is_about_ledger(const Finding& finding) {
  using enum FindingKind;
  switch (finding.kind) {
    case not_in_outbox:
    case never_due:
    case far_away:
    case lease_stays:
    case ended_in_outbox:
    case draft_is_due:
    case tries_differ:
    case doubled:
    case cursor_ahead: return true;
    default: return false;
  }
}

Bilingual mend_for(const std::vector<Finding>& findings) {
  if (std::ranges::any_of(findings, is_about_ledger)) {
    return {"台账可能被改动过或坏了:没有发出的用 dubanctl resend 补发,留好状态目录的副本,"
            "连同日志交给维护的人",
            "the ledger may have been altered or damaged: send what did not go out with dubanctl "
            "resend, keep a copy of the state folder, and give it with the log to whoever "
            "maintains duban"};
  }
  return {"重启 duband 会重新读台账、补上没发的;再出现,就把日志交给维护的人",
          "restart duband to read the ledger anew and send what is missing; if it comes back, give "
          "the log to whoever maintains duban"};
}

}  // namespace

// One plan's; shared with the calculation, which may outlive whoever cancelled it.
struct Engine::Impl::Audit {
  Audit(std::string of, const Clock& clock) : plan(std::move(of)), watch(clock) {}

  std::string plan;
  ClockWatch watch;
  LedgerFold fold;
  OutboxCheck outbox;
  Lived lived;
  OutboxCheck::Moment moment;
  std::vector<Finding> findings;
  /// Why it could not be worked out.
  std::string failed;

  void work() {
    findings = compare(lived, fold);
    auto more = outbox.against(fold, moment);
    findings.insert(findings.end(), more.begin(), more.end());
  }
  // A calculation that fails costs nobody the daemon.
  void work_or_note() {
    try {
      work();
    } catch (const std::exception& error) {
      failed = error.what();
    }
  }
};

// All rows that there are.
asio::awaitable<bool> Engine::Impl::read_on(std::shared_ptr<Audit> audit) {
  for (;;) {
    auto rows = co_await store.read(audit->plan, audit->fold.last(), limits::audit_rows);
    if (!rows) {
      spdlog::error("audit of plan {}: {}", audit->plan, rows.error().detail);
      co_return false;
    }
    auto piece = std::make_shared<ledger::Rows>(std::move(*rows));
    co_await aside.run([audit, piece] { audit->fold.add(*piece); });
    if (piece->rows.size() < limits::audit_rows) co_return true;
  }
}

asio::awaitable<bool> Engine::Impl::read_outbox(std::shared_ptr<Audit> audit) {
  std::int64_t after = 0;
  for (;;) {
    auto piece = co_await store.outbox(audit->plan, after, limits::audit_rows);
    if (!piece) {
      spdlog::error("audit of plan {}: {}", audit->plan, piece.error().detail);
      co_return false;
    }
    bool last = piece->rows.size() < limits::audit_rows;
    after = piece->last;
    audit->outbox.add(std::move(piece->rows));
    if (last) co_return true;
  }
}

// Exactly up to that row, which the daemon has read; there may be later ones by now.
asio::awaitable<bool> Engine::Impl::read_to(std::shared_ptr<Audit> audit, std::int64_t row) {
  auto limit = limits::audit_rows;
  while (audit->fold.last() < row && limit > 0) {
    auto rows = co_await store.read(audit->plan, audit->fold.last(), limit);
    if (!rows) co_return false;
    if (rows->rows.empty()) co_return true;
    if (rows->last > row) {
      limit /= 2;
    } else {
      audit->fold.add(*rows);
    }
  }
  co_return true;
}

// What the daemon would do of itself, before and after it is made to look. While a notice is being
// sent that is to end, what follows waits: nobody has overslept that.
asio::awaitable<bool> Engine::Impl::look_at(std::shared_ptr<Audit> audit, PlanRun& run) {
  auto cursor = co_await store.cursor(audit->plan);
  if (!cursor) co_return false;
  auto& lived = audit->lived;
  bool due = run.is_due(*cursor, now());
  if (!due) {
    auto saying = saying_of(run.decide(now()));
    due = !saying.told.empty() || !saying.ended.empty();
    if (saying.ended.empty()) lived.overslept = std::move(saying);
  }
  if (due) co_await step_plan(run);
  if (!co_await refresh(run) || !co_await read_to(audit, run.last_row())) co_return false;
  lived.timetable = run.timetable_ptr();
  lived.tally = run.tally();
  lived.now = now();
  lived.cursor = run.cursor();
  lived.looked = run.looked();
  lived.next_wake = run.next_wake();
  lived.saying = saying_of(run.decide(lived.now));
  lived.undisturbed_since = taken_at[audit->plan];
  auto sending_for = clock.since_boot() - began;
  audit->moment = {clock.machine_now(), clock.machine_now() - sending_for};
  co_return audit->watch.step() == Seconds{0};
}

asio::awaitable<void> Engine::Impl::conclude(std::shared_ptr<Audit> audit, PlanRun& run) {
  const auto& plan = run.plan();
  audited_at[plan.id] = audit->lived.now;
  bool well = audit->findings.empty() && audit->failed.empty();
  if (well) {
    if (problems.erase(problem_of(plan.id)) > 0) spdlog::info("audit of plan {} agrees", plan.id);
    co_return;
  }
  auto words = audit->failed.empty() ? words_of(audit->findings, plan)
                                     : Bilingual{"没有算出来", "it could not be worked out"};
  Problem problem{audit_failed,
                  both("方案 {} 自查对不上:{}", "the audit of plan {} does not agree: {}", plan.id,
                       words),
                  mend_for(audit->findings)};
  auto& known = problems[problem_of(plan.id)];
  if (known != problem) {
    spdlog::error("audit of plan {}: {} difference(s):{}{}", plan.id, audit->findings.size(),
                  log_lines(audit->findings), audit->failed);
    known = std::move(problem);
  }
  if (noted_today(run, audit_failed)) co_return;
  co_await note_trouble(plan.id, audit_failed);
  look_soon();
}

asio::awaitable<void> Engine::Impl::audit_plan(std::string id) {
  auto audit = std::make_shared<Audit>(id, clock);
  if (!co_await read_on(audit)) co_return;
  audit->outbox.begin(audit->fold);
  bool read = co_await read_outbox(audit) && co_await read_on(audit);
  if (!read) co_return;
  {
    auto held = co_await turn.take();
    auto run = runs.find(id);
    bool lives = run != runs.end() && !held_at;
    if (!lives || !co_await look_at(audit, *run->second)) co_return;
  }
  co_await aside.run([audit] { audit->work_or_note(); });
  auto held = co_await turn.take();
  auto run = runs.find(id);
  if (run != runs.end()) co_await conclude(audit, *run->second);
}

asio::awaitable<void> Engine::audit() {
  auto alone = co_await impl_->auditing.take();
  std::vector<std::string> plans;
  {
    auto held = co_await impl_->turn.take();
    co_await impl_->meet_clock();
    for (const auto& [id, run] : impl_->runs) plans.push_back(id);
    std::erase_if(impl_->problems, [&](const auto& each) {
      return each.second.code == audit_failed &&
             std::ranges::none_of(plans, [&](const auto& id) {
               return each.first == problem_of(id);
             });
    });
  }
  for (const auto& id : plans) co_await impl_->audit_plan(id);
}

asio::awaitable<void> Engine::run_audits() {
  auto& clock = impl_->clock;
  // Counted by time since boot: a clock that is set brings none nearer.
  std::optional<Seconds> last;
  for (;;) {
    auto every = impl_->options.settings.audit;
    auto next = last ? *last + every : impl_->began + std::min(every, limits::audit_first);
    // A second of the machine's must not be minutes of the plan's: what falls due meanwhile would
    // look missed.
    bool on = every > Seconds{0} && clock.speed() == 1;
    auto left = next - clock.since_boot();
    if (on && left <= Seconds{0}) {
      co_await audit();
      last = clock.since_boot();
      continue;
    }
    co_await impl_->audit_alarm.wait(on ? std::optional{clock.machine_now() + left}
                                        : std::nullopt);
  }
}

}  // namespace duban::engine
