#pragma once
// Short ways to say what came of an attempt.

#include <string>
#include <string_view>
#include <vector>

#include "delivery/channel.h"
#include "io/transport.h"

namespace duban::channel {

/// Taken by the other side; `wire` is what went over.
delivery::Outcome delivered(std::string_view wire, std::string detail = {});
delivery::Outcome not_delivered(AttemptOutcome outcome, Reason reason, std::string detail);
/// An exchange that ended without an answer: before it was handed over it is simply tried again,
/// after that nobody knows. Every protocol's failures mean the same.
delivery::Outcome unanswered(const io::TransportError& error, std::string_view wire);

/// What the other side said as the ledger may keep it: UTF-8, one line, at most
/// limits::detail_bytes, with each of `hidden` (parts of a URL that is a credential) left out.
std::string readable(std::string_view said, const std::vector<std::string>& hidden = {});

/// Retry-After as seconds or as an HTTP date (seen from `now`, machine time); from 0 to
/// limits::retry_after. Empty when it is neither.
std::optional<Seconds> parse_retry_after(std::string_view text, Instant now);

}  // namespace duban::channel
