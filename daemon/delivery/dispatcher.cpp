#include "delivery/dispatcher.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/limits.h"
#include "delivery/endpoint_health.h"
#include "delivery/lanes.h"
#include "delivery/parcel.h"
#include "delivery/settle.h"
#include "delivery/spread.h"
#include "io/alarm.h"
#include "io/deadline.h"
#include "io/signal.h"
#include "io/task_group.h"
#include "ledger/retry_pause.h"

namespace duban::delivery {

namespace asio = boost::asio;
using asio::awaitable;
using ledger::StoreStatus;
using namespace std::chrono_literals;

namespace {

EndpointKey redirected_lane() { return {"", "redirect_all"}; }

std::size_t share_of_channel(std::size_t channels) {
  return std::max<std::size_t>(1, limits::attempts_in_flight / std::max<std::size_t>(1, channels));
}

}  // namespace

struct Dispatcher::State : std::enable_shared_from_this<State> {
  State(asio::any_io_executor on, ledger::Store& kept_in, const Clock& by, Channels all,
        Resolver look_up, DispatcherOptions how)
      : executor(std::move(on)),
        store(kept_in),
        clock(by),
        resolve(std::move(look_up)),
        token(how.token.empty() ? encode_base64(random_bytes(18)) : how.token),
        channels(std::move(all)),
        options(std::move(how)),
        lanes(health, limits::attempts_in_flight, share_of_channel(channels.size()),
              clock.machine_now()),
        look(executor),
        sends(executor, options.on_failure),
        chores(executor, options.on_failure) {
    if (!options.sleep_until) alarm.emplace(executor);
  }

  // Constant after construction.
  asio::any_io_executor executor;
  ledger::Store& store;
  const Clock& clock;
  const Resolver resolve;
  const std::string token;

  // Replaced as a whole by use().
  Channels channels;
  DispatcherOptions options;

  EndpointHealth health;
  Lanes lanes;
  /// What is claimed and whose settlement is not known to be written: by its id, the channel.
  std::map<std::string, std::string> in_hand;
  std::vector<ledger::Settlement> unsettled;
  std::map<EndpointKey, Instant> to_postpone;
  /// When the store wants to be asked again, and whether a claim's answer was lost.
  std::optional<Instant> next_at;
  bool claim_lost = false, stripped = false;
  int store_failures = 0;
  bool stopping = false, cut_off = false, abandoned = false, pumping = false;
  /// Deliveries of which the plans have not heard, and when they heard last.
  bool untold = false;
  Instant told_at{};

  std::optional<io::Alarm> alarm;
  io::Signal look;
  io::TaskGroup sends, chores;

  Moment now() const { return {clock.machine_now(), clock.now(), clock.speed()}; }
  bool redirects() const { return options.redirect_all.has_value(); }
  std::size_t free_places() const {
    const auto most = redirects() ? limits::redirected_in_hand : limits::claims_in_hand;
    return stopping || in_hand.size() >= most ? 0 : most - in_hand.size();
  }
  bool is_over() const {
    const bool idle = lanes.sending() == 0 && lanes.waiting() == 0 && unsettled.empty();
    return stopping && (idle || abandoned);
  }

  void settle_unsent(const ledger::Claimed& claimed, NoticeState state, Reason reason) {
    unsettled.push_back(end_unsent(claimed, state, reason, now()));
  }
  void return_to_ledger(const ledger::Claimed& claimed, Instant at) {
    unsettled.push_back(give_back(claimed, at, now()));
  }

  std::optional<Route> route_of(const ledger::Claimed& claimed) const;
  void accept(ledger::Claimed claimed, Instant lease_until);
  void pump();
  void after_attempt(const Work& work, const Outcome& outcome);
  void settled(std::size_t count, const std::vector<std::string>& stale);
  void tell(bool at_once);
  void take_back_waiting();
  void route_anew();
  void ask_again_after(const ledger::StoreError& error);

