#include "delivery/settle.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"

namespace duban::delivery {
namespace {

ledger::Settlement blank(const ledger::Claimed& claimed, const Moment& now) {
  ledger::Settlement made;
  made.plan = claimed.plan;
  made.notice = claimed.notice.head.id;
  made.at = now.machine;
  made.business_at = now.business;
  return made;
}

void end(ledger::Settlement& settlement, NoticeState state, Reason reason) {
  settlement.ends = state;
  settlement.end_reason = reason;
}

/// A channel is trusted with the protocol, not with the ledger's bounds.
std::string kept_detail(const std::string& detail) {
  if (!is_utf8_text(detail)) return "(reply that is no UTF-8)";
  return std::string(first_bytes(detail, limits::detail_bytes));
}

Instant next_attempt(const ledger::Claimed& claimed, const Outcome& outcome,
                     const RetryCurve& curve, const Moment& now) {
  const auto place = std::min(static_cast<std::size_t>(claimed.tries), curve.delays.size() - 1);
  const auto asked = std::clamp(outcome.retry_after.value_or(Seconds{0}), Seconds{0},
                                Seconds{limits::retry_after});
  return now.machine + std::max(curve.delays[place], asked);
}

/// The machine time at which the notice's sense ends.
std::optional<Instant> end_of_sense(const ledger::Notice& notice, const Moment& now) {
  if (!notice.head.expires_at) return std::nullopt;
  const auto left = *notice.head.expires_at - now.business;
  return now.machine + Seconds{(left.count() + now.speed - 1) / now.speed};
}

Instant not_past_sense(Instant next_at, const ledger::Claimed& claimed, const Moment& now) {
  const auto end = end_of_sense(claimed.notice, now);
  return end ? std::min(next_at, *end) : next_at;
}

void retry(ledger::Settlement& settlement, const ledger::Claimed& claimed, const Outcome& outcome,
           const RetryCurve& curve, const Moment& now, std::optional<Instant> not_before) {
  if (sense_has_ended(claimed.notice, now)) {
    return end(settlement, NoticeState::expired, Reason::sense_ended);
  }
  if (curve.delays.empty()) return end(settlement, NoticeState::failed, Reason::tries_exhausted);
  const auto next = std::max(next_attempt(claimed, outcome, curve, now),
                             not_before.value_or(now.machine));
  const auto first = claimed.first_attempt_at.value_or(now.machine);
  if (curve.give_up > Seconds{0} && next > first + curve.give_up) {
    return end(settlement, NoticeState::failed, Reason::tries_exhausted);
  }
  settlement.next_at = not_past_sense(next, claimed, now);
}

}  // namespace

bool sense_has_ended(const ledger::Notice& notice, const Moment& now) {
  return notice.head.expires_at && *notice.head.expires_at <= now.business;
}

ledger::Settlement settle(const ledger::Claimed& claimed, const Outcome& outcome,
                          const RetryCurve& curve, const Moment& now,
                          std::optional<Instant> not_before) {
  auto made = blank(claimed, now);
  made.number = claimed.tries + 1;
  made.outcome = outcome.outcome;
  made.reason = outcome.reason;
  made.detail = kept_detail(outcome.detail);
  made.wire_digest = outcome.wire_digest;
  switch (outcome.outcome) {
    case AttemptOutcome::delivered:
      end(made, NoticeState::delivered, Reason::accepted);
      break;
    case AttemptOutcome::rejected:
      end(made, NoticeState::failed,
          outcome.endpoint_gone             ? Reason::endpoint_gone
          : outcome.reason == Reason::none ? Reason::refused
                                            : outcome.reason);
      break;
    case AttemptOutcome::unknown:
      if (claimed.unknowns >= curve.unknown_resends) {
        end(made, NoticeState::failed,
            outcome.reason == Reason::none ? Reason::reply_lost : outcome.reason);
        break;
      }
      [[fallthrough]];
    case AttemptOutcome::retry:
      retry(made, claimed, outcome, curve, now, not_before);
      break;
  }
  return made;
}

ledger::Settlement end_unsent(const ledger::Claimed& claimed, NoticeState state, Reason reason,
                              const Moment& now) {
  auto made = blank(claimed, now);
  made.attempted = false;
  end(made, state, reason);
  return made;
}

ledger::Settlement give_back(const ledger::Claimed& claimed, Instant next_at, const Moment& now) {
  auto made = blank(claimed, now);
  made.attempted = false;
  made.next_at = not_past_sense(next_at, claimed, now);
  return made;
}

}  // namespace duban::delivery
