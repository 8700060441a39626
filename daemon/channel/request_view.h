#pragma once
// What the texts of a gateway's request may name.

#include <concepts>
#include <string>
#include <tuple>

#include "message/view.h"

namespace duban::channel {

struct RequestView {
  /// `ntc_…`, the same on every attempt; the plan's and the endpoint's id.
  std::string notice, plan, endpoint;
  /// As the plan writes it behind the channel's name: a number, a user's id, a URL.
  std::string address;
  std::string recipient, subject, text, html;
  /// The webhook's whole JSON body, for a gateway that takes it inside its own.
  std::string json;
  /// From 1.
  std::string attempt;
  /// This may be a repeat: an attempt before ended without an answer.
  bool resent = false;
  /// Of the attempt, machine time: Unix seconds, milliseconds; 16 random bytes in hexadecimal.
  std::string timestamp, timestamp_ms, nonce;
  /// The request's body, for `sign.over` alone: what signs a body does not stand in it.
  std::string body;
  /// From `secret`, `sign` and `token` of the channel.
  std::string secret, signature, token;
};

template <std::same_as<RequestView> V>
constexpr auto fields(const V*) {
  using message::Field;
  return std::tuple{
      Field{"notice", &V::notice},       Field{"plan", &V::plan},
      Field{"endpoint", &V::endpoint},   Field{"address", &V::address},
      Field{"recipient", &V::recipient}, Field{"subject", &V::subject},
      Field{"text", &V::text},           Field{"html", &V::html},
      Field{"json", &V::json},           Field{"attempt", &V::attempt},
      Field{"resent", &V::resent},       Field{"timestamp", &V::timestamp},
      Field{"timestamp_ms", &V::timestamp_ms}, Field{"nonce", &V::nonce},
      Field{"body", &V::body},           Field{"secret", &V::secret},
      Field{"signature", &V::signature}, Field{"token", &V::token}};
}

}  // namespace duban::channel
