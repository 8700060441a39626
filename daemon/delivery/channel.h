#pragma once
// What delivery asks of a channel. A channel speaks one protocol: it builds the envelope of one
// attempt around the stored content and reports what came of it; it decides nothing.

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/states.h"
#include "base/time.h"
#include "base/tongue.h"
#include "ledger/store.h"

namespace duban::delivery {

/// One attempt at one notice.
struct Parcel {
  std::string plan;
  /// `ntc_…`: the same on every attempt (webhook-id, Message-ID).
  std::string notice;
  /// The endpoint's id, for logs; its address, for the wire only.
  std::string endpoint, address;
  /// The name of whom it is for, as a mail's To shows it; may be empty.
  std::string recipient_name;
  /// From 1. Above 1 after an unknown outcome, a channel without an idempotency key marks it 补发.
  int attempt = 1;
  bool after_unknown = false;
  ledger::Content content;
  /// Business time the notice was queued.
  Instant queued_at{};
  /// Pilot mode: whom it was for (subject and text say so already); else empty.
  std::string meant_for;
  /// Of its content.
  Tongue language = Tongue::chinese;
};

struct Outcome {
  AttemptOutcome outcome = AttemptOutcome::unknown;
  Reason reason = Reason::none;
  /// What the other side said: bounded, UTF-8, without secrets.
  std::string detail;
  /// How long the other side asked to wait.
  std::optional<Seconds> retry_after;
  /// `sha256:…` of what went over the wire; empty when nothing did.
  std::string wire_digest;
  /// The endpoint is no more (410): nothing is sent there until a reload or a send-test that works.
  bool endpoint_gone = false;
};

/// How a channel's failures are retried: delays after the 1st, 2nd, … failed attempt; the last
/// repeats.
struct RetryCurve {
  std::vector<Seconds> delays;
  /// After so long since the first attempt the notice has failed.
  Seconds give_up{0};
  /// Attempts after an outcome that is unknown (a repeat may be seen twice).
  int unknown_resends = 1;
};

class Channel {
 public:
  virtual ~Channel() = default;
  /// One attempt, bounded in time and size by the channel itself. Never throws for what a receiver
  /// does. May be called for many parcels at once, from one thread.
  virtual boost::asio::awaitable<Outcome> send(Parcel parcel) = 0;
  /// What an attempt would put on the wire, for a person to look at: with `…` in the place of each
  /// secret, also those that make up an address. Nothing is sent.
  virtual std::string preview(const Parcel& parcel) const = 0;
  virtual const RetryCurve& retry_curve() const = 0;
  /// Whether an address of a plan is one of this channel's; empty when it is, else what is wrong.
  virtual std::string address_problem(std::string_view address) const = 0;
  /// Pacing per endpoint.
  virtual double per_second() const = 0;
  virtual int concurrency() const = 0;
  /// What an address is paced with, where the other side counts not by endpoint (a bot's key: two
  /// plans, two endpoints, one limit). Empty: the endpoint alone. May be a secret.
  virtual std::string paced_with(std::string_view /*address*/) const { return {}; }
  /// Up to how much later than the full or half hour a first attempt starts; 0: on its second.
  virtual Seconds spread() const { return Seconds{0}; }
};

}  // namespace duban::delivery
