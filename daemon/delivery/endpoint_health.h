#pragma once
// Which endpoints fail again and again, and when they are tried next. Pure: a value that is told
// what happened. In memory only: after a restart every endpoint has a fresh start.

#include <map>
#include <optional>

#include "base/time.h"
#include "delivery/channel.h"
#include "ledger/store.h"

namespace duban::delivery {

using ledger::EndpointKey;

class EndpointHealth {
 public:
  /// What came of an attempt (machine time). Returns until when the endpoint's other notices wait,
  /// if they must: it asked for a pause, or it failed limits::failures_to_probe times in a row and
  /// is probed, at growing distances up to limits::probe_every.
  std::optional<Instant> note(const EndpointKey& endpoint, const Outcome& outcome, Instant now);
  /// Until when nothing may be sent, after `now`; none: it may be. What is further off than anybody
  /// is made to wait was noted by a clock that has been set back, and counts no more.
  std::optional<Instant> waits_until(const EndpointKey& endpoint, Instant now) const;
  /// Only one at a time may be sent, since it has been failing.
  bool is_probed(const EndpointKey& endpoint) const;
  /// Its last attempt failed, and it has not been heard since.
  bool is_suspect(const EndpointKey& endpoint) const;
  /// It said that it is no more: nothing is sent there.
  bool is_gone(const EndpointKey& endpoint) const;
  /// A send-test has worked.
  void forget(const EndpointKey& endpoint) { states_.erase(endpoint); }
  /// A reload: every endpoint has a fresh start.
  void forget_all() { states_.clear(); }

 private:
  struct State {
    int failures = 0;
    std::optional<Instant> until;
    bool gone = false;
  };
  std::map<EndpointKey, State> states_;
};

}  // namespace duban::delivery
