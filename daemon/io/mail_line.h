#pragma once
// A line to an SMTP server, for one mail after another. For io/*mail*.cpp only.

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "io/curl_line.h"
#include "io/mail_dialogue.h"
#include "io/transport.h"

namespace duban::io {

class MailLine {
 public:
  MailLine(std::shared_ptr<CurlPool> pool, const MailRequest& request);
  ~MailLine();
  MailLine(const MailLine&) = delete;
  MailLine& operator=(const MailLine&) = delete;

  /// Connects, starts TLS, logs in: a CURLcode.
  boost::asio::awaitable<int> open() { return line_.open(); }
  /// Another mail on the same connection.
  void begin(const std::vector<std::string>& recipients);
  /// Until the server has answered the message or refused a step.
  boost::asio::awaitable<void> hand_over(const MailRequest& request);
  /// Without waiting for the answer, which nobody needs.
  void say_goodbye();

  const CurlHandle& handle() const { return line_.handle(); }
  const MailReply& reply() const { return dialogue_.reply(); }
  bool refused() const { return dialogue_.refused(); }
  bool answered() const { return dialogue_.answered(); }
  bool handed_over() const { return handed_over_; }
  /// Empty while nothing has gone wrong with the connection.
  const std::string& fault() const { return line_.fault(); }
  /// The server has taken a message and waits for the next.
  bool may_go_on() const;
  /// Nothing has come unasked, and the server has not closed.
  bool is_quiet() { return line_.is_quiet(); }
  /// The server was gone before it had heard of the mail.
  bool was_stale() const;

 private:
  // A reply that is there before the question answers nothing: believed, it would call a message
  // taken that nobody read.
  bool answered_too_early();
  // False when the server refused, or the connection is lost.
  boost::asio::awaitable<bool> say(std::string command);
  boost::asio::awaitable<bool> hear();

  MailDialogue dialogue_;
  CurlLine line_;
  bool handed_over_ = false;
};

}  // namespace duban::io
