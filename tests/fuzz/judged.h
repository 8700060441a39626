#pragma once
// A webhook attempt and what may be made of it, whatever the receiver answers.

#include "base/limits.h"
#include "channel/webhook.h"
#include "fuzz/input.h"

namespace duban::fuzz {

/// A part of the address that is a credential; the receiver knows it and may repeat it.
inline constexpr std::string_view secret_path = "/robot/5ec7e7-0f-edu";

inline delivery::Parcel parcel_to(std::string address) {
  delivery::Parcel parcel;
  parcel.plan = "p";
  parcel.notice = "ntc_01FZ8Q3W5N6V7X9Y0Z1A2B3C4D";
  parcel.endpoint = "edu-desk";
  parcel.address = std::move(address);
  parcel.content.json = R"({"type":"duban.notice"})";
  return parcel;
}

inline channel::WebhookOptions webhook_options() {
  channel::WebhookOptions options;
  options.keys = {Secret{"0123456789abcdef0123456789abcdef"}};
  options.allow_private = true;
  return options;
}

/// What the ledger may hold of an attempt.
inline void check_outcome(const delivery::Outcome& outcome) {
  const auto& said = outcome.detail;
  require(said.size() <= limits::detail_bytes, "what is kept is bounded", said);
  require(is_utf8_text(said), "what is kept is text", said);
  for (char c : said) require(c == '\t' || (c >= 0x20 || c < 0), "it is one line", said);
  require(outcome.reason != Reason::none, "it has a reason", said);
  if (outcome.retry_after) {
    require(*outcome.retry_after >= Seconds{0} && *outcome.retry_after <= limits::retry_after,
            "a wait is believed within bounds", said);
  }
  bool delivered = outcome.outcome == AttemptOutcome::delivered;
  require(delivered == (outcome.reason == Reason::accepted), "delivered is accepted", said);
  require(!delivered || !outcome.wire_digest.empty(), "what was delivered has a digest", said);
}

}  // namespace duban::fuzz
