#pragma once
// What becomes of a notice after an attempt. Pure.

#include <optional>

#include "base/time.h"
#include "delivery/channel.h"
#include "ledger/store.h"

namespace duban::delivery {

/// Both times of a moment. A machine second is `speed` business seconds.
struct Moment {
  Instant machine{};
  Instant business{};
  int speed = 1;
};

/// Whether it makes no sense any more to send a notice.
bool sense_has_ended(const ledger::Notice& notice, const Moment& now);

/// The settlement of one attempt: delivered, failed, expired, or tried again along the curve (not
/// before what the receiver asked for, within limits::retry_after). One whose sense ends before the
/// next attempt comes back at that moment, to be settled expired. `not_before`: until when its
/// endpoint waits. No jitter: same run, same answer.
ledger::Settlement settle(const ledger::Claimed& claimed, const Outcome& outcome,
                          const RetryCurve& curve, const Moment& now,
                          std::optional<Instant> not_before = std::nullopt);

/// Without an attempt: the notice ends like this.
ledger::Settlement end_unsent(const ledger::Claimed& claimed, NoticeState state, Reason reason,
                              const Moment& now);
/// Without an attempt: the notice is given back until `next_at` (machine time), or until its sense
/// ends.
ledger::Settlement give_back(const ledger::Claimed& claimed, Instant next_at, const Moment& now);

}  // namespace duban::delivery
