#pragma once
// OAuth 2 client credentials (RFC 6749, 4.4): a token that is fetched once and used until it is
// about to run out.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <expected>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "delivery/channel.h"
#include "io/transport.h"

namespace duban::channel {

struct TokenOptions {
  std::string url, client_id, scope;
  Secret client_secret;
  std::chrono::milliseconds timeout = limits::attempt_timeout;
  std::string ca, proxy;
  bool allow_private = false;
};

/// One thread. Transport and clock must outlive it.
class AccessToken {
 public:
  AccessToken(TokenOptions options, io::Transport& transport, const Clock& clock);
  /// The token kept, or a fresh one; else what came of asking for it, as an attempt that did not
  /// come so far: retry, or rejected where the server refuses the client.
  boost::asio::awaitable<std::expected<Secret, delivery::Outcome>> get();
  /// The receiver did not take it: the next `get` fetches another.
  void forget(const Secret& refused);

 private:
  io::HttpRequest request() const;
  std::expected<Secret, delivery::Outcome> keep(const io::HttpReply& reply);

  TokenOptions options_;
  io::Transport& transport_;
  const Clock& clock_;
  Secret token_;
  /// Machine time from which it is not used any more.
  Instant stale_at_{};
};

}  // namespace duban::channel
