#include "app/watching.h"

#include <spdlog/spdlog.h>

namespace duban::app {
namespace {

LineFields fields_of(const ledger::Settlement& settlement, const std::string& channel,
                     std::vector<std::string> units) {
  LineFields about{.plan = settlement.plan,
                   .notice = settlement.notice,
                   .channel = channel,
                   .units = std::move(units)};
  if (settlement.attempted) {
    about.outcome = to_word(settlement.outcome);
    about.reason = to_word(settlement.reason);
  } else {
    about.outcome = to_word(*settlement.ends);
    about.reason = to_word(settlement.end_reason);
  }
  return about;
}

// What the other side said is not logged: it may repeat an address that is a credential. dubanctl
// notices shows it.
std::string words_of(const ledger::Settlement& settlement) {
  std::string words = settlement.attempted
                          ? fmt::format("attempt {}: {}", settlement.number,
                                        to_word(settlement.outcome))
                          : std::string{"not sent"};
  if (settlement.ends && *settlement.ends != NoticeState::delivered) {
    words += fmt::format("; the notice has ended, {}: {}", to_word(*settlement.ends),
                         to_word(settlement.end_reason));
  } else if (settlement.next_at) {
    words += fmt::format("; again at {}", format_rfc3339(*settlement.next_at));
  }
  return words;
}

}  // namespace

Watching::Watching(boost::asio::any_io_executor executor, const engine::Engine& engine,
                   io::Transport& transport, const Clock& clock,
                   const ledger::CommitTimes& commits, io::TaskGroup& tasks)
    : engine_(engine),
      commits_(commits),
      tasks_(tasks),
      started_(clock.machine_now()),
      watch_({[this] { return measured(); }, [this] { return heard_; }}),
      own_(watch_),
      heartbeat_(executor, transport, clock, [this] { return watch_.faults(); }),
      executor_(std::move(executor)) {}

std::expected<void, std::string> Watching::listen(const settings::DaemonSettings& settings) {
  if (!settings.metrics) return {};
  server_.emplace(executor_, own_, tasks_);
  const auto& where = settings.metrics->listen;
  auto listening = server_->listen(where.host, where.port);
  if (listening) tasks_.spawn("metrics", server_->run());
  return listening;
}

void Watching::use(const settings::DaemonSettings& settings) {
  channels_ = settings.channel_ids();
  heartbeat_.use(engine_.is_pretended() ? std::nullopt : settings.heartbeat);
}

void Watching::settled(const ledger::Settlement& settlement, const std::string& channel) {
  trouble_said_ = false;
  tally_.add(settlement, channel);
  // Given back as it was: nothing came of it yet.
  if (!settlement.attempted && !settlement.ends) return;
  const bool failed = settlement.ends && *settlement.ends != NoticeState::delivered;
  auto units = engine_.units_of(settlement.plan, settlement.notice);
  log_about(fields_of(settlement, channel, std::move(units)), [&] {
    spdlog::log(failed ? spdlog::level::warn : spdlog::level::info, "{}", words_of(settlement));
  });
}

// Unlike an attempt's, what the mail system said is not in the ledger.
void Watching::bounced(const Returned& returned) {
  ++tally_.notices[{returned.about.channel, NoticeState::bounced, returned.reason}];
  auto about = returned.about;
  about.outcome = to_word(NoticeState::bounced);
  about.reason = to_word(returned.reason);
  log_about(about, [&] { spdlog::warn("the notice came back: {}", returned.said); });
}

void Watching::trouble(const ledger::StoreError& error) {
  if (std::exchange(trouble_said_, true)) return;
  spdlog::error("ledger: what came of attempts is not written: {}", error.detail);
}

control::Measured Watching::measured() const {
  auto beats = heartbeat_.tally();
  return {.pulse = engine_.pulse(),
          .tally = tally_,
          .commits = commits_.counts(),
          .channels = channels_,
          .process_start = started_,
          .beats = beats.heard,
          .beats_lost = beats.lost,
          .last_beat = beats.last};
}

}  // namespace duban::app
