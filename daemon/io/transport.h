#pragma once
// What a channel hands bytes to. The network is behind this seam: libcurl in the daemon
// (curl_transport.h), a network that drops, stalls and lies in the simulator.

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/secret.h"

namespace duban::io {

/// How far an exchange had come when it failed. Before `sent` nothing can have reached the
/// receiver, so a repeat doubles nothing; at `sent` it may have been taken.
enum class Stage {
  /// Not tried: the URL cannot be used, or it leads to a private address and may not.
  target,
  resolve,
  connect,
  tls,
  /// Connected, but the dialogue broke off before the message was handed over.
  talk,
  /// Handed over (for HTTP: at least in part), and no answer.
  sent,
};

struct TransportError {
  Stage stage = Stage::sent;
  bool timed_out = false;
  /// For people; without the URL, which may be a credential.
  std::string text;
};

struct HttpRequest {
  /// http or https; a POST is made.
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// From the first step to the last byte.
  std::chrono::milliseconds timeout = limits::attempt_timeout;
  /// A file of certificates to trust; empty: the system's.
  std::string ca;
  /// Empty: none (the environment's is never used).
  std::string proxy;
  /// Whether addresses that are not public may be talked to.
  bool allow_private = false;
};

struct HttpReply {
  int status = 0;
  std::string retry_after, content_type;
  /// At most limits::reply_bytes; what is beyond was not read.
  std::string body;
};

enum class MailTls {
  /// Plain text: for a relay on the same machine.
  none,
  /// STARTTLS, and no mail without it.
  starttls,
  /// TLS from the first byte.
  implicit,
};

struct MailRequest {
  std::string host;
  unsigned port = 0;
  MailTls tls = MailTls::implicit;
  /// Empty: no login.
  std::string user;
  Secret password;
  /// Bare addresses, already checked: ASCII, without blanks, controls and angle brackets.
  std::string from;
  std::vector<std::string> recipients;
  /// A whole RFC 5322 message with CRLF lines.
  std::string message;
  std::chrono::milliseconds timeout = limits::attempt_timeout;
  std::string ca;
  /// Through which the server is reached, by CONNECT or SOCKS; empty: none.
  std::string proxy = {};
};

/// What the server was asked when it gave a reply.
enum class MailStep { greeting, hello, starttls, login, sender, recipient, data, message };

struct RecipientReply {
  std::string address;
  int code = 0;
  std::string text;
};

/// The dialogue as far as it came; the server has spoken last. Taken when `step` is message and
/// `code` is 2xx, then by every recipient whose own code is 2xx.
struct MailReply {
  std::vector<RecipientReply> recipients;
  /// The step whose reply ended the dialogue, and that reply.
  MailStep step = MailStep::greeting;
  int code = 0;
  std::string text;
};

/// Calls from one thread. Cancelling the awaiting coroutine breaks the exchange off.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual boost::asio::awaitable<std::expected<HttpReply, TransportError>> post(
      HttpRequest request) = 0;
  virtual boost::asio::awaitable<std::expected<MailReply, TransportError>> mail(
      MailRequest request) = 0;
};

}  // namespace duban::io
