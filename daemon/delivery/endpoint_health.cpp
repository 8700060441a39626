#include "delivery/endpoint_health.h"

#include <algorithm>

#include "base/limits.h"

namespace duban::delivery {
namespace {

/// 30 seconds, doubled with each failure more.
Seconds probe_delay(int failures) {
  const int doublings = std::clamp(failures - limits::failures_to_probe, 0, 10);
  return std::min(Seconds{30} * (1 << doublings), Seconds{limits::probe_every});
}

}  // namespace

std::optional<Instant> EndpointHealth::note(const EndpointKey& endpoint, const Outcome& outcome,
                                            Instant now) {
  if (outcome.outcome == AttemptOutcome::delivered) {
    states_.erase(endpoint);
    return std::nullopt;
  }
  auto& state = states_[endpoint];
  state.gone = state.gone || outcome.endpoint_gone;
  // Who refuses one message, or asks for a pause, is there and speaks.
  const bool speaks = outcome.outcome == AttemptOutcome::rejected ||
                      outcome.reason == Reason::rate_limited;
  if (!speaks) ++state.failures;
  std::optional<Instant> until;
  if (!speaks && state.failures >= limits::failures_to_probe) {
    until = now + probe_delay(state.failures);
  }
  if (outcome.reason == Reason::rate_limited && outcome.retry_after) {
    // The notice itself waits as long as it was asked to; the others find out sooner.
    const auto asked = std::clamp(*outcome.retry_after, Seconds{0}, Seconds{limits::probe_every});
    until = std::max(until.value_or(now), now + asked);
  }
  if (!until) return std::nullopt;
  state.until = std::max(waits_until(endpoint, now).value_or(*until), *until);
  return state.until;
}

std::optional<Instant> EndpointHealth::waits_until(const EndpointKey& endpoint,
                                                   Instant now) const {
  const auto found = states_.find(endpoint);
  if (found == states_.end() || !found->second.until) return std::nullopt;
  const auto until = *found->second.until;
  const bool ahead = until > now && until <= now + Seconds{limits::probe_every};
  return ahead ? std::optional(until) : std::nullopt;
}

bool EndpointHealth::is_probed(const EndpointKey& endpoint) const {
  const auto found = states_.find(endpoint);
  return found != states_.end() && found->second.failures >= limits::failures_to_probe;
}

bool EndpointHealth::is_suspect(const EndpointKey& endpoint) const {
  const auto found = states_.find(endpoint);
  return found != states_.end() && found->second.failures > 0;
}

bool EndpointHealth::is_gone(const EndpointKey& endpoint) const {
  const auto found = states_.find(endpoint);
  return found != states_.end() && found->second.gone;
}

}  // namespace duban::delivery