  static awaitable<void> send(std::shared_ptr<State> state, Work work);
  static awaitable<void> cut_off_in_time(std::shared_ptr<State> state);
  awaitable<void> sleep_until(std::optional<Instant> at);
  awaitable<void> exchange();
  awaitable<void> postpone();
  awaitable<void> take_up_lost_claim();
  awaitable<void> pause();
  awaitable<void> run();
};

std::optional<Route> Dispatcher::State::route_of(const ledger::Claimed& claimed) const {
  const auto& head = claimed.notice.head;
  const auto own = resolve(claimed.plan, head.endpoint);
  const auto target = redirects() ? options.redirect_all : own;
  if (!target) return std::nullopt;
  const auto channel = channels.find(target->channel);
  if (channel == channels.end()) return std::nullopt;
  Route route{redirects() ? redirected_lane() : EndpointKey{claimed.plan, head.endpoint},
              target->channel, channel->second, target->address, target->recipient_name, {}};
  route.language = own ? own->language : target->language;
  if (redirects()) {
    route.meant_for = own && !own->recipient_name.empty() ? own->recipient_name
                      : !head.contact.empty()             ? head.contact
                                                          : head.endpoint;
  }
  return route;
}

void Dispatcher::State::accept(ledger::Claimed claimed, Instant lease_until) {
  const auto& head = claimed.notice.head;
  if (!in_hand.try_emplace(head.id, head.channel).second) return;
  if (sense_has_ended(claimed.notice, now())) {
    return settle_unsent(claimed, NoticeState::expired, Reason::sense_ended);
  }
  const auto route = route_of(claimed);
  if (!route) return settle_unsent(claimed, NoticeState::failed, Reason::bad_configuration);
  if (health.is_gone(route->lane)) {
    return settle_unsent(claimed, NoticeState::failed, Reason::endpoint_gone);
  }
  const auto waits = health.waits_until(route->lane, clock.machine_now());
  if (waits) return return_to_ledger(claimed, *waits);
  if (const auto later = spread_until(claimed, route->channel->spread(), now())) {
    return return_to_ledger(claimed, *later);
  }
  lanes.put({std::move(claimed), *route, lease_until});
}

// Of an attempt that ends before it has ever waited, too: then by the loop that started it.
void Dispatcher::State::pump() {
  if (std::exchange(pumping, true)) return;
  while (auto work = lanes.start(clock.machine_now())) {
    if (sense_has_ended(work->claimed.notice, now())) {
      lanes.done(work->route);
      settle_unsent(work->claimed, NoticeState::expired, Reason::sense_ended);
    } else if (clock.machine_now() + limits::attempt_timeout >= work->lease_until) {
      // It has waited so long for its pace that its lease could end under the attempt.
      lanes.done(work->route);
      return_to_ledger(work->claimed, clock.machine_now());
    } else {
      std::string name = "send " + work->claimed.notice.head.id;
      sends.spawn(std::move(name), send(shared_from_this(), std::move(*work)));
    }
  }
  pumping = false;
}

awaitable<void> Dispatcher::State::send(std::shared_ptr<State> state, Work work) {
  Outcome outcome{AttemptOutcome::unknown, Reason::reply_lost, "stopped while sending",
                  std::nullopt, {}, false};
  try {
    outcome = co_await work.route.channel->send(parcel_of(work));
  } catch (const boost::system::system_error& error) {
    if (!state->cut_off || error.code() != asio::error::operation_aborted) throw;
  }
  state->after_attempt(work, outcome);
}

void Dispatcher::State::after_attempt(const Work& work, const Outcome& outcome) {
  const auto& lane = work.route.lane;
  in_hand[work.claimed.notice.head.id] = work.route.channel_id;
  lanes.done(work.route);
  const auto waits = health.note(lane, outcome, clock.machine_now());
  unsettled.push_back(
      settle(work.claimed, outcome, work.route.channel->retry_curve(), now(), waits));
  if (health.is_gone(lane)) {
    for (const auto& other : lanes.take_waiting(lane)) {
      settle_unsent(other.claimed, NoticeState::failed, Reason::endpoint_gone);
    }
  } else if (waits) {
    for (const auto& other : lanes.take_waiting(lane)) return_to_ledger(other.claimed, *waits);
    if (!redirects()) to_postpone[lane] = *waits;
  }
  // The next need not wait until this one is written; what is in hand bounds what is unwritten.
  if (!stopping && store_failures == 0) pump();
  look.raise();
}

void Dispatcher::State::take_back_waiting() {
  for (const auto& work : lanes.take_all_waiting()) {
    return_to_ledger(work.claimed, clock.machine_now());
  }
}

// What has lost its route goes on whole, as it was claimed.
void Dispatcher::State::route_anew() {
  for (auto& work : lanes.take_all_waiting()) {
    if (auto route = route_of(work.claimed)) work.route = std::move(*route);
    lanes.put(std::move(work));
  }
  look.raise();
}

// In a burst each plan would be looked at anew with every few deliveries, which change nothing that
// it has to tell: it hears of them together. Of anything else it hears at once.
void Dispatcher::State::settled(std::size_t count, const std::vector<std::string>& stale) {
  const auto end = unsettled.begin() + static_cast<std::ptrdiff_t>(count);
  const bool news = std::any_of(unsettled.begin(), end, [](const ledger::Settlement& each) {
    return !each.attempted || each.outcome != AttemptOutcome::delivered;
  });
  for (auto each = unsettled.begin(); each != end; ++each) {
    const auto held = in_hand.extract(each->notice);
    const bool written = held && std::ranges::find(stale, each->notice) == stale.end();
    if (written && options.on_settled) options.on_settled(*each, held.mapped());
  }
  unsettled.erase(unsettled.begin(), end);
  untold = untold || count > 0;
  tell(news || in_hand.empty());
}

void Dispatcher::State::tell(bool at_once) {
  const auto at = clock.machine_now();
  if (!untold || (!at_once && at == told_at)) return;
  untold = false;
  told_at = at;
  if (options.on_change) options.on_change();
}

// Throws where asking again is in vain: the owner must hear of it.
void Dispatcher::State::ask_again_after(const ledger::StoreError& error) {
  if (options.on_trouble) options.on_trouble(error);
  switch (error.status) {
    case StoreStatus::unknown:
      claim_lost = true;
      [[fallthrough]];
    case StoreStatus::retry:
      next_at = clock.machine_now() + ledger::retry_pause(++store_failures);
      return;
    case StoreStatus::refused:
      // Text of a receiver that the ledger does not take: the outcome matters more.
      if (std::exchange(stripped, true)) {
        throw std::runtime_error("ledger refused what came of attempts: " + error.detail);
      }
      for (auto& settlement : unsettled) settlement.detail = settlement.wire_digest = "";
      next_at = clock.machine_now();
      return;
    default:
      throw std::runtime_error("ledger broken: " + error.detail);
  }
}

/// Writes what is unsettled and claims.
awaitable<void> Dispatcher::State::exchange() {
  const auto count = unsettled.size();
  const auto limit = free_places();
  const auto at = clock.machine_now();
  auto batch = co_await store.settle_and_claim(unsettled, token, limit, options.lease, at,
                                               redirects() ? std::vector<EndpointKey>{}
                                                           : lanes.busy());
  if (!batch) co_return ask_again_after(batch.error());
  store_failures = 0;
  stripped = false;
  settled(count, batch->stale);
  next_at = batch->next_at;
  for (auto& claimed : batch->claimed) accept(std::move(claimed), at + options.lease);
  if (claim_lost) co_await take_up_lost_claim();
  co_await postpone();
}

awaitable<void> Dispatcher::State::take_up_lost_claim() {
  const auto at = clock.machine_now();
  auto leased = co_await store.leased(token);
  if (!leased) co_return;
  claim_lost = false;
  // When it was claimed is not known: give it back rather than send it at the end of its lease.
  for (auto& claimed : *leased) {
    const auto& head = claimed.notice.head;
    if (!in_hand.try_emplace(head.id, head.channel).second) continue;
    return_to_ledger(claimed, at);
  }
}

awaitable<void> Dispatcher::State::postpone() {
  for (const auto& [endpoint, until] : std::exchange(to_postpone, {})) {
    // Should it fail, the notices are claimed, and given back one by one.
    co_await store.postpone(endpoint, until);
  }
}

awaitable<void> Dispatcher::State::sleep_until(std::optional<Instant> at) {
  if (options.sleep_until) {
    co_await options.sleep_until(at);
  } else {
    co_await alarm->wait(at);
  }
}

awaitable<void> Dispatcher::State::pause() {
  using namespace asio::experimental::awaitable_operators;
  const auto at = clock.machine_now();
  std::optional<Instant> until = lanes.ready_at(at);
  // What is due already waits for a place, and an outcome wakes us; unless the store is to be asked
  // again.
  if (next_at && (*next_at > at || in_hand.empty() || store_failures > 0 || stripped)) {
    until = until ? std::min(*until, *next_at) : *next_at;
  }
  if (untold) until = std::min(until.value_or(told_at + 1s), told_at + 1s);
  co_await (look.wait() || store.wait() || sleep_until(until));
}

awaitable<void> Dispatcher::State::run() {
  for (;;) {
    if (stopping) take_back_waiting();
    co_await exchange();
    if (stopping) take_back_waiting();
    pump();
    if (is_over()) co_return;
    const bool more = free_places() > 0 && next_at && *next_at <= clock.machine_now();
    if (store_failures == 0 && (more || !unsettled.empty())) continue;
    co_await pause();
    tell(false);
  }
}

awaitable<void> Dispatcher::State::cut_off_in_time(std::shared_ptr<State> state) {
  co_await io::pass(state->options.stop_within);
  state->cut_off = true;
  state->sends.cancel();
  // A channel that does not even end when it is cancelled is left behind.
  co_await io::pass(limits::cut_off_within);
  state->abandoned = true;
  state->look.raise();
}

Dispatcher::Dispatcher(asio::any_io_executor executor, ledger::Store& store, const Clock& clock,
                       Channels channels, Resolver resolve, DispatcherOptions options)
    : state_(std::make_shared<State>(std::move(executor), store, clock, std::move(channels),
                                     std::move(resolve), std::move(options))) {}

Dispatcher::~Dispatcher() {
  state_->chores.cancel();
  state_->sends.cancel();
}

namespace {

template <class State>
struct EndOfChores {
  State& state;
  ~EndOfChores() { state.chores.cancel(); }
};

template <class State>
awaitable<void> run_and_end_chores(std::shared_ptr<State> state) {
  const EndOfChores<State> end{*state};
  co_await state->run();
}

}  // namespace

awaitable<void> Dispatcher::run() { return run_and_end_chores(state_); }

void Dispatcher::stop() {
  if (std::exchange(state_->stopping, true)) return;
  state_->chores.spawn("stop of delivery", State::cut_off_in_time(state_));
  state_->look.raise();
}

void Dispatcher::use(Channels channels, std::optional<Endpoint> redirect_all) {
  state_->channels = std::move(channels);
  state_->options.redirect_all = std::move(redirect_all);
  reinstate_all();
  state_->route_anew();
}

void Dispatcher::reinstate(const EndpointKey& endpoint) { state_->health.forget(endpoint); }
void Dispatcher::reinstate_all() { state_->health.forget_all(); }
bool Dispatcher::is_gone(const EndpointKey& endpoint) const {
  return state_->health.is_gone(endpoint);
}
std::size_t Dispatcher::in_hand() const { return state_->in_hand.size(); }

}  // namespace duban::delivery
