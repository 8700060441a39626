#include "delivery/spread.h"

#include "base/digest.h"

namespace duban::delivery {
namespace {

constexpr Seconds minute{60};

// From a minute on, so that the full hour itself is left to others.
Seconds offset_of(const ledger::Claimed& claimed, Seconds spread) {
  auto digest = sha256(claimed.plan + '\n' + claimed.notice.head.endpoint);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | digest[i];
  auto choices = static_cast<std::uint32_t>((spread - minute).count()) + 1;
  return minute + Seconds{number % choices};
}

}  // namespace

std::optional<Instant> spread_until(const ledger::Claimed& claimed, Seconds spread,
                                    const Moment& now) {
  const auto& head = claimed.notice.head;
  if (spread < minute || claimed.tries > 0 || claimed.lease_lost) return std::nullopt;
  auto into_half_hour = Seconds{head.queued_at.time_since_epoch().count() % 1800};
  if (into_half_hour >= minute) return std::nullopt;
  auto planned = head.queued_at - into_half_hour + offset_of(claimed, spread);
  if (planned <= now.business || (head.expires_at && planned >= *head.expires_at)) {
    return std::nullopt;
  }
  auto left = planned - now.business;
  return now.machine + Seconds{(left.count() + now.speed - 1) / now.speed};
}

}  // namespace duban::delivery
