#include "control/metrics.h"

#include <fmt/format.h>
#include <array>
#include <iterator>
#include <utility>

#include "base/version.h"
#include "control/health.h"

namespace duban::control {
namespace {

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

std::string escaped(std::string_view value) {
  std::string out;
  for (char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

/// Writes families one after the other, each with its head, as the format wants them.
class Page {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    write("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
  }
  template <class Number>
  void sample(const Labels& labels, Number value, std::string_view suffix = "") {
    write("{}{}", name_, suffix);
    std::string_view before = "{";
    for (const auto& [label, text] : labels) {
      write("{}{}=\"{}\"", before, label, escaped(text));
      before = ",";
    }
    write("{} {}\n", labels.empty() ? "" : "}", value);
  }
  std::string take() { return std::move(text_); }

 private:
  template <class... Arguments>
  void write(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
  }

  std::string text_;
  std::string_view name_;
};

std::int64_t seconds_of(Instant at) { return at.time_since_epoch().count(); }

/// How delivery may end a notice, of which an alert wants to see the first: a counter that appears
/// with it has not risen.
constexpr std::array endings_from_zero{
    std::pair{NoticeState::delivered, Reason::accepted},
    std::pair{NoticeState::failed, Reason::tries_exhausted},
    std::pair{NoticeState::failed, Reason::refused},
    std::pair{NoticeState::failed, Reason::reply_lost},
    std::pair{NoticeState::failed, Reason::endpoint_gone},
    std::pair{NoticeState::failed, Reason::bad_address},
    std::pair{NoticeState::failed, Reason::bad_configuration},
    std::pair{NoticeState::bounced, Reason::refused},
    std::pair{NoticeState::bounced, Reason::bad_address},
    std::pair{NoticeState::bounced, Reason::tries_exhausted},
    std::pair{NoticeState::expired, Reason::sense_ended}};

template <class Came>
void write_counts(Page& page, const std::map<delivery::TallyKey<Came>, std::int64_t>& counts) {
  for (const auto& [key, count] : counts) {
    page.sample({{"channel", key.channel},
                 {"outcome", to_word(key.came)},
                 {"reason", to_word(key.reason)}},
                count);
  }
}

void write_sent(Page& page, const Measured& measured) {
  auto notices = measured.tally.notices;
  auto attempts = measured.tally.attempts;
  for (const auto& channel : measured.channels) {
    for (const auto& [state, reason] : endings_from_zero) {
      notices.try_emplace({channel, state, reason}, 0);
    }
    attempts.try_emplace({channel, AttemptOutcome::delivered, Reason::accepted}, 0);
  }
  page.family("duban_notices_total", "counter",
              "Notices that delivery ended since the start, by channel, outcome and reason.");
  write_counts(page, notices);
  page.family("duban_attempts_total", "counter",
              "Attempts to deliver a notice since the start, by channel, outcome and reason.");
  write_counts(page, attempts);
}

template <class Value>
void write_plans(Page& page, const engine::Pulse& pulse, Value value) {
  for (const auto& plan : pulse.plans) {
    if (auto number = value(plan)) page.sample({{"plan", plan.id}}, *number);
  }
}

void write_waiting(Page& page, const engine::Pulse& pulse) {
  using Number = std::optional<std::int64_t>;
  page.family("duban_notices_pending", "gauge",
              "Notices that are queued or retried and have not ended.");
  write_plans(page, pulse, [](const auto& plan) { return Number(plan.pending); });
  page.family("duban_notices_drafted", "gauge", "Notices that wait for a person to release them.");
  write_plans(page, pulse, [](const auto& plan) { return Number(plan.drafted); });
  page.family("duban_oldest_pending_seconds", "gauge",
              "Age of the oldest notice that is queued or retried; 0 when none is.");
  write_plans(page, pulse, [&](const auto& plan) {
    return Number(plan.oldest_pending ? (pulse.now - *plan.oldest_pending).count() : 0);
  });
}

void write_loop(Page& page, const engine::Pulse& pulse) {
  using Number = std::optional<std::int64_t>;
  page.family("duban_plan_since_advance_seconds", "gauge",
              "Time since the plan last advanced. It sleeps while nothing falls due.");
  write_plans(page, pulse, [&](const auto& plan) {
    return plan.advanced ? Number((pulse.now - *plan.advanced).count()) : Number();
  });
  page.family("duban_plan_next_wakeup_timestamp_seconds", "gauge",
              "When the plan wants to be looked at next.");
  write_plans(page, pulse, [](const auto& plan) {
    return plan.next ? Number(seconds_of(*plan.next)) : Number();
  });
  page.family("duban_plan_overdue_seconds", "gauge",
              "How long ago the plan wanted to be looked at; 0 while it is in time.");
  write_plans(page, pulse,
              [&](const auto& plan) { return Number(overdue(plan, pulse).count()); });
  page.family("duban_calendar_years_left", "gauge",
              "Years in a row, from this one on, whose work calendar is published.");
  write_plans(page, pulse, [](const auto& plan) { return Number(plan.calendar_years); });
}

// Prometheus wants each bucket to hold the ones below it too.
void write_ledger(Page& page, const Measured& measured) {
  using ledger::CommitTimes;
  page.family("duban_ledger_size_bytes", "gauge", "The ledger's file and its journal on the disk.");
  page.sample({}, measured.pulse.ledger_bytes);
  page.family("duban_ledger_failures", "gauge",
              "Times in a row that the ledger was not written or not read; 0 when it is well.");
  page.sample({}, measured.pulse.ledger_failures);
  page.family("duban_ledger_commit_seconds", "histogram", "How long commits of the ledger took.");
  std::int64_t up_to = 0;
  for (std::size_t i = 0; i < CommitTimes::ends.size(); ++i) {
    up_to += measured.commits.buckets.at(i);
    page.sample({{"le", fmt::format("{}", CommitTimes::ends.at(i))}}, up_to, "_bucket");
  }
  up_to += measured.commits.buckets.back();
  page.sample({{"le", "+Inf"}}, up_to, "_bucket");
  page.sample({}, measured.commits.sum, "_sum");
  page.sample({}, up_to, "_count");
}

void write_reloads(Page& page, const engine::ReloadTally& reloads) {
  page.family("duban_reloads_total", "counter",
              "Reloads since the start: taken whole, kept (at least in part) as it was, refused.");
  page.sample({{"outcome", "taken"}}, reloads.taken);
  page.sample({{"outcome", "kept"}}, reloads.kept);
  page.sample({{"outcome", "refused"}}, reloads.refused);
  page.family("duban_reload_last_successful", "gauge",
              "1 when the last reload was taken whole, or none was asked for yet.");
  page.sample({}, reloads.last_was_taken ? 1 : 0);
  page.family("duban_reload_last_success_timestamp_seconds", "gauge",
              "When a reload was last taken whole; 0 when none was since the start.");
  page.sample({}, reloads.last_taken_at ? seconds_of(*reloads.last_taken_at) : 0);
}

void write_health(Page& page, const Measured& measured) {
  page.family("duban_live", "gauge", "1 when /livez says so: the loop turns.");
  page.sample({}, measured.live ? 1 : 0);
  page.family("duban_ready", "gauge", "1 when /readyz says so: started, heard, not held.");
  page.sample({}, measured.ready ? 1 : 0);
  page.family("duban_problem", "gauge",
              "1 for each kind of problem that dubanctl status shows now, by its code.");
  for (const auto& code : measured.pulse.problems) page.sample({{"code", code}}, 1);
  page.family("duban_problems", "gauge", "How many kinds of problems there are now.");
  page.sample({}, measured.pulse.problems.size());
  page.family("duban_heartbeats_total", "counter",
              "Beats sent to who watches from outside, by whether they were heard.");
  page.sample({{"outcome", "heard"}}, measured.beats);
  page.sample({{"outcome", "lost"}}, measured.beats_lost);
  page.family("duban_heartbeat_last_heard_timestamp_seconds", "gauge",
              "When a beat was last heard, by the machine's clock; 0 when none was.");
  page.sample({}, measured.last_beat ? seconds_of(*measured.last_beat) : 0);
}

}  // namespace

std::string exposition(const Measured& measured) {
  Page page;
  write_sent(page, measured);
  write_waiting(page, measured.pulse);
  write_loop(page, measured.pulse);
  write_ledger(page, measured);
  write_reloads(page, measured.pulse.reloads);
  write_health(page, measured);
  page.family("duban_build_info", "gauge", "1, with the program's version.");
  page.sample({{"version", version()}}, 1);
  page.family("process_start_time_seconds", "gauge", "When the process started.");
  page.sample({}, seconds_of(measured.process_start));
  return page.take();
}

}  // namespace duban::control
