#include "control/heartbeat.h"

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/limits.h"
#include "io/alarm.h"

namespace duban::control {

namespace asio = boost::asio;

struct Heartbeat::State {
  State(const asio::any_io_executor& executor, io::Transport& to, const Clock& by,
        std::function<Faults()> ask)
      : alarm(executor), transport(to), clock(by), faults(std::move(ask)) {}

  io::Alarm alarm;
  io::Transport& transport;
  const Clock& clock;
  const std::function<Faults()> faults;
  std::optional<settings::HeartbeatSettings> settings;
  Tally tally;
  /// The last beat was lost, which has been logged.
  bool lost = false;
  /// Since boot: a clock that is set brings no beat nearer. Nothing: at once.
  std::optional<Seconds> next;

  void note(const std::string& why);
  asio::awaitable<std::string> send(Secret url, std::string body);
};

namespace {

io::HttpRequest request_for(const settings::HeartbeatSettings& settings, const Secret& url,
                            std::string body) {
  return {.url = url.reveal(),
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::move(body),
          .ca = settings.ca.string(),
          .proxy = settings.proxy,
          .allow_private = settings.allow_private};
}

std::string lines_of(const Faults& faults) { return fmt::format("{}", fmt::join(faults, "\n")); }

}  // namespace

Secret fail_url(const Secret& url) {
  auto text = url.reveal();
  auto query = std::min(text.find_first_of("?#"), text.size());
  auto end = query;
  while (end > 0 && text[end - 1] == '/') --end;
  return Secret{text.replace(end, query - end, "/fail")};
}

Seconds pause_after(bool lost, Seconds every) {
  return lost ? std::min(every, limits::heartbeat_again) : every;
}

Heartbeat::Heartbeat(asio::any_io_executor executor, io::Transport& transport, const Clock& clock,
                     std::function<Faults()> faults)
    : state_(std::make_unique<State>(executor, transport, clock, std::move(faults))) {}

Heartbeat::~Heartbeat() = default;

void Heartbeat::use(std::optional<settings::HeartbeatSettings> settings) {
  state_->settings = std::move(settings);
  state_->next.reset();
  state_->lost = false;
  state_->alarm.cancel();
}

Heartbeat::Tally Heartbeat::tally() const { return state_->tally; }

// Each failure once: what goes on failing is counted, and seen outside.
void Heartbeat::State::note(const std::string& why) {
  ++(why.empty() ? tally.heard : tally.lost);
  if (why.empty()) tally.last = clock.machine_now();
  const bool was_lost = std::exchange(lost, !why.empty());
  if (lost && !was_lost) {
    spdlog::warn("the heartbeat was not heard: {}", why);
  } else if (!lost && was_lost) {
    spdlog::info("the heartbeat is heard again");
  }
}

// Why it was not heard, without the URL; empty when it was.
asio::awaitable<std::string> Heartbeat::State::send(Secret url, std::string body) {
  auto reply = co_await transport.post(request_for(*settings, url, std::move(body)));
  if (!reply) co_return reply.error().text;
  const bool heard = reply->status >= 200 && reply->status < 300;
  co_return heard ? std::string{} : fmt::format("answered by {}", reply->status);
}

asio::awaitable<void> Heartbeat::beat() {
  auto& state = *state_;
  if (!state.settings) co_return;
  auto url = settings::resolve(state.settings->url);
  if (!url) {
    state.note(url.error().english);
    co_return;
  }
  const auto faults = state.faults();
  state.note(co_await state.send(faults.empty() ? std::move(*url) : fail_url(*url),
                                 lines_of(faults)));
}

asio::awaitable<void> Heartbeat::run() {
  auto& state = *state_;
  for (;;) {
    const auto now = state.clock.since_boot();
    if (state.settings && state.next.value_or(now) <= now) {
      // A reload meanwhile wants another one at once.
      state.next = now + Seconds{state.settings->every};
      co_await beat();
      if (state.next && state.settings) {
        state.next = now + pause_after(state.lost, state.settings->every);
      }
      continue;
    }
    std::optional<Instant> until;
    if (state.settings) until = state.clock.machine_now() + (*state.next - now);
    co_await state.alarm.wait(until);
  }
}

}  // namespace duban::control
