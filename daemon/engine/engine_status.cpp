// How duban does: what is wrong and how to mend it, and the pulse for those who watch over it.

#include <algorithm>
#include <iterator>
#include <set>

#include "base/limits.h"
#include "calendar/workdays.h"
#include "engine/engine_impl.h"
#include "engine/log_lines.h"
#include "engine/urgency.h"
#include "schedule/missing_calendar.h"

namespace duban::engine {

namespace asio = boost::asio;

namespace {

// One file and its journal; where one is missing it has no bytes.
std::uintmax_t bytes_of(const std::filesystem::path& ledger) {
  std::uintmax_t bytes = 0;
  for (const auto* journal : {"", "-wal"}) {
    std::error_code missing;
    auto size = std::filesystem::file_size(ledger.string() + journal, missing);
    if (!missing) bytes += size;
  }
  return bytes;
}

int published_years(const schedule::Timetable& timetable, Instant now) {
  const calendar::Workdays workdays{timetable.plan().calendar};
  const int first = year_of(timetable.zone().day_of(now));
  int year = first;
  while (workdays.is_published(make_day(year, 1, 1))) ++year;
  return year - first;
}

PlanPulse pulse_of(const PlanRun& run, Instant now) {
  PlanPulse pulse{.id = run.plan().id,
                  .advanced = std::max(run.cursor(), run.looked()),
                  .next = run.next_wake(),
                  .calendar_years = published_years(run.timetable(), now)};
  for (const auto& [id, notice] : run.record().open_notices()) {
    if (notice.state == NoticeState::drafted) {
      ++pulse.drafted;
      continue;
    }
    ++pulse.pending;
    pulse.oldest_pending =
        std::min(pulse.oldest_pending.value_or(notice.queued_at), notice.queued_at);
  }
  return pulse;
}

}  // namespace

std::vector<std::string> Engine::units_of(const std::string& plan,
                                          const std::string& notice) const {
  const auto* run = find_plan(plan);
  if (run == nullptr) return {};
  const auto& open = run->record().open_notices();
  auto found = open.find(notice);
  return found == open.end() ? std::vector<std::string>{}
                             : engine::units_of(found->second.items);
}

std::vector<Problem> Engine::Impl::problems_of(const PlanRun& run) const {
  const auto& id = run.plan().id;
  std::vector<Problem> found;
  if (auto stormy = run.record().storm_drafts(); stormy > 0) {
    auto of_plan = runs.size() > 1 ? " --plan " + id : std::string{};
    found.push_back(
        {"storm-held",
         both("方案 {} 有{}条消息要一次发出,已压下",
              "plan {} has {} messages that would go out at once; they are held", id, stormy),
         both("看 dubanctl notices --state drafted;放行:dubanctl release storm{}",
              "see dubanctl notices --state drafted; to let them go: dubanctl release storm{}",
              of_plan)});
  }
  for (const auto& [endpoint, failing] : run.record().failing_endpoints()) {
    if (failing.attempts < limits::failing_attempts) continue;
    found.push_back(
        {"endpoint-failing",
         both("方案 {} 的地址 {} 连续 {} 次没有送达({})",
              "endpoint {1} of plan {0} failed {2} times in a row ({3})", id, endpoint,
              failing.attempts, to_word(failing.reason)),
         {"看 dubanctl notices --state retrying;改好后 dubanctl send-test",
          "see dubanctl notices --state retrying; once mended, run dubanctl send-test"}});
  }
  if (auto year = schedule::missing_calendar(run.timetable(), now())) {
    found.push_back(
        {"calendar-missing",
         both("方案 {} 的工作日历还没有{}年的放假安排",
              "the work calendar of plan {} lacks the public holidays of {}", id, *year),
         {"国务院办公厅公布后:dubanctl calendar import 文件",
          "once the State Council publishes them: dubanctl calendar import FILE"}});
  }
  return found;
}

asio::awaitable<Answer<Status>> Engine::status(std::string plan) {
  auto held = co_await impl_->turn.take();
  auto is_asked = [&](std::string_view id) { return plan.empty() || id.empty() || id == plan; };
  Status status;
  status.since = impl_->since;
  status.now = impl_->now();
  status.pretended = impl_->options.pretended;
  status.language = impl_->language();
  for (const auto& [key, problem] : impl_->problems) {
    auto after_code = std::string_view{key}.substr(std::min(key.find('/'), key.size() - 1) + 1);
    if (is_asked(after_code)) status.problems.push_back(problem);
  }
  auto cursors = co_await impl_->store.cursors();
  if (!cursors) co_return std::unexpected(from_store(cursors.error()));
  for (auto& [id, run] : impl_->runs) {
    if (!is_asked(id)) continue;
    if ((*cursors)[id].last_row != run->last_row()) co_await impl_->refresh(*run);
    auto audited = impl_->audited_at.find(id);
    status.plans.push_back({id, run->cursor(), run->next_wake()});
    if (audited != impl_->audited_at.end()) status.plans.back().audited_at = audited->second;
    for (auto& silence : schedule::silences_of(run->timetable(), run->record())) {
      if (silence.until > impl_->now()) status.silences.push_back({id, std::move(silence)});
    }
    std::ranges::move(impl_->problems_of(*run), std::back_inserter(status.problems));
    status.pulses.push_back(pulse_of(*run, impl_->now()));
  }
  auto counts = co_await impl_->store.counts(plan);
  if (!counts) co_return std::unexpected(from_store(counts.error()));
  status.outbox = *counts;
  if (!impl_->options.ledger.empty()) status.ledger_bytes = bytes_of(impl_->options.ledger);
  if (status.outbox.failed > 0) {
    status.problems.push_back({"notices-failed",
                               both("{} 件通知没有送达", "notices not delivered: {}",
                                    status.outbox.failed),
                               {"看 dubanctl notices --state failed,退信看 --state bounced;"
                                "改好地址后 dubanctl resend",
                                "see dubanctl notices --state failed, and --state bounced for "
                                "returned mail; mend the address, then run dubanctl resend"}});
  }
  std::ranges::stable_sort(status.problems, {},
                           [](const Problem& problem) { return urgency(problem.code); });
  co_return status;
}

Pulse Engine::pulse() const {
  Pulse pulse{.started = impl_->started,
              .now = impl_->now(),
              .since = impl_->since,
              .speed = impl_->clock.speed(),
              .clock_held = impl_->held_at.has_value(),
              .ledger_failures = impl_->store_failures,
              .reloads = impl_->reloads};
  std::set<std::string> codes;
  for (const auto& [key, problem] : impl_->problems) codes.insert(problem.code);
  for (const auto& [id, run] : impl_->runs) {
    auto& plan = pulse.plans.emplace_back(pulse_of(*run, pulse.now));
    if (auto refused = impl_->refusals.find(id); refused != impl_->refusals.end()) {
      plan.refusals = refused->second;
    }
    for (const auto& problem : impl_->problems_of(*run)) codes.insert(problem.code);
  }
  pulse.language = impl_->language();
  pulse.problems.assign(codes.begin(), codes.end());
  if (!impl_->options.ledger.empty()) pulse.ledger_bytes = bytes_of(impl_->options.ledger);
  return pulse;
}

}  // namespace duban::engine
