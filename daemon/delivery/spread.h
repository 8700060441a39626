#pragma once
// Chats are overrun at the full and half hour, when everybody's reminders come: a first attempt
// planned for such a minute starts some minutes later, each endpoint at its own. Pure.

#include <optional>

#include "delivery/settle.h"
#include "ledger/store.h"

namespace duban::delivery {

/// Until when (machine time) a claimed notice waits for its endpoint's minute, at most `spread`
/// after the one it was planned for; nothing: it goes now. By the endpoint's name alone: same
/// files, same minute. Never a repeat, and nothing whose sense would end meanwhile.
std::optional<Instant> spread_until(const ledger::Claimed& claimed, Seconds spread,
                                    const Moment& now);

}  // namespace duban::delivery
