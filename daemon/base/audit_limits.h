#pragma once
#include "base/limits.h"

namespace duban::limits {

/// Between two audits of the daemon by itself, unless duband.toml says otherwise: what nobody was
/// told of comes out within the working day.
inline constexpr std::chrono::seconds audit_every = 1h;
/// From a start to the first audit: the backlog of a downtime goes out first, and a daemon that
/// never lives for an hour is audited all the same.
inline constexpr std::chrono::seconds audit_first = 5min;
/// Rows that an audit reads at once: two milliseconds in which the ledger does nothing else.
inline constexpr std::size_t audit_rows = 500;
/// What one audit writes into the log: some hundred differences, of which the first tell the cause.
inline constexpr std::size_t audit_log_bytes = 16U << 10;
/// What an audit found that `status` names one by one; the rest is counted.
inline constexpr std::size_t audit_named = 3;
/// A retry further away than this will not come: Retry-After is believed for a day, and no curve
/// waits longer.
inline constexpr std::chrono::seconds retry_at_most = retry_after + 1h;
/// A lease that ran out so long ago will not be taken up: the next claim does that first of all.
inline constexpr std::chrono::seconds lease_forgotten = 1h;
/// How far ahead of now a plan may have been looked at: a wrong clock that was put right.
inline constexpr std::chrono::seconds cursor_ahead = 7 * 24h;

}  // namespace duban::limits
